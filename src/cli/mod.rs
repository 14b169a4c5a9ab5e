//! The command line, one file per subcommand.
//!
//! Standard output carries the result and nothing else. The exit code says how it went: 0 fine,
//! 1 it ran and found something, 2 it could not run, 3 no display or graphics.

mod answer;
mod card;
mod check;
mod explain;
mod facts;
mod find;
#[cfg(not(feature = "app"))]
mod no_window;
#[cfg(feature = "app")]
mod play;
mod replay;
mod seeds;
mod simulate;
mod version;
mod words;

use answer::{Answer, Stop};
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
#[cfg(not(feature = "app"))]
use no_window::Play;
#[cfg(feature = "app")]
use play::Play;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use words::Words;

/// What every subcommand knows.
struct Context {
    /// The words of the language asked for.
    words: Words,
    /// The language given by `--lang`; the window has settings of its own.
    #[cfg(feature = "app")]
    lang: Option<crate::text::Lang>,
    /// The folder given by `--data-dir`.
    data_dir: Option<PathBuf>,
}

/// A tabletop decision-exercise game about public safety.
///
/// Without a subcommand the game opens in its window.
#[derive(Parser)]
#[command(
    name = "commonwatch",
    version,
    propagate_version = true,
    after_help = "`--version --format json` tells the versions of the program, the rules and the \
                  log format.\nExit codes: 0 fine, 1 it ran and found something, 2 it could not \
                  run, 3 no display or graphics."
)]
struct Arguments {
    /// The folder for games, scenarios and settings, instead of the system's
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The language of messages: en or zh-Hans; else the system's
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = words::language)]
    lang: Option<crate::text::Lang>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Open the game in its window
    Play(Play),
    /// Look for mistakes in scenarios
    Check(check::Check),
    /// Tell what a code of `check` means
    Explain(explain::Explain),
    /// Play many games without people and sum them up
    Simulate(simulate::Simulate),
    /// Play the log of a game again and compare
    Replay(replay::Replay),
    /// Show the numbers of the model with their sources
    Card(card::Card),
    /// Try on the model what studies found
    Facts(facts::Facts),
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    if let Some(answer) = version::asked(&words) {
        return end(answer);
    }
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return end(usage(&error)),
    };
    let context = Context {
        words: Words::new(arguments.lang),
        #[cfg(feature = "app")]
        lang: arguments.lang,
        data_dir: arguments.data_dir,
    };
    let play = Command::Play(Play::default());
    end(match arguments.command.unwrap_or(play) {
        Command::Play(play) => return play.run(&context),
        Command::Check(check) => check.run(&context),
        Command::Explain(explain) => explain.run(&context),
        Command::Simulate(simulate) => simulate.run(&context),
        Command::Replay(replay) => replay.run(&context),
        Command::Card(card) => card.run(&context),
        Command::Facts(facts) => facts.run(&context),
    })
}

fn end(answer: Result<Answer, Stop>) -> ExitCode {
    match answer {
        Ok(answer) => answer.print(),
        Err(stop) => stop.print(),
    }
}

/// What clap has to say: help is a result, anything else is how the command should have been.
fn usage(error: &clap::Error) -> Result<Answer, Stop> {
    match error.kind() {
        ErrorKind::DisplayHelp => Ok(Answer::fine(error.render().to_string())),
        _ => Err(Stop::usage(error.render().to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
