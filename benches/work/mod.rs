//! The work that is measured: the reference workload PW-1, and games in cities of several sizes.

pub mod city;
pub mod pw1;

/// As in the program itself.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
