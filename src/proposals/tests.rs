//! Tests of the proposals.
