//! The program: see the library for all it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    baifang::cli::main(std::env::args_os())
}
