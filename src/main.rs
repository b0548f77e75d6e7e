//! The `parvis` binary. All of it is in the library: what waits (`async`) is compiled where it is first waited for, and would be compiled here.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A fifth of the time of a hot tile was the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    parvis::server::cli::main()
}
