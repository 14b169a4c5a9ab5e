//! The `commonwatch` binary: hands the command line over.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
