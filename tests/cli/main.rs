//! The command line as a user meets it: the binary, its streams and its exit codes.

mod card;
mod check;
mod common;
mod replay;
mod simulate;
mod support;
