//! The command line: parses, runs, sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    guanxi::cli::main()
}
