//! What the table expects before it is told what the model expects: a guess in three buckets,
//! ten seconds, written into the log so that the debrief can say how good the guesses were.

use super::Table;
use super::act::Bucket;
use crate::rules::id::{FamilyIx, PrecinctIx};
use crate::rules::model::Coefficient;
use crate::session::Mark;
use std::collections::BTreeMap;

/// Eight of ten values of a bell curve lie within so many standard deviations.
pub const EIGHT_IN_TEN: f64 = 1.28;

/// A guess that can be compared with the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The turn it was about.
    pub turn: u16,
    /// The precinct.
    pub place: PrecinctIx,
    /// The family of offences.
    pub family: FamilyIx,
    /// The lowest count that makes it come true.
    pub low: i64,
    /// The highest.
    pub high: i64,
    /// What came on record, once the turn has been played.
    pub recorded: Option<u32>,
}

impl Guess {
    /// Whether it came true.
    #[must_use]
    pub fn right(&self) -> Option<bool> {
        let recorded = i64::from(self.recorded?);
        Some((self.low..=self.high).contains(&recorded))
    }
}

impl Table {
    /// How far a count swings in eight turns of ten when nothing changes.
    #[must_use]
    pub fn wobble(&self, count: f64) -> f64 {
        let fano = self.scenario.world.model.get(Coefficient::Fano);
        // Two turns differ by the luck of both.
        EIGHT_IN_TEN * (2.0 * fano * count.max(1.0)).sqrt()
    }

    /// How far a count has moved, in swings that it makes when nothing changes.
    #[must_use]
    pub fn swings(&self, before: f64, now: f64) -> f64 {
        (now - before).abs() / self.wobble(before)
    }

    /// How far the city's survey is off in eight turns of ten, points. It is a mean over the
    /// precincts, so its error is smaller by their root.
    #[must_use]
    pub fn survey_error(&self) -> f64 {
        let world = &self.scenario.world;
        let places = world.precincts.len().max(1) as f64;
        EIGHT_IN_TEN * world.model.get(Coefficient::SurveyError) / places.sqrt()
    }

    /// The counts that each bucket stands for in a precinct, by the last record of the family the
    /// table watches; `None` before anything is on record.
    #[must_use]
    pub fn buckets(&self, place: PrecinctIx) -> Option<[(i64, i64); 3]> {
        let view = self.view()?;
        let page = view.pages().last()?;
        let last = page.recorded[view.world().cell(place, self.family)];
        // About half of all unchanged turns end in the middle bucket.
        let half = (self.wobble(f64::from(last)) / 2.0).round().max(1.0) as i64;
        let last = i64::from(last);
        Some([
            (0, last - half - 1),
            ((last - half).max(0), last + half),
            (last + half + 1, i64::from(u32::MAX)),
        ])
    }

    /// The bucket that was chosen for a precinct this turn.
    #[must_use]
    pub fn foretold(&self, place: PrecinctIx) -> Option<Bucket> {
        let turn = self.view()?.turn();
        let guess = self
            .guesses()
            .into_iter()
            .rev()
            .find(|it| it.turn == turn && it.place == place && it.family == self.family)?;
        let bands = self.buckets(place)?;
        let at = bands
            .iter()
            .position(|band| *band == (guess.low, guess.high))?;
        Some(Bucket::ALL[at])
    }

    pub(super) fn foretell(&mut self, bucket: Bucket) {
        let Some((place, bands)) = self.chosen.and_then(|it| Some((it, self.buckets(it)?))) else {
            return;
        };
        let (low, high) = bands[bucket as usize];
        let world = &self.scenario.world;
        let mark = Mark::Forecast {
            seat: self.seat(),
            figure: format!(
                "recorded:{}:{}",
                world.precincts[place.at()].id,
                world.families[self.family.at()].id
            ),
            low,
            high,
        };
        let written = self.session.as_mut().map(|session| session.mark(mark));
        if let Some(Err(error)) = written {
            self.notice = Some(self.words().sentence(&error));
        }
    }

    /// Every guess on the line of play in force, the last word on each figure, turn by turn.
    #[must_use]
    pub fn guesses(&self) -> Vec<Guess> {
        let (Some(session), Some(view)) = (&self.session, self.view()) else {
            return Vec::new();
        };
        let journal = session.journal();
        let line: Vec<u32> = session.history().iter().map(|act| act.n).collect();
        let world = view.world();
        let mut guesses = BTreeMap::new();
        for marked in journal.marks() {
            let Mark::Forecast {
                figure, low, high, ..
            } = &marked.mark
            else {
                continue;
            };
            let mut parts = figure.split(':');
            let (Some("recorded"), Some(place), Some(family)) =
                (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let place = world
                .precincts
                .iter()
                .position(|it| it.id.as_str() == place);
            let family = world
                .families
                .iter()
                .position(|it| it.id.as_str() == family);
            let (Some(place), Some(family)) = (place, family) else {
                continue;
            };
            if marked.after != 0 && !line.contains(&marked.after) {
                continue;
            }
            let (place, family) = (
                PrecinctIx::from_position(place),
                FamilyIx::from_position(family),
            );
            let turn = journal.turn_after(marked.after);
            let page = view.pages().iter().find(|page| page.turn == turn);
            let recorded = page.map(|page| page.recorded[world.cell(place, family)]);
            let guess = Guess {
                turn,
                place,
                family,
                low: *low,
                high: *high,
                recorded,
            };
            guesses.insert((turn, place, family), guess);
        }
        guesses.into_values().collect()
    }
}
