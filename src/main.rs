//! The `commonwatch` binary: hands the command line over.

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    commonwatch::cli::main()
}

/// A page has no command line; what runs in it starts from the library.
#[cfg(target_family = "wasm")]
fn main() {}
