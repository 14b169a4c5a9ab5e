//! What the records of a log say: a tree of acts, the head that is in force, and the marks.
//!
//! The same function takes in a record that was read and one that was just written, so that a game
//! that is opened again stands exactly where it was left.

use super::log::{Chain, Damage, Flaw, Header, MAX_LINE, MAX_LOG, Mark, Record, Why};
use crate::rules::state::Summary;
use crate::rules::{Action, Digest, Id, Reason, Table};
use std::collections::BTreeSet;

/// How many orders that were taken back can be put back. Nobody takes back more; a log made to waste
/// time would have hundreds of thousands, and each order looks at them all.
const MAX_UNDONE: usize = 1_000;

/// An act, and where it stands in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its number, from 1.
    pub n: u32,
    /// The act it follows; 0 is the start.
    pub parent: u32,
    /// The desk that gave it.
    pub seat: Id,
    /// What was ordered.
    pub action: Action,
    /// The turn in which it was given, from 1.
    pub turn: u16,
    /// Who commands which desks, as the line of play it stands on was set up.
    pub table: Table,
    /// What the turn came to, if the act ended one and that has been recorded.
    pub played: Option<Played>,
    /// Where its line begins in the log, in bytes.
    pub(super) at: usize,
}

impl Act {
    /// Whether it ends a turn.
    #[must_use]
    pub fn ends_turn(&self) -> bool {
        self.action == Action::EndTurn
    }

    /// Whether it ends a turn whose outcome was never recorded.
    #[must_use]
    pub fn unfinished(&self) -> bool {
        self.ends_turn() && self.played.is_none()
    }
}

/// What a turn came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// The digest of the state after it.
    pub digest: Digest,
    /// The figures.
    pub summary: Summary,
}

/// A mark, and where in the game it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The act that was in force.
    pub after: u32,
    /// The mark.
    pub mark: Mark,
}

/// An act that was taken back and can be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undone {
    /// The desk that took it back.
    pub by: Id,
    /// The act.
    pub act: u32,
    /// The head before it was taken back.
    pub from: u32,
    /// The head after.
    pub to: u32,
}

/// A log as it has been taken in: memory is bounded by the log's own length.
#[derive(Clone, Debug)]
pub struct Journal {
    header: Header,
    acts: Vec<Act>,
    head: u32,
    marks: Vec<Marked>,
    undone: Vec<Undone>,
    retried: BTreeSet<u32>,
    pub(super) chain: Chain,
    pub(super) bytes: usize,
}

impl Journal {
    /// The journal of a log that holds its header and nothing else.
    pub(super) fn new(header: Header, chain: Chain, bytes: usize) -> Self {
        Self {
            header,
            acts: Vec::new(),
            head: 0,
            marks: Vec::new(),
            undone: Vec::new(),
            retried: BTreeSet::new(),
            chain,
            bytes,
        }
    }

    /// Reads a log. The good part before any damage is the journal.
    ///
    /// # Errors
    ///
    /// The damage alone, if not even the header is good.
    pub fn read(log: &[u8]) -> Result<(Self, Option<Damage>), Damage> {
        let mut lines = Lines {
            log,
            at: 0,
            line: 0,
        };
        let mut chain = Chain::default();
        let first = lines
            .next()
            .unwrap_or(Err(Flaw::Cut))
            .and_then(|line| chain.read(line));
        let mut journal = match first {
            Ok(Record::Header(header)) => Self::new(header, chain, lines.at),
            Ok(_) => return Err(damage(1, Flaw::OutOfPlace)),
            Err(flaw) => return Err(damage(1, flaw)),
        };
        while let Some(line) = lines.next() {
            let taken = line.and_then(|line| {
                let mut chain = journal.chain;
                let record = chain.read(line)?;
                journal.take(record)?;
                journal.chain = chain;
                journal.bytes = lines.at;
                Ok(())
            });
            if let Err(flaw) = taken {
                let found = journal.damage(lines.line, flaw);
                return Ok((journal, Some(found)));
            }
        }
        Ok((journal, None))
    }

    /// A description of damage that begins where this journal ends.
    pub(super) fn damage(&self, line: usize, flaw: Flaw) -> Damage {
        Damage {
            line,
            flaw,
            good_bytes: self.bytes,
            good_turns: self.played_turns(),
            good_acts: self.path(self.head).len(),
        }
    }

    /// What the game starts from.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Every act, on every line of play, in the order of writing.
    #[must_use]
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// The act with this number.
    #[must_use]
    pub fn act(&self, n: u32) -> Option<&Act> {
        self.acts.get((n as usize).checked_sub(1)?)
    }

    /// The act in force; 0 is the start.
    #[must_use]
    pub fn head(&self) -> u32 {
        self.head
    }

    /// The marks, in the order of writing.
    #[must_use]
    pub fn marks(&self) -> &[Marked] {
        &self.marks
    }

    /// What the desk went by when it gave act `n`, if it said so; the last word counts.
    #[must_use]
    pub fn reason(&self, n: u32) -> Option<Reason> {
        self.marks
            .iter()
            .rev()
            .find_map(|marked| match marked.mark {
                Mark::Reason { act, reason, .. } if act == n => Some(reason),
                _ => None,
            })
    }

    /// The acts from the start to act `n`.
    #[must_use]
    pub fn path(&self, n: u32) -> Vec<&Act> {
        let mut path = Vec::new();
        let mut at = n;
        while let Some(act) = self.act(at) {
            path.push(act);
            at = act.parent;
        }
        path.reverse();
        path
    }

    /// The ends of all lines of play: the acts that nothing follows.
    #[must_use]
    pub fn tips(&self) -> Vec<&Act> {
        let followed: BTreeSet<u32> = self.acts.iter().map(|act| act.parent).collect();
        self.acts
            .iter()
            .filter(|act| !followed.contains(&act.n))
            .collect()
    }

    /// The turn being planned after act `n`, from 1, counted without regard to the game's end.
    #[must_use]
    pub fn turn_after(&self, n: u32) -> u16 {
        self.act(n)
            .map_or(1, |act| act.turn.saturating_add(u16::from(act.ends_turn())))
    }

    /// How many turns have been played on the line in force.
    #[must_use]
    pub fn played_turns(&self) -> u16 {
        self.path(self.head)
            .iter()
            .filter(|act| act.played.is_some())
            .count() as u16
    }

    /// What each turn on the line in force came to, in order.
    #[must_use]
    pub fn summaries(&self) -> Vec<&Played> {
        self.path(self.head)
            .into_iter()
            .filter_map(|act| act.played.as_ref())
            .collect()
    }

    pub(super) fn undone(&self) -> &[Undone] {
        &self.undone
    }

    /// Whether playing the turn that act `n` ended has been tried a second time.
    pub(super) fn retried(&self, n: u32) -> bool {
        self.retried.contains(&n)
    }

    /// The number of the next act.
    pub(super) fn next(&self) -> u32 {
        self.acts.len() as u32 + 1
    }

    /// Who commands which desks on the line that ends at act `n`.
    pub(super) fn table(&self, n: u32) -> Table {
        self.act(n).map_or(Table::Shared, |act| act.table)
    }

    /// Takes in the next record; [`Self::bytes`] still tells where its line begins.
    ///
    /// # Errors
    ///
    /// [`Flaw::OutOfPlace`] if it does not fit those before it; nothing has changed then.
    pub(super) fn take(&mut self, record: Record) -> Result<(), Flaw> {
        match record {
            Record::Header(_) => return Err(Flaw::OutOfPlace),
            Record::Act {
                n,
                parent,
                seat,
                action,
            } => {
                let fits = n == self.next() && self.can_follow(parent);
                if !fits {
                    return Err(Flaw::OutOfPlace);
                }
                let table = match (&action, self.act(parent)) {
                    (Action::SetUp { table, .. }, None) => *table,
                    _ => self.table(parent),
                };
                let turn = self.turn_after(parent);
                if parent == self.head {
                    self.head = n;
                    self.forget_undone(&seat, &action, table);
                }
                let at = self.bytes;
                self.acts.push(Act {
                    n,
                    parent,
                    seat,
                    action,
                    turn,
                    table,
                    played: None,
                    at,
                });
            }
            Record::Turn { n, digest, summary } => {
                let at = (n as usize).wrapping_sub(1);
                match self.acts.get_mut(at) {
                    Some(act) if act.unfinished() => act.played = Some(Played { digest, summary }),
                    _ => return Err(Flaw::OutOfPlace),
                }
            }
            Record::Head { n, why } => {
                let known = match &why {
                    Why::Undo { act, .. } | Why::Redo { act, .. } => self.act(*act).is_some(),
                    Why::Jump { .. } | Why::Fork { .. } | Why::Held => true,
                };
                if !known || !self.can_follow(n) {
                    return Err(Flaw::OutOfPlace);
                }
                let from = std::mem::replace(&mut self.head, n);
                match why {
                    Why::Undo { by, act } => {
                        if self.undone.len() == MAX_UNDONE {
                            self.undone.remove(0);
                        }
                        self.undone.push(Undone {
                            by,
                            act,
                            from,
                            to: n,
                        });
                    }
                    Why::Redo { act, .. } => {
                        if let Some(at) = self.undone.iter().rposition(|u| u.act == act) {
                            self.undone.remove(at);
                        }
                    }
                    Why::Jump { .. } | Why::Fork { .. } | Why::Held => self.undone.clear(),
                }
            }
            Record::Retry { n } => {
                let fits = self.act(n).is_some_and(Act::unfinished) && !self.retried.contains(&n);
                if !fits {
                    return Err(Flaw::OutOfPlace);
                }
                self.retried.insert(n);
            }
            Record::Mark(mark) => {
                self.marks.push(Marked {
                    after: self.head,
                    mark,
                });
            }
        }
        Ok(())
    }

    /// Whether the game can stand at act `n`: the start, an order, or a turn played to its end.
    fn can_follow(&self, n: u32) -> bool {
        n == 0 || self.act(n).is_some_and(|act| !act.unfinished())
    }

    /// A new order ends the chance to put back what its desk had taken back, unless it is that very
    /// order given again by hand; the end of a turn ends it for all.
    fn forget_undone(&mut self, seat: &Id, action: &Action, table: Table) {
        if *action == Action::EndTurn {
            self.undone.clear();
            return;
        }
        let mut kept = std::mem::take(&mut self.undone);
        let latest = kept
            .iter()
            .rposition(|undone| table == Table::Shared || undone.by == *seat);
        let again = latest.filter(|at| {
            self.act(kept[*at].act)
                .is_some_and(|act| act.seat == *seat && act.action == *action)
        });
        match again {
            Some(at) => {
                kept.remove(at);
            }
            None if table == Table::Shared => kept.clear(),
            None => kept.retain(|undone| undone.by != *seat),
        }
        // A turn is put back as it was or not at all.
        kept.retain(|undone| !self.act(undone.act).is_some_and(Act::ends_turn));
        self.undone = kept;
    }
}

fn damage(line: usize, flaw: Flaw) -> Damage {
    Damage {
        line,
        flaw,
        good_bytes: 0,
        good_turns: 0,
        good_acts: 0,
    }
}

/// The lines of a log, each without its end.
struct Lines<'a> {
    log: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Result<&'a [u8], Flaw>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.log.get(self.at..).filter(|rest| !rest.is_empty())?;
        self.line += 1;
        if self.at > MAX_LOG {
            return Some(Err(Flaw::TooLong));
        }
        let within = &rest[..rest.len().min(MAX_LINE)];
        Some(match within.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                self.at += end + 1;
                Ok(&rest[..end])
            }
            None if rest.len() > MAX_LINE => Err(Flaw::TooLong),
            None => Err(Flaw::Cut),
        })
    }
}
