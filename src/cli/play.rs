//! `commonwatch play`: opens the window.

use super::Context;
use super::answer::Stop;
use crate::app::{self, Look, Options, Pilot, Settings, TEXT_SIZES};
use crate::lab::policy::Policy;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Opens the window and plays a scenario.
#[derive(Args, Debug, Default)]
pub(super) struct Play {
    /// A built-in scenario, or the path of a scenario of your own
    scenario: Option<String>,
    /// The size of the window in physical pixels, as in 1280x800
    #[arg(long, value_name = "WxH")]
    size: Option<String>,
    /// The seed of a new game's luck
    #[arg(long)]
    seed: Option<u32>,
    /// Plays by itself as this policy decides, through the interface
    #[arg(long, value_name = "POLICY", requires = "screenshots")]
    autopilot: Option<String>,
    /// Where the autopilot puts its pictures
    #[arg(long, value_name = "DIR", requires = "autopilot")]
    screenshots: Option<PathBuf>,
    /// How the autopilot's window looks: paper, night or contrast
    #[arg(long, value_name = "LOOK", requires = "autopilot", value_parser = look)]
    look: Option<Look>,
    /// The size of text in the autopilot's window, per cent: 100, 115, 130, 150 or 200
    #[arg(long, value_name = "PER CENT", requires = "autopilot", value_parser = text_size)]
    text_size: Option<u16>,
}

/// The scenario that is played when none is named.
const FIRST: &str = "first-watch";
/// The window's size when none is named.
const SIZE: (u32, u32) = (1280, 800);

impl Play {
    /// Plays.
    pub fn run(self, context: &Context) -> ExitCode {
        match self.options(context) {
            Ok(options) => app::run(options),
            Err(stop) => stop.print(),
        }
    }

    fn options(self, context: &Context) -> Result<Options, Stop> {
        let size = match &self.size {
            None => SIZE,
            Some(text) => read_size(text).ok_or_else(|| {
                Stop::could_not(context.words.get("play.no-size", &[("size", text)]))
            })?,
        };
        let autopilot = match (&self.autopilot, self.screenshots) {
            (Some(name), Some(pictures)) => {
                let policy = Policy::find(name).map_err(|it| context.unknown_policy(&it))?;
                // Nothing moves in a picture.
                let settings = Settings {
                    look: self.look.unwrap_or_default(),
                    text_size: self.text_size.unwrap_or(100),
                    motion: false,
                    ..Settings::default()
                };
                Some(Pilot {
                    policy,
                    pictures,
                    settings,
                })
            }
            _ => None,
        };
        let scenario = context.load(self.scenario.as_deref().unwrap_or(FIRST))?;
        Ok(Options {
            scenario: Arc::new(scenario),
            lang: context.lang,
            system_lang: context.words.lang,
            size,
            seed: self.seed.unwrap_or_else(fresh_seed),
            data_dir: context.data_dir.clone(),
            autopilot,
        })
    }
}

fn look(name: &str) -> Result<Look, String> {
    let known = Look::ALL.map(Look::id).join(", ");
    let found = Look::ALL.into_iter().find(|look| look.id() == name);
    found.ok_or_else(|| format!("known looks: {known}"))
}

fn text_size(text: &str) -> Result<u16, String> {
    let known = TEXT_SIZES.map(|size| size.to_string()).join(", ");
    let found = TEXT_SIZES.into_iter().find(|size| size.to_string() == text);
    found.ok_or_else(|| format!("known sizes: {known}"))
}

fn read_size(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once(['x', 'X', '×'])?;
    let size = (width.trim().parse().ok()?, height.trim().parse().ok()?);
    ((640..=16_384).contains(&size.0) && (400..=16_384).contains(&size.1)).then_some(size)
}

/// Luck for a game that names no seed.
fn fresh_seed() -> u32 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(1, |since| since.subsec_nanos() ^ since.as_secs() as u32)
}
