//! The `parvis` binary: reads the command line and says what went wrong.

use clap::Parser;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A fifth of the time of a hot tile was the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match parvis::server::cli::run(parvis::server::cli::Cli::parse()).await {
        Ok(code) => code,
        Err(error) => {
            use std::io::Write;
            // Where even standard error is closed there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "parvis: {error}");
            ExitCode::FAILURE
        }
    }
}
