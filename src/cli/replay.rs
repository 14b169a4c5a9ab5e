//! `replay`: the log of a game played again and compared with what it says.

use super::Context;
use super::answer::{Answer, Format, Stop, json, tell};
use crate::rules::{Amount, Digest, Index, Micro};
use crate::scenario::{self, Scenario, Source};
use crate::session::folders::Folders;
use crate::session::log::Header;
use crate::session::verify::{Report, verify};
use crate::session::{Journal, OpenError, Setting, read_log};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Arguments of `replay`.
#[derive(Args)]
pub(super) struct Replay {
    /// The log of a game, as *.cwlog
    #[arg(value_name = "LOG")]
    log: PathBuf,
    /// Say only whether it comes out as written
    #[arg(long)]
    verify: bool,
    /// Play up to the end of this turn
    #[arg(long, value_name = "TURN", value_parser = clap::value_parser!(u16).range(1..))]
    until: Option<u16>,
    /// The scenario it was played in, if that is neither built in nor beside the log
    #[arg(long, value_name = "PATH")]
    scenario: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

#[derive(Serialize)]
struct Verdict {
    ok: bool,
    turns: u16,
    digest: Option<Digest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_differing_turn: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    damaged_line: Option<usize>,
}

impl Replay {
    /// Runs the command.
    pub fn run(&self, context: &Context) -> Result<Answer, Stop> {
        let shown = self.log.display().to_string();
        let log = read_log(&self.log).map_err(|error| {
            Stop::could_not(format!("{shown}: {}", context.words.sentence(&error)))
        })?;
        let (journal, _) = Journal::read(&log).map_err(|damage| {
            let error = OpenError::NotALog(damage);
            Stop::could_not(format!("{shown}: {}", context.words.sentence(&error)))
        })?;
        let scenario = self.scenario_of(context, journal.header())?;
        let setting = Setting::new(scenario.world, scenario.text_hash);
        let report = verify(&log, &setting, self.until).map_err(|error| {
            Stop::could_not(format!("{shown}: {}", context.words.sentence(&error)))
        })?;
        let sentence = sentence(context, journal.header(), &report);
        let text = match self.format {
            Format::Json => {
                if !report.ok {
                    tell(&sentence);
                }
                json(&Verdict {
                    ok: report.ok,
                    turns: report.turns,
                    digest: report.digest,
                    first_differing_turn: report.first_differing_turn,
                    damaged_line: report.damage.as_ref().map(|damage| damage.line),
                })?
            }
            Format::Human if self.verify => format!("{sentence}\n"),
            Format::Human => format!("{}\n{sentence}\n", table(context, &journal, report.turns)),
        };
        Ok(Answer::of(text, !report.ok))
    }

    /// The scenario that the log names by its hash: the one given, one that is built in, one beside
    /// the log, one of the player's own.
    fn scenario_of(&self, context: &Context, header: &Header) -> Result<Scenario, Stop> {
        if let Some(name) = &self.scenario {
            let scenario = context.load(name)?;
            return if scenario.world.rules_hash() == header.rules_hash {
                Ok(scenario)
            } else {
                let slots = [
                    ("name", name.as_str()),
                    ("scenario", header.scenario.as_str()),
                    ("hash", &header.rules_hash.to_string()),
                ];
                Err(Stop::could_not(
                    context.words.get("replay.other-scenario", &slots),
                ))
            };
        }
        let built_in = scenario::built_in().iter().map(scenario::BuiltIn::source);
        let beside = self.log.parent().map(Path::to_owned);
        let own = Folders::find(context.data_dir.as_deref());
        let folders = beside.into_iter().chain(own.ok().map(|own| own.scenarios));
        let id = header.scenario.as_str();
        // The name comes from a file: what is no name of a scenario must not choose a path.
        let good = scenario::source::good_id(id);
        let near = folders
            .filter(|_| good)
            .flat_map(|folder| [folder.join(id), folder.join(format!("{id}.ron"))])
            .filter(|path| path.exists())
            .map(Source::Disk);
        built_in
            .chain(near)
            .filter_map(|source| scenario::load(&source).ok())
            .map(|loaded| loaded.scenario)
            .find(|scenario| scenario.world.rules_hash() == header.rules_hash)
            .ok_or_else(|| {
                let slots = [("scenario", id), ("hash", &*header.rules_hash.to_string())];
                Stop::could_not(context.words.get("replay.no-scenario", &slots))
            })
    }
}

/// What the comparison came to, in a sentence.
fn sentence(context: &Context, header: &Header, report: &Report) -> String {
    let digest = report
        .digest
        .map(|digest| digest.to_string())
        .unwrap_or_default();
    let differs = report.first_differing_turn.unwrap_or_default().to_string();
    let line = report
        .damage
        .as_ref()
        .map_or(0, |damage| damage.line)
        .to_string();
    let slots = [
        ("scenario", header.scenario.as_str()),
        ("seed", &header.seed.to_string()),
        ("turns", &report.turns.to_string()),
        ("turn", &differs),
        ("line", &line),
        ("digest", &digest),
    ];
    let key = if report.first_differing_turn.is_some() {
        "replay.differs"
    } else if report.damage.is_some() {
        "replay.damaged"
    } else {
        "replay.ok"
    };
    context.words.get(key, &slots)
}

/// The published indices turn by turn, as the log has them.
fn table(context: &Context, journal: &Journal, turns: u16) -> String {
    let mut text = String::new();
    for played in journal.summaries().iter().take(usize::from(turns)) {
        let published = &played.summary.published;
        let figures = Index::ALL.iter().zip(published).map(|(index, micro)| {
            let name = crate::text::get(context.words.lang, &format!("index.{}", index.id()), &[]);
            format!("{name} {:.1}", Micro(*micro).to_f64())
        });
        let figures: Vec<String> = figures.collect();
        text += &format!("{:3}  {}\n", played.summary.turn, figures.join("  "));
    }
    text
}
