//! What the published indices that no survey measures consist of, so that a change can be told with
//! its reasons.

use super::{Care, Index};
use crate::rules::digest::canon;
use crate::rules::id::PrecinctIx;
use crate::rules::ledger::{Cause, Rule};
use crate::rules::units::{Amount, Micro};
use crate::rules::view::View;

/// What a page's indices consist of, as far as they add up.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Parts {
    /// How evenly burdens are spread, points of 100: half of Equity.
    pub spread: f64,
    /// What harm on record takes from the other half, place by place: points of 100.
    pub harmed: Vec<(PrecinctIx, f64)>,
    /// The parts of Stewardship.
    pub care: Care,
    /// Wrongs that came to be known in the turn, by what did them, points taken from Rights.
    pub wrongs: Vec<(Cause, Micro)>,
}

canon! {
    Parts { spread, harmed, care, wrongs }
}

/// How a published index moved in the last turn played.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexChange {
    /// Points before the turn.
    pub before: Micro,
    /// Points after it.
    pub now: Micro,
    /// What moved it, points, the largest first. What nobody can tell is left out.
    pub causes: Vec<(Cause, f64)>,
}

/// What moved an index less than this is not told, points.
const TOLD: f64 = 0.05;

impl View<'_> {
    /// How a published index moved in the last turn played, and why; `None` before it. Equity and
    /// Stewardship have no reasons in the first turn; Safety, which is counted offence by offence,
    /// and what a survey measures have none at all.
    #[must_use]
    pub fn moved(&self, index: Index) -> Option<IndexChange> {
        let page = self.pages().last()?;
        let earlier = self.pages().iter().nth_back(1);
        let at = index as usize;
        let before = earlier.map_or(self.first_indices(), |it| it.indices)[at];
        let now = page.indices[at];
        let change = (now - before).to_f64();
        let was = earlier.map(|it| &it.parts);
        let mut causes = match index {
            Index::Rights => {
                let wrongs =
                    (page.parts.wrongs.iter()).map(|(cause, points)| (*cause, -points.to_f64()));
                let mut causes: Vec<(Cause, f64)> = wrongs.collect();
                let told: f64 = causes.iter().map(|cause| cause.1).sum();
                causes.push((Cause::of(Rule::Watching), change - told));
                causes
            }
            Index::Equity => was.map_or_else(Vec::new, |was| {
                let burden = (page.parts.spread - was.spread) / 2.0;
                let places = page.parts.harmed.iter().zip(&was.harmed);
                let by_place = places.map(|((place, now), (_, before))| {
                    let cause = Cause::of(Rule::Victimisation).in_precinct(*place);
                    (cause, (before - now) / 2.0)
                });
                let burden = (Cause::of(Rule::Burden), burden);
                std::iter::once(burden).chain(by_place).collect()
            }),
            Index::Stewardship => {
                was.map_or_else(Vec::new, |was| page.parts.care.change(&was.care).to_vec())
            }
            Index::Safety | Index::Trust | Index::SenseOfSafety => Vec::new(),
        };
        causes.retain(|(_, points)| points.abs() >= TOLD);
        causes.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        Some(IndexChange {
            before,
            now,
            causes,
        })
    }
}
