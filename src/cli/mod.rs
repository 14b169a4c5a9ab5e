//! The command line, one file per subcommand.

#[cfg(feature = "app")]
mod play;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "commonwatch", version)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Opens the window
    #[cfg(feature = "app")]
    Play(play::Play),
}

/// Reads the command line and does what it says.
#[must_use]
pub fn main() -> ExitCode {
    match Line::parse().command {
        #[cfg(feature = "app")]
        Some(Command::Play(play)) => play.run(),
        #[cfg(feature = "app")]
        None => play::Play::default().run(),
        #[cfg(not(feature = "app"))]
        _ => ExitCode::from(2),
    }
}
