//! The lines of a log: `<16 hexadecimal digits> <record>`, one record a line.
//!
//! The digits are the xxh3-64 of the record's text, seeded with the check value of the line before,
//! so that a line also vouches for everything above it. Reading is strict: whatever is not exactly
//! what was written ends the good part of the log.

use crate::rules::state::Summary;
use crate::rules::{Action, Digest, Id, Reason};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The version of this format.
pub const FORMAT: u16 = 1;
/// The longest line, in bytes, its end included. A turn of 200 precincts takes less than a tenth.
pub const MAX_LINE: usize = 64 * 1024;
/// The largest log, in bytes.
pub const MAX_LOG: usize = 16 * 1024 * 1024;
/// The longest text of a mark, in characters.
pub const MAX_TEXT: usize = 4_000;
/// The deepest nesting of a record; the deepest that is written has a third of it.
const MAX_DEPTH: usize = 16;
/// Digits of a check value, and the space after it.
const CHECK: usize = 17;

/// Bytes that there is room for at once: more than the line of a turn has.
const LINE: usize = 1024;

/// What a game starts from: the first line of its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The format of the log ([`FORMAT`]).
    pub format: u16,
    /// The version of the rules.
    pub rules: String,
    /// The scenario's name.
    pub scenario: Id,
    /// How many turns the scenario has.
    pub turns: u16,
    /// The digest of everything in the scenario that can change an outcome.
    pub rules_hash: Digest,
    /// The digest of the scenario's words.
    pub text_hash: Digest,
    /// The seed of luck.
    pub seed: u32,
    /// The version of the program that started the log.
    pub app: String,
}

/// One record of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Record {
    /// What the game starts from; the first record and no other.
    Header(Header),
    /// An order, the set-up or the end of a turn: the only records that change the game.
    ///
    /// An act whose parent is the head becomes the head. Any other grows a branch beside the game,
    /// which a later [`Record::Head`] may put in force: so several acts take force at once.
    Act {
        /// Its number, from 1, without gaps.
        n: u32,
        /// The act it follows; 0 is the start.
        parent: u32,
        /// The desk that gave it.
        seat: Id,
        /// What was ordered.
        action: Action,
    },
    /// What a turn came to.
    Turn {
        /// The act that ended it.
        n: u32,
        /// The digest of the state after it.
        digest: Digest,
        /// The figures, so that the log can be read without being played again.
        summary: Summary,
    },
    /// The game goes on from another act. Nothing is erased.
    Head {
        /// The act; 0 is the start.
        n: u32,
        /// Why.
        why: Why,
    },
    /// A turn that had not been played to its end is about to be played once more.
    Retry {
        /// The act that ended it.
        n: u32,
    },
    /// Something worth keeping that changes nothing in the game.
    Mark(Mark),
}

/// Why the head moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Why {
    /// A desk took back an act.
    Undo {
        /// The desk.
        by: Id,
        /// The act that was taken back.
        act: u32,
    },
    /// A desk put back an act it had taken back.
    Redo {
        /// The desk.
        by: Id,
        /// The act that was put back.
        act: u32,
    },
    /// Somebody went to another moment of the game.
    Jump {
        /// The desk.
        by: Id,
    },
    /// Somebody began another line from an earlier moment.
    Fork {
        /// The desk.
        by: Id,
    },
    /// A turn could not be played twice over, so the game opens before its end.
    Held,
}

/// Something worth keeping that changes nothing in the game.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Mark {
    /// What somebody wrote down.
    Note {
        /// The desk.
        seat: Id,
        /// The words.
        text: String,
    },
    /// What a desk expects of a figure on record next turn.
    Forecast {
        /// The desk.
        seat: Id,
        /// The figure, by the name the screens give it.
        figure: String,
        /// Lowest value expected, in the figure's own integer unit.
        low: i64,
        /// Highest value expected, in the same unit.
        high: i64,
    },
    /// What a desk went by when it gave an order.
    Reason {
        /// The desk.
        seat: Id,
        /// The act, by its number.
        act: u32,
        /// Why.
        reason: Reason,
    },
    /// Whether a desk has finished its orders.
    Readiness {
        /// The desk.
        seat: Id,
        /// Whether it is ready.
        ready: bool,
    },
    /// The timer of a phase.
    Timer {
        /// What happened to it.
        event: TimerEvent,
        /// Seconds left at that moment.
        left: u32,
    },
    /// Who sits at a desk.
    Name {
        /// The desk.
        seat: Id,
        /// The person's name, as typed.
        name: String,
    },
    /// An answer to a question of the debrief.
    Reflection {
        /// The question, by its name in the scenario.
        question: Id,
        /// The words.
        text: String,
    },
    /// The time on the clock of the room.
    WallClock {
        /// Seconds since the beginning of 1970, UTC.
        unix: u64,
    },
}

impl Mark {
    /// Whether its texts are within [`MAX_TEXT`].
    #[must_use]
    pub fn fits(&self) -> bool {
        let texts: [&str; 2] = match self {
            Self::Note { seat, text } => [seat.as_str(), text],
            Self::Forecast { seat, figure, .. } => [seat.as_str(), figure],
            Self::Readiness { seat, .. } | Self::Reason { seat, .. } => [seat.as_str(), ""],
            Self::Name { seat, name } => [seat.as_str(), name],
            Self::Reflection { question, text } => [question.as_str(), text],
            Self::Timer { .. } | Self::WallClock { .. } => ["", ""],
        };
        texts
            .iter()
            .all(|text| text.chars().take(MAX_TEXT + 1).count() <= MAX_TEXT)
    }
}

/// What happened to a timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimerEvent {
    /// It began.
    Started,
    /// It was stopped for a while.
    Paused,
    /// It went on.
    Resumed,
    /// Time was added or taken.
    Changed,
    /// It ran out.
    RanOut,
}

/// The check value of the last line, to which the next is chained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain(u64);

impl Default for Chain {
    /// The chain before the first line: the letters `CWLOG`. Every format begins with it, so that
    /// a log of another one is told from a damaged one.
    fn default() -> Self {
        Self(0x4357_4c4f_4700_0000)
    }
}

impl Chain {
    /// Appends the line of `record` to `lines` and moves on.
    ///
    /// # Errors
    ///
    /// [`Flaw::TooLong`] when the line would be longer than [`MAX_LINE`]; nothing has changed then.
    pub fn seal(&mut self, record: &Record, lines: &mut String) -> Result<(), Flaw> {
        // The line of a turn fits at once: a text that grows is copied each time.
        let mut text = String::with_capacity(LINE);
        ron::ser::to_writer(&mut text, record).map_err(|_| Flaw::TooLong)?;
        if text.len() + CHECK + 1 > MAX_LINE {
            return Err(Flaw::TooLong);
        }
        self.0 = xxh3_64_with_seed(text.as_bytes(), self.0);
        lines.reserve(CHECK + text.len() + 1);
        for part in [&format!("{:016x} ", self.0), &text, "\n"] {
            lines.push_str(part);
        }
        Ok(())
    }

    /// Reads one line, without its end, and moves on if it is good.
    ///
    /// # Errors
    ///
    /// What is wrong with the line.
    pub fn read(&mut self, line: &[u8]) -> Result<Record, Flaw> {
        if line.len() + 1 > MAX_LINE {
            return Err(Flaw::TooLong);
        }
        let (check, text) = line.split_at_checked(CHECK).ok_or(Flaw::Changed)?;
        let expected = xxh3_64_with_seed(text, self.0);
        // Comparing the written digits, not their value, refuses capitals and signs too.
        if check != format!("{expected:016x} ").as_bytes() {
            return Err(Flaw::Changed);
        }
        let text = std::str::from_utf8(text).map_err(|_| Flaw::Unknown)?;
        let record: Record = ron::Options::default()
            .with_recursion_limit(MAX_DEPTH)
            .from_str(text)
            .map_err(|_| Flaw::Unknown)?;
        if let Record::Mark(mark) = &record
            && !mark.fits()
        {
            return Err(Flaw::TooLong);
        }
        self.0 = expected;
        Ok(record)
    }
}

/// What is wrong with a line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The line has no end: it was being written when the program stopped, or the file was cut.
    Cut,
    /// The line is not the one that was written.
    Changed,
    /// The line is whole, but its record is not one this program knows.
    Unknown,
    /// The line or a text in it is longer than any that is written.
    TooLong,
    /// The record does not fit those before it.
    OutOfPlace,
    /// The act is one that the rules refuse.
    Refused,
}

impl Flaw {
    /// Its name in texts (`session.flaw.<id>`).
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Changed => "changed",
            Self::Unknown => "unknown",
            Self::TooLong => "too-long",
            Self::OutOfPlace => "out-of-place",
            Self::Refused => "refused",
        }
    }
}

/// Where the good part of a log ends, and how much of the game it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The first bad line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub flaw: Flaw,
    /// The length of the good part, in bytes.
    pub good_bytes: usize,
    /// Turns played in the good part, on the line of play that was in force.
    pub good_turns: u16,
    /// Orders in the good part, on the line of play that was in force.
    pub good_acts: usize,
}
