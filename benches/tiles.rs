//! Tile and index benchmarks.
fn main() {}
