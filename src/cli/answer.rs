//! What a command says and how it ends.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// The result of a command, for standard output.
#[derive(Debug)]
pub(super) struct Answer {
    text: String,
    code: u8,
}

impl Answer {
    /// It went well.
    pub fn fine(text: String) -> Self {
        Self { text, code: 0 }
    }

    /// It ran; `found` tells whether it found something wrong.
    pub fn of(text: String, found: bool) -> Self {
        Self {
            text,
            code: u8::from(found),
        }
    }

    /// Writes the result. A reader that has seen enough (`| head`) is no fault.
    pub fn print(self) -> ExitCode {
        let mut out = std::io::stdout().lock();
        let done = out
            .write_all(self.text.as_bytes())
            .and_then(|()| out.flush());
        match done {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                tell(&format!("error: {error}"));
                ExitCode::from(2)
            }
            _ => ExitCode::from(self.code),
        }
    }
}

/// The form of an answer.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

/// Why a command stopped, for standard error.
#[derive(Debug)]
pub(super) struct Stop {
    text: String,
    code: u8,
}

impl Stop {
    /// It could not run.
    pub fn could_not(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 2,
        }
    }

    /// It ran and found something that ends it.
    pub fn found(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 1,
        }
    }

    /// It was called the wrong way; the text says how.
    pub fn usage(text: String) -> Self {
        Self { text, code: 2 }
    }

    /// Writes the reason.
    pub fn print(self) -> ExitCode {
        tell(self.text.trim_end());
        ExitCode::from(self.code)
    }
}

/// Writes a line to standard error, if anybody listens.
pub(super) fn tell(line: &str) {
    let mut out = std::io::stderr().lock();
    // Nobody is left to be told that nobody listens.
    drop(writeln!(out, "{line}"));
}

/// A value as JSON text, ending in a new line.
pub(super) fn json(value: &impl serde::Serialize) -> Result<String, Stop> {
    let text = serde_json::to_string_pretty(value);
    let mut text = text.map_err(|error| Stop::could_not(error.to_string()))?;
    text.push('\n');
    Ok(text)
}
