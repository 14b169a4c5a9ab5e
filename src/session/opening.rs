//! Coming back to a game, whatever happened to its log.
//!
//! - **Damage**: the good part before it is the game; the damaged log is kept beside it under a new
//!   name.
//! - **A turn that was never played to its end** is played once more, behind a [`Record::Retry`].
//!   If that stops the program too, the next opening stands before the end of the turn, with all
//!   orders kept, so that a rule that fails does not make *Continue* fail for ever.
//! - **Other rules or another scenario**: nothing is played; the log can be read from its turns.

use super::error::{ActError, OpenError, Sentence, StoreError};
use super::journal::{Act, Journal, Played};
use super::log::{Damage, FORMAT, Flaw, Header, Record, Why};
use super::play::{Draft, Session};
use super::states::{DoesNotStand, States, play};
use super::store::Store;
use crate::rules::command;
use crate::rules::{Action, Digest, Id, Refusal, State, World, version};
use crate::scenario::Scenario;
use std::sync::Arc;

/// How often the good part of a log may turn out shorter than it seemed, because it tells of acts
/// that the rules refuse. A log that this program wrote never does; one made to waste time would.
const MAX_ROUNDS: usize = 8;

/// What a game is played in, as far as its log has to name it.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The world of the scenario.
    pub world: Arc<World>,
    /// The digest of everything in it that can change an outcome.
    pub rules_hash: Digest,
    /// The digest of its words.
    pub text_hash: Digest,
    /// The version of the rules.
    pub rules: String,
}

impl Setting {
    /// The setting of a world under the rules of this program.
    #[must_use]
    pub fn new(world: Arc<World>, text_hash: Digest) -> Self {
        let rules_hash = world.rules_hash();
        Self {
            world,
            rules_hash,
            text_hash,
            rules: version().to_owned(),
        }
    }

    /// The first record of a game in this setting.
    #[must_use]
    pub fn header(&self, seed: u32) -> Header {
        Header {
            format: FORMAT,
            rules: self.rules.clone(),
            scenario: self.world.scenario.clone(),
            turns: self.world.turns,
            rules_hash: self.rules_hash,
            text_hash: self.text_hash,
            seed,
            app: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Why a log of this header cannot be played in this setting.
    pub(super) fn differs(&self, header: &Header) -> Option<ReadOnly> {
        if header.rules_hash != self.rules_hash || header.scenario != self.world.scenario {
            let (scenario, hash) = (header.scenario.clone(), header.rules_hash);
            return Some(ReadOnly::OtherScenario { scenario, hash });
        }
        let (log, here) = (header.rules.clone(), self.rules.clone());
        (log != here).then_some(ReadOnly::OtherRules { log, here })
    }
}

impl From<&Scenario> for Setting {
    fn from(scenario: &Scenario) -> Self {
        Self {
            world: Arc::clone(&scenario.world),
            rules_hash: scenario.rules_hash,
            text_hash: scenario.text_hash,
            rules: version().to_owned(),
        }
    }
}

/// What came of opening a log.
#[derive(Clone, Debug)]
pub enum Opening<S = Box<dyn Store + Send + Sync>> {
    /// The game goes on.
    Game {
        /// The game.
        session: Box<Session<S>>,
        /// What the players should be told.
        notices: Vec<Notice>,
    },
    /// The log can be read and not be played.
    ReadOnly(Box<Archive>),
}

/// What the players should be told when a game is opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// The end of the log was damaged.
    #[error(
        "The log of this game was damaged from line {} on. {} and {} before it are safe, and the \
         game goes on from there. The damaged log is kept as {kept_as}.",
        .damage.line,
        counted(usize::from(.damage.good_turns), "turn"),
        counted(.damage.good_acts, "order")
    )]
    Recovered {
        /// Where, and how much is good.
        damage: Damage,
        /// The name of the copy of the damaged log.
        kept_as: String,
    },
    /// A turn was played once more.
    #[error(
        "The program stopped while turn {turn} was being played. All orders are safe, and the turn \
         has been played again."
    )]
    Retried {
        /// The turn.
        turn: u16,
    },
    /// A turn could not be played twice over.
    #[error(
        "Turn {turn} could not be played to its end twice over. All orders are safe, and the game \
         stands before the end of that turn. Change an order, or export the game and report it."
    )]
    HeldBack {
        /// The turn.
        turn: u16,
    },
}

/// So many of a thing, in English.
fn counted(count: usize, thing: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{end}")
}

impl Sentence for Notice {
    fn id(&self) -> String {
        let name = match self {
            Self::Recovered { .. } => "recovered",
            Self::Retried { .. } => "retried",
            Self::HeldBack { .. } => "held-back",
        };
        format!("session.{name}")
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Recovered { damage, kept_as } => vec![
                ("line", damage.line.to_string()),
                ("turns", damage.good_turns.to_string()),
                ("orders", damage.good_acts.to_string()),
                ("name", kept_as.clone()),
            ],
            Self::Retried { turn } | Self::HeldBack { turn } => vec![("turn", turn.to_string())],
        }
    }
}

/// Why a log is not played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnly {
    /// Another version of the rules.
    #[error(
        "This game was played under rules {log}; this program has rules {here}. It opens to be \
         read only. You can give the same orders under today's rules in a new game."
    )]
    OtherRules {
        /// The version of the log.
        log: String,
        /// The version of this program.
        here: String,
    },
    /// Another scenario, or the same with other numbers.
    #[error(
        "This game was played in a scenario {scenario} that is not the one here (its hash is \
         {hash}). It opens to be read only."
    )]
    OtherScenario {
        /// The scenario's name.
        scenario: Id,
        /// The digest of its rules part.
        hash: Digest,
    },
    /// The same orders come to something else.
    #[error(
        "Turn {turn} comes out differently here than in this log. It opens to be read only, and \
         nothing in it has been changed. Please report it."
    )]
    Differs {
        /// The first turn that does.
        turn: u16,
    },
}

impl Sentence for ReadOnly {
    fn id(&self) -> String {
        let name = match self {
            Self::OtherRules { .. } => "other-rules",
            Self::OtherScenario { .. } => "other-scenario",
            Self::Differs { .. } => "differs",
        };
        format!("session.{name}")
    }

    fn slots(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::OtherRules { log, here } => vec![("log", log.clone()), ("here", here.clone())],
            Self::OtherScenario { scenario, hash } => {
                vec![
                    ("scenario", scenario.to_string()),
                    ("hash", hash.to_string()),
                ]
            }
            Self::Differs { turn } => vec![("turn", turn.to_string())],
        }
    }
}

/// A log that can be read and not be played. It has not been touched.
#[derive(Clone, Debug)]
pub struct Archive {
    /// The good part of the log.
    pub journal: Journal,
    /// Why it is not played.
    pub why: ReadOnly,
    /// Where its good part ends, if that is not its end.
    pub damage: Option<Damage>,
}

impl Archive {
    /// What each turn came to, in order, on the line that was in force.
    #[must_use]
    pub fn turns(&self) -> Vec<&Played> {
        self.journal.summaries()
    }

    /// The acts of the line that was in force, to be given again in a new game ([`order_again`]).
    #[must_use]
    pub fn orders(&self) -> Vec<&Act> {
        self.journal.path(self.journal.head())
    }

    /// Whether the same orders can be tried in this scenario. It may have other numbers now; in
    /// another city the orders would name what is not there. A log that comes out differently under
    /// the rules it was played with would do so again.
    #[must_use]
    pub fn can_order_again(&self, scenario: &Id) -> bool {
        let may = match self.why {
            ReadOnly::OtherRules { .. } | ReadOnly::OtherScenario { .. } => true,
            ReadOnly::Differs { .. } => false,
        };
        may && self.journal.header().scenario == *scenario && !self.orders().is_empty()
    }
}

/// An order of an earlier game that today's rules refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The turn in which it was given, from 1.
    pub turn: u16,
    /// The desk that gave it.
    pub seat: Id,
    /// What was ordered.
    pub action: Action,
    /// Why it does not stand now.
    pub refusal: Refusal,
}

/// Opens the game whose log `store` holds.
///
/// # Errors
///
/// The log cannot be read, is not a log, or cannot be written although that is needed.
pub fn open<S: Store>(mut store: S, setting: &Setting) -> Result<Opening<S>, OpenError> {
    let log = store.read_all()?;
    let (mut journal, mut damage) = read(&log)?;
    if let Some(why) = setting.differs(journal.header()) {
        return Ok(Opening::ReadOnly(Box::new(Archive {
            journal,
            why,
            damage,
        })));
    }
    let mut states = States::new(Arc::clone(&setting.world), journal.header().seed);
    let replayed = replay(&log, &mut journal, &mut damage, &mut states, u16::MAX)?;
    if let Some(turn) = replayed.differs {
        let why = ReadOnly::Differs { turn };
        return Ok(Opening::ReadOnly(Box::new(Archive {
            journal,
            why,
            damage,
        })));
    }

    let mut notices = Vec::new();
    if let Some(damage) = damage {
        let kept_as = store.set_aside()?;
        store.truncate(journal.bytes)?;
        store.sync()?;
        notices.push(Notice::Recovered { damage, kept_as });
    }
    let mut session = Session::resume(store, journal, states, replayed.now);
    notices.extend(session.finish_turn()?);
    Ok(Opening::Game {
        session: Box::new(session),
        notices,
    })
}

/// Opens a log that came from elsewhere, and keeps it in an empty store.
///
/// # Errors
///
/// The store is not empty or cannot be written, or as for [`open`].
pub fn import<S: Store>(
    mut store: S,
    log: &[u8],
    setting: &Setting,
) -> Result<Opening<S>, OpenError> {
    if !store.read_all()?.is_empty() {
        return Err(OpenError::NotEmpty);
    }
    read(log)?;
    if let Err(error) = store.append(log).and_then(|()| store.sync()) {
        drop(store.truncate(0));
        return Err(error.into());
    }
    open(store, setting)
}

/// Gives the acts of an earlier game in a new one, in order. Those that the rules refuse are left
/// out and listed. A set-up whose sides are not known any more is taken without them, or nothing
/// that follows could stand.
///
/// # Errors
///
/// The log of the new game cannot be written; what was given until then is in it.
pub fn order_again<S: Store>(
    session: &mut Session<S>,
    orders: &[&Act],
) -> Result<Vec<LeftOut>, StoreError> {
    let mut left_out = Vec::new();
    for act in orders {
        let refusal = match session.act(&act.seat, &act.action) {
            Ok(()) => continue,
            Err(ActError::Refused(refusal)) => refusal,
            Err(error) => return Err(store_error(error)),
        };
        left_out.push(LeftOut {
            turn: act.turn,
            seat: act.seat.clone(),
            action: act.action.clone(),
            refusal,
        });
        if let Action::SetUp { table, .. } = act.action {
            let presets = Vec::new();
            let plain = Action::SetUp { table, presets };
            match session.act(&act.seat, &plain) {
                Ok(()) | Err(ActError::Refused(_)) => {}
                Err(error) => return Err(store_error(error)),
            }
        }
    }
    Ok(left_out)
}

/// Reads a log that this program may know.
pub(super) fn read(log: &[u8]) -> Result<(Journal, Option<Damage>), OpenError> {
    let (journal, damage) = Journal::read(log).map_err(|damage| match damage.flaw {
        Flaw::Unknown => OpenError::OtherVersion,
        _ => OpenError::NotALog(damage),
    })?;
    if journal.header().format != FORMAT {
        return Err(OpenError::OtherVersion);
    }
    Ok((journal, damage))
}

/// A line of play, played again.
pub(super) struct Replayed {
    /// The state at its head; before the head, if that ended a turn never played to its end.
    pub now: Arc<State>,
    /// The digest after the last turn that was played.
    pub digest: Option<Digest>,
    /// The first turn that came to something else than the log says.
    pub differs: Option<u16>,
}

/// Plays the line in force again up to and including turn `until`, and compares each turn with what
/// the log says of it.
///
/// A line that is whole and yet tells of something that the rules refuse is damage too: `journal`
/// and `damage` are then those of the log before that line.
pub(super) fn replay(
    log: &[u8],
    journal: &mut Journal,
    damage: &mut Option<Damage>,
    states: &mut States,
    until: u16,
) -> Result<Replayed, OpenError> {
    for _ in 0..MAX_ROUNDS {
        let refused = match replay_line(journal, states, until) {
            Ok(replayed) => return Ok(replayed),
            Err(refused) => refused,
        };
        let at = journal.act(refused.n).map_or(0, |act| act.at);
        let line = 1 + log[..at].iter().filter(|byte| **byte == b'\n').count();
        (*journal, _) = read(&log[..at])?;
        *damage = Some(journal.damage(line, Flaw::Refused));
    }
    Err(OpenError::NotALog(journal.damage(1, Flaw::Refused)))
}

fn replay_line(
    journal: &Journal,
    states: &mut States,
    until: u16,
) -> Result<Replayed, DoesNotStand> {
    let mut done = Replayed {
        now: Arc::clone(states.start()),
        digest: None,
        differs: None,
    };
    for act in journal.path(journal.head()) {
        if act.turn > until {
            break;
        }
        if act.unfinished() {
            command::check(&done.now, &act.seat, &act.action)
                .map_err(|refusal| DoesNotStand { n: act.n, refusal })?;
            break;
        }
        done.now = Arc::new(play(&done.now, act)?);
        if let Some(played) = &act.played {
            let digest = done.now.digest();
            if digest != played.digest || done.now.summary() != played.summary {
                done.differs = Some(act.turn);
                break;
            }
            done.digest = Some(digest);
            states.keep(act.n, Arc::clone(&done.now));
        }
    }
    Ok(done)
}

impl<S: Store> Session<S> {
    /// Settles a turn whose end was ordered and whose outcome is not in the log. The session's
    /// state is the one before that order.
    fn finish_turn(&mut self) -> Result<Option<Notice>, StoreError> {
        let head = self.journal.head();
        let Some(act) = self
            .journal
            .act(head)
            .filter(|act| act.unfinished())
            .cloned()
        else {
            return Ok(None);
        };
        if self.journal.retried(act.n) {
            let mut draft = Draft::after(&self.journal);
            draft
                .add(Record::Head {
                    n: act.parent,
                    why: Why::Held,
                })
                .map_err(store_error)?;
            self.commit(draft).map_err(store_error)?;
            self.store.sync()?;
            return Ok(Some(Notice::HeldBack { turn: act.turn }));
        }
        let mut draft = Draft::after(&self.journal);
        draft.add(Record::Retry { n: act.n }).map_err(store_error)?;
        self.commit(draft).map_err(store_error)?;
        self.store.sync()?;
        self.play_again(&act).map_err(store_error)?;
        Ok(Some(Notice::Retried { turn: act.turn }))
    }

    fn play_again(&mut self, act: &Act) -> Result<(), ActError> {
        let next = play(&self.now, act).map_err(|refused| ActError::Refused(refused.refusal))?;
        let next = Arc::new(next);
        let mut draft = Draft::after(&self.journal);
        let (digest, summary) = (next.digest(), next.summary());
        draft.add(Record::Turn {
            n: act.n,
            digest,
            summary,
        })?;
        self.commit(draft)?;
        self.store.sync()?;
        self.states.keep(act.n, Arc::clone(&next));
        self.now = next;
        Ok(())
    }
}

/// A log that has no room for what must be written counts as too large.
fn store_error(error: ActError) -> StoreError {
    match error {
        ActError::Store(error) => error,
        ActError::Refused(_) | ActError::TooLong | ActError::LogFull => StoreError::TooLarge,
    }
}
