//! The `commonwatch` binary: hands the command line over.

#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    commonwatch::cli::main()
}

/// A page has no command line: the game opens in it.
#[cfg(target_family = "wasm")]
fn main() {
    #[cfg(feature = "app")]
    commonwatch::app::web::main();
}
