//! The `commonwatch` binary: hands the command line over.

fn main() -> std::process::ExitCode {
    commonwatch::cli::main()
}
