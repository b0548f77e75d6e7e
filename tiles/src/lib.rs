//! The spatial core.
