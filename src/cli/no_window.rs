//! `play` in a program that was built without its window.

use super::Context;
use super::answer::Stop;
use clap::Args;
use std::ffi::OsString;
use std::process::ExitCode;

/// Arguments of `play`, none of which can be of use here.
#[derive(Args, Default)]
pub(super) struct Play {
    /// The scenario to open, and what else the window understands
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "SCENARIO"
    )]
    _rest: Vec<OsString>,
}

impl Play {
    /// Says what is missing.
    pub fn run(self, context: &Context) -> ExitCode {
        Stop::could_not(context.words.get("play.no-window", &[])).print()
    }
}
