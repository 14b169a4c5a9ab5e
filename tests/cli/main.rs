//! The command line as a user meets it: the binary, its streams and its exit codes.

#[cfg(target_os = "linux")]
mod caps;
mod card;
mod check;
mod common;
mod facts;
mod replay;
mod simulate;
mod support;
