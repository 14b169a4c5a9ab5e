//! `commonwatch play`: opens the window.

use crate::app::{self, Options, Pilot};
use crate::lab::policy::Policy;
use crate::scenario::{Source, find_built_in, load};
use crate::text::Lang;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Opens the window and plays a scenario.
#[derive(Args, Debug, Default)]
pub struct Play {
    /// A built-in scenario, or the path of a scenario of your own
    scenario: Option<String>,
    /// The language: en or zh-Hans
    #[arg(long)]
    lang: Option<String>,
    /// The size of the window in physical pixels, as in 1280x800
    #[arg(long, value_name = "WxH")]
    size: Option<String>,
    /// The seed of a new game's luck
    #[arg(long)]
    seed: Option<u32>,
    /// Where games are kept, instead of the platform's folder
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Plays by itself as this policy decides, through the interface
    #[arg(long, value_name = "POLICY", requires = "screenshots")]
    autopilot: Option<String>,
    /// Where the autopilot puts its pictures
    #[arg(long, value_name = "DIR", requires = "autopilot")]
    screenshots: Option<PathBuf>,
}

/// The scenario that is played when none is named.
const FIRST: &str = "first-watch";
/// The window's size when none is named.
const SIZE: (u32, u32) = (1280, 800);

impl Play {
    /// Plays.
    #[must_use]
    pub fn run(self) -> ExitCode {
        match self.options() {
            Ok(options) => app::run(options),
            Err(complaint) => {
                eprintln!("{complaint}");
                ExitCode::from(2)
            }
        }
    }

    fn options(self) -> Result<Options, String> {
        let lang = match &self.lang {
            None => sys_locale::get_locale()
                .and_then(|tag| Lang::from_tag(&tag))
                .unwrap_or_default(),
            Some(tag) => Lang::from_tag(tag)
                .ok_or_else(|| format!("No language {tag}. There are en and zh-Hans."))?,
        };
        let size = match &self.size {
            None => SIZE,
            Some(text) => read_size(text).ok_or_else(|| {
                format!("{text} is not a size. Write it as 1280x800, at least 640x400.")
            })?,
        };
        let autopilot = match (&self.autopilot, self.screenshots) {
            (Some(name), Some(pictures)) => {
                let policy = Policy::find(name).map_err(|unknown| {
                    let hint = unknown.nearest.map(|it| format!(" Did you mean {it}?"));
                    format!("No policy {name}.{}", hint.unwrap_or_default())
                })?;
                Some(Pilot { policy, pictures })
            }
            _ => None,
        };
        let name = self.scenario.as_deref().unwrap_or(FIRST);
        let source = match find_built_in(name) {
            Ok(built_in) => built_in.source(),
            Err(nearest) => {
                let path = PathBuf::from(name);
                if !path.exists() {
                    let hint = nearest
                        .map(|it| format!(" Did you mean {it}?"))
                        .unwrap_or_default();
                    return Err(format!("No scenario and no path {name}.{hint}"));
                }
                Source::Disk(path)
            }
        };
        let loaded = load(&source).map_err(|report| report.render(lang))?;
        Ok(Options {
            scenario: Arc::new(loaded.scenario),
            lang,
            size,
            seed: self.seed.unwrap_or_else(fresh_seed),
            data_dir: self.data_dir,
            autopilot,
        })
    }
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
