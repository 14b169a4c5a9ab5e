//! `simulate`: many games without people, and what they come to.

use super::Context;
use super::answer::{Answer, Stop, json};
use super::seeds;
use crate::lab::lineup::Unfit;
use crate::lab::statistics::Spread;
use crate::lab::{Batch, Game, Job, Lineup, Plan, Policy, Refused};
use crate::rules::id::SeatIx;
use crate::rules::table::{Became, Kept};
use crate::rules::{self, Amount, Digest, Index, Micro};
use crate::scenario::source::MAX_FILE;
use crate::scenario::{Lexicon, Scenario};
use crate::session::folders::EXTENSION;
use crate::session::{ActError, Setting};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Serialize, Serializer};
use std::io::{ErrorKind, Read};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Arguments of `simulate`.
#[derive(Args)]
#[command(after_help = policies())]
pub(super) struct Simulate {
    /// A scenario's name, file or folder
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Who commands every desk
    #[arg(long, value_name = "NAME", default_value = "even")]
    policy: String,
    /// Orders written down beforehand
    #[arg(long, value_name = "FILE", conflicts_with = "policy")]
    plan: Option<PathBuf>,
    /// One game for each seed: A..B (without B), A..=B, or a single one
    #[arg(long, value_name = "A..B", default_value = "1..=100", value_parser = seeds::range)]
    seeds: Range<u64>,
    /// How many games at a time; as many as the computer has cores without it
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    jobs: usize,
    /// The form of the answer
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Write the answer to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write the log of each game to a folder: <scenario>-<policy>-<seed>.cwlog
    #[arg(long, value_name = "DIR")]
    logs: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: the batch
    Json,
    /// For programs: one row a game
    Csv,
}

/// The policies for the end of `--help`.
fn policies() -> String {
    let mut text = String::from("Policies:\n");
    for policy in Policy::ALL {
        text += &format!("  {:8} {}\n", policy.id(), policy.about());
    }
    text
}

#[derive(Serialize)]
struct Summary<'a> {
    scenario: &'a str,
    rules: &'a str,
    policy: &'a str,
    seeds: [u64; 2],
    games: usize,
    indices: Ordered<Figures>,
    published: Ordered<Figures>,
    /// The true indices three months after the last turn.
    handover: Ordered<Figures>,
    objectives: Ordered<Met>,
    /// Games by what became of each desk's mandate; not there where no desk has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    mandates: Option<Ordered<Ordered<usize>>>,
    promises: Ordered<usize>,
    forecasts: Forecasted,
    /// How many plans a policy that looks ahead weighs a turn; not there where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    nodes: Option<Ordered<usize>>,
    digest: Digest,
}

#[derive(Serialize)]
struct Forecasted {
    told: usize,
    /// The share in which the published figure lay inside; none without a forecast.
    inside: Option<f64>,
    /// From the least to the most, on average.
    width: Option<f64>,
}

impl Forecasted {
    fn of(batch: &Batch) -> Self {
        let sums = batch.forecasts();
        let mean = |sum: usize| (sums.told > 0).then(|| sum as f64 / sums.told as f64);
        Self {
            told: sums.told,
            inside: mean(sums.inside),
            width: mean(sums.width),
        }
    }
}

#[derive(Serialize)]
struct Figures {
    mean: f64,
    sd: f64,
    p05: f64,
    p50: f64,
    p95: f64,
}

#[derive(Serialize)]
struct Met {
    met: f64,
}

/// An object whose fields keep their order.
struct Ordered<T>(Vec<(String, T)>);

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Simulate {
    /// Runs the command.
    pub fn run(&self, context: &Context) -> Result<Answer, Stop> {
        let scenario = Arc::new(context.load(&self.scenario)?);
        let lineup = self.lineup(context, &scenario)?;
        let mut job = Job::new(
            Arc::clone(&scenario.world),
            lineup.clone(),
            self.seeds.clone(),
        );
        if let Some(out) = &self.out {
            writable(out).map_err(|error| unwritten(context, out, &error))?;
        }
        if let Some(folder) = &self.logs {
            std::fs::create_dir_all(folder).map_err(|error| unwritten(context, folder, &error))?;
            let world = Arc::clone(&scenario.world);
            job = job.logged(Setting::new(world, scenario.text_hash));
        }
        let bar = ProgressBar::new(self.seeds.end - self.seeds.start);
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {eta}") {
            bar.set_style(style);
        }
        let failure = Mutex::new(None);
        let batch = job.run(self.jobs, |game| {
            if let Some(folder) = &self.logs
                && let Err(stop) = keep(context, folder, lineup.name(), game)
                && let Ok(mut failure) = failure.lock()
            {
                failure.get_or_insert(stop);
                return ControlFlow::Break(());
            }
            bar.inc(1);
            ControlFlow::Continue(())
        });
        bar.finish_and_clear();
        if let Ok(Some(stop)) = failure.into_inner() {
            return Err(stop);
        }
        let batch = batch.map_err(|refused| self.refused(context, &scenario, &refused))?;
        let text = match self.format {
            Format::Human => self.table(context, &scenario, &lineup, &batch),
            Format::Json => json(&self.summary(&scenario, &lineup, &batch))?,
            Format::Csv => rows(&scenario, &batch)?,
        };
        let Some(out) = &self.out else {
            return Ok(Answer::fine(text));
        };
        std::fs::write(out, text).map_err(|error| unwritten(context, out, &error))?;
        Ok(Answer::fine(String::new()))
    }

    fn lineup(&self, context: &Context, scenario: &Scenario) -> Result<Lineup, Stop> {
        let Some(path) = &self.plan else {
            let policy = Policy::find(&self.policy).map_err(|it| context.unknown_policy(&it))?;
            return Ok(Lineup::policy(&scenario.world, policy));
        };
        let shown = path.display().to_string();
        let stop = |key: &str, slots: &[(&str, &str)]| {
            let slots: Vec<_> = slots.iter().copied().chain([("plan", &*shown)]).collect();
            Stop::could_not(context.words.get(key, &slots))
        };
        let text =
            read(path).map_err(|error| stop("plan.unreadable", &[("why", &error.to_string())]))?;
        let plan = Plan::read(&shown, text)
            .map_err(|report| Stop::could_not(report.render(context.words.lang)))?;
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let lineup = Lineup::plan(&scenario.world, &stem.unwrap_or_default(), &plan);
        let lineup = lineup.map_err(|unfit| match unfit {
            Unfit::Desk(desk, near) => {
                let text = context
                    .words
                    .get("plan.desk", &[("plan", &shown), ("name", desk.as_str())]);
                let hint = context
                    .words
                    .did_you_mean(near.as_ref().map(rules::Id::as_str));
                Stop::could_not(format!("{text}{hint}"))
            }
            Unfit::DeskTwice(desk) => stop("plan.desk-twice", &[("name", desk.as_str())]),
            Unfit::Policy(it) => context.unknown_policy(&it),
        })?;
        let turns = usize::from(scenario.world.turns);
        if lineup.planned_turns() > turns {
            let slots = [
                ("plan", &*shown),
                ("turns", &turns.to_string()),
                ("planned", &lineup.planned_turns().to_string()),
            ];
            return Err(Stop::found(context.words.get("plan.too-long", &slots)));
        }
        Ok(lineup)
    }

    fn refused(&self, context: &Context, scenario: &Arc<Scenario>, refused: &Refused) -> Stop {
        let lexicon = Lexicon::new(Arc::clone(scenario), context.words.lang);
        let why = match &refused.why {
            ActError::Refused(refusal) => lexicon.refusal(refusal),
            other => context.words.sentence(other),
        };
        let plan = self
            .plan
            .as_deref()
            .unwrap_or(Path::new(""))
            .display()
            .to_string();
        let slots = [
            ("plan", plan.as_str()),
            ("seed", &refused.seed.to_string()),
            ("turn", &refused.turn.to_string()),
            ("order", &refused.order.to_string()),
            ("why", &why),
        ];
        Stop::found(context.words.get("plan.refused", &slots))
    }

    fn summary<'a>(
        &self,
        scenario: &'a Scenario,
        lineup: &'a Lineup,
        batch: &Batch,
    ) -> Summary<'a> {
        let indices = |spread: &dyn Fn(usize) -> Option<Spread>| {
            let indices = Index::ALL.iter().enumerate();
            let named = indices.filter_map(|(at, index)| {
                let Spread {
                    mean,
                    sd,
                    p05,
                    p50,
                    p95,
                } = spread(at)?;
                Some((
                    json_name(*index),
                    Figures {
                        mean,
                        sd,
                        p05,
                        p50,
                        p95,
                    },
                ))
            });
            Ordered(named.collect())
        };
        let objectives = scenario.world.objectives.iter().enumerate();
        let objectives =
            objectives.map(|(at, goal)| (goal.id.to_string(), Met { met: batch.met(at) }));
        Summary {
            scenario: scenario.world.scenario.as_str(),
            rules: rules::version(),
            policy: lineup.name(),
            seeds: [self.seeds.start, self.seeds.end],
            games: batch.games.len(),
            indices: indices(&|at| batch.truth(at)),
            published: indices(&|at| batch.published(at)),
            handover: indices(&|at| batch.left(at)),
            objectives: Ordered(objectives.collect()),
            mandates: mandates(scenario, batch),
            promises: Ordered(
                promises(batch)
                    .map(|(id, count)| (json_id(id), count))
                    .to_vec(),
            ),
            forecasts: Forecasted::of(batch),
            nodes: nodes(lineup),
            digest: batch.digest(),
        }
    }

    /// Numbers first and words last, so that the columns hold in every language.
    fn table(
        &self,
        context: &Context,
        scenario: &Arc<Scenario>,
        lineup: &Lineup,
        batch: &Batch,
    ) -> String {
        let lexicon = Lexicon::new(Arc::clone(scenario), context.words.lang);
        let slots = [
            ("scenario", scenario.meta.title.in_lang(context.words.lang)),
            ("policy", lineup.name()),
            ("games", &batch.games.len().to_string()),
            ("first", &self.seeds.start.to_string()),
            ("last", &(self.seeds.end - 1).to_string()),
        ];
        let mut text = context.words.get("simulate.title", &slots);
        text.push('\n');
        for (policy, nodes) in lineup.nodes() {
            let slots = [("policy", policy.id()), ("nodes", &nodes.to_string())];
            text += &context.words.get("simulate.nodes", &slots);
            text.push('\n');
        }
        let layers: [(&str, &dyn Fn(usize) -> Option<Spread>); 3] = [
            ("simulate.true", &|at| batch.truth(at)),
            ("simulate.published", &|at| batch.published(at)),
            ("simulate.left", &|at| batch.left(at)),
        ];
        for (key, spread) in layers {
            let heading = context.words.get(key, &[]);
            text += &format!("\n{heading}\n");
            text += "   mean     sd    p05    p50    p95\n";
            for (at, index) in Index::ALL.iter().enumerate() {
                let Some(s) = spread(at) else { continue };
                let name = lexicon.index(*index);
                text += &format!(
                    "{:7.1}{:7.1}{:7.1}{:7.1}{:7.1}  {name}\n",
                    s.mean, s.sd, s.p05, s.p50, s.p95
                );
            }
        }
        let heading = context.words.get("simulate.objectives", &[]);
        text += &format!("\n{heading}\n");
        for (at, objective) in scenario.world.objectives.iter().enumerate() {
            let name = lexicon.objective(rules::id::ObjectiveIx::from_position(at));
            let share = 100.0 * batch.met(at);
            text += &format!("{share:6.0}%  {name} ({})\n", objective.id);
        }
        text += &talk(context, scenario, &lexicon, batch);
        let slots = [
            ("digest", &*batch.digest().to_string()),
            ("rules", rules::version()),
        ];
        text += &format!("\n{}\n", context.words.get("simulate.digest", &slots));
        text
    }
}

/// What became of mandates, promises and forecasts, for people; what there was none of is left out.
fn talk(context: &Context, scenario: &Scenario, lexicon: &Lexicon, batch: &Batch) -> String {
    let lang = context.words.lang;
    let mut text = String::new();
    if scenario.world.desks.mandate_sets().next().is_some() {
        let heading = context.words.get("simulate.mandates", &[]);
        text += &format!("\n{heading}\n");
        for at in 0..scenario.world.seats.len() {
            let seat = SeatIx::from_position(at);
            let games = batch.games.len().max(1) as f64;
            let share = 100.0 * batch.mandates(seat, Became::Met) as f64 / games;
            text += &format!("{share:6.0}%  {}\n", lexicon.seat(seat));
        }
    }
    let promises = promises(batch);
    if promises.iter().any(|(_, count)| *count > 0) {
        let heading = context.words.get("simulate.promises", &[]);
        text += &format!("\n{heading}\n");
        for (id, count) in promises {
            let name = crate::text::get(lang, &format!("promise.{id}"), &[]);
            text += &format!("{count:7}  {name}\n");
        }
    }
    let forecasts = Forecasted::of(batch);
    if let (Some(inside), Some(width)) = (forecasts.inside, forecasts.width) {
        let slots = [
            ("told", &*forecasts.told.to_string()),
            ("inside", &format!("{:.0}", 100.0 * inside)),
            ("width", &format!("{width:.1}")),
        ];
        text += &format!("\n{}\n", context.words.get("simulate.forecasts", &slots));
    }
    text
}

/// Promises by what became of them.
fn promises(batch: &Batch) -> [(&'static str, usize); 3] {
    let sums = batch.promises();
    [
        (Kept::Kept(0).id(), sums.kept),
        (Kept::Broken.id(), sums.broken),
        (Kept::NotChecked.id(), sums.not_checked),
    ]
}

/// How many plans each policy that looks ahead weighs a turn.
fn nodes(lineup: &Lineup) -> Option<Ordered<usize>> {
    let nodes = lineup
        .nodes()
        .map(|(policy, nodes)| (policy.id().to_owned(), nodes));
    let nodes: Vec<_> = nodes.collect();
    (!nodes.is_empty()).then_some(Ordered(nodes))
}

/// What became of the mandates, desk by desk.
fn mandates(scenario: &Scenario, batch: &Batch) -> Option<Ordered<Ordered<usize>>> {
    let desks = &scenario.world.desks;
    desks.mandate_sets().next()?;
    let seats = scenario.world.seats.iter().enumerate();
    let counts = seats.map(|(at, seat)| {
        let seat_at = SeatIx::from_position(at);
        let count = |became: Became| (became.id().to_owned(), batch.mandates(seat_at, became));
        (
            seat.id.to_string(),
            Ordered(Became::ALL.map(count).to_vec()),
        )
    });
    Some(Ordered(counts.collect()))
}

/// An index's name in JSON and CSV.
fn json_name(index: Index) -> String {
    json_id(index.id())
}

fn json_id(id: &str) -> String {
    id.replace('-', "_")
}

/// One row a game.
fn rows(scenario: &Scenario, batch: &Batch) -> Result<String, Stop> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |row: Vec<String>| {
        writer
            .write_record(row)
            .map_err(|error| Stop::could_not(error.to_string()))
    };
    let mut head = vec!["seed".to_owned(), "digest".to_owned()];
    head.extend(Index::ALL.map(json_name));
    head.extend(Index::ALL.map(|index| format!("published_{}", json_name(index))));
    head.push("objectives_met".to_owned());
    let mandated = scenario.world.desks.mandate_sets().next().is_some();
    if mandated {
        head.extend(Became::ALL.map(|became| format!("mandates_{}", became.id())));
    }
    head.extend(
        [
            "promises_kept",
            "promises_broken",
            "forecasts",
            "forecasts_inside",
        ]
        .map(String::from),
    );
    write(head)?;
    for game in &batch.games {
        let points = |value: &Micro| value.to_f64().to_string();
        let mut row = vec![game.seed.to_string(), game.digest.to_string()];
        row.extend(game.truth.iter().map(points));
        row.extend(game.published.iter().map(points));
        let met = scenario.world.objectives.iter().zip(&game.met);
        let met: Vec<&str> = met
            .filter(|(_, met)| **met)
            .map(|(goal, _)| goal.id.as_str())
            .collect();
        row.push(met.join(" "));
        if mandated {
            row.extend(Became::ALL.map(|became| {
                let desks = game.mandates.iter().filter(|(_, it)| *it == became);
                let desks = desks.map(|(seat, _)| scenario.world.seats[seat.at()].id.as_str());
                desks.collect::<Vec<_>>().join(" ")
            }));
        }
        let (promises, forecasts) = (game.promises, game.forecasts);
        let talk = [
            promises.kept,
            promises.broken,
            forecasts.told,
            forecasts.inside,
        ];
        row.extend(talk.map(|count| count.to_string()));
        write(row)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Stop::could_not(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Stop::could_not(error.to_string()))
}

/// Writes the log of a game to the folder.
fn keep(context: &Context, folder: &Path, policy: &str, game: &Game) -> Result<(), Stop> {
    let Some(log) = game.log() else { return Ok(()) };
    // A plan's name is a file's name already; a scenario's holds nothing that could leave a folder.
    let (scenario, seed) = (&game.state().world().scenario, game.state().seed());
    let path = folder.join(format!("{scenario}-{policy}-{seed}.{EXTENSION}"));
    std::fs::write(&path, log).map_err(|error| {
        // Half a log would only look like a damaged game.
        drop(std::fs::remove_file(&path));
        unwritten(context, &path, &error)
    })
}

/// Whether there is a place for a file, as far as can be told before hours of games.
fn writable(path: &Path) -> std::io::Result<()> {
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let Some(folder) = folder.map(std::fs::metadata).transpose()? else {
        return Ok(());
    };
    if folder.is_dir() {
        Ok(())
    } else {
        Err(ErrorKind::NotADirectory.into())
    }
}

fn unwritten(context: &Context, path: &Path, error: &std::io::Error) -> Stop {
    let (path, why) = (path.display().to_string(), error.to_string());
    Stop::could_not(
        context
            .words
            .get("unwritten", &[("path", &path), ("why", &why)]),
    )
}

/// The bytes of a plan; one that is too large is cut so that its reader says so.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(MAX_FILE as u64 + 1).read_to_end(&mut text)?;
    Ok(text)
}
