//! Tests of the opendata.
