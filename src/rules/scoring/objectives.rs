//! How objectives stand: lines over the history of a measure.

use super::INDICES;
use crate::rules::curve;
use crate::rules::id::PrecinctIx;
use crate::rules::state::{HiddenPage, OpenPage};
use crate::rules::table::Handover;
use crate::rules::units::{Amount, Micro};
use crate::rules::world::{Family, Goal, Layer, Measure, Span, World};

/// How an objective stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What was measured, turn by turn.
    pub values: Vec<f64>,
    /// Whether it is met as far as the game has come.
    pub met: bool,
    /// The turn in which it was first met.
    pub first_met: Option<u16>,
    /// What was measured three months after the end, where that is what counts.
    pub later: Option<f64>,
}

impl Outcome {
    /// The value by which the goal was met or missed: the last one, or the worst where several turns
    /// are read. `None` before one was.
    #[must_use]
    pub fn deciding(&self, goal: &Goal) -> Option<f64> {
        let every = match goal.span {
            Span::AtEnd | Span::Running(_) => return self.values.last().copied(),
            Span::EveryTurn => 1,
            Span::Every(turns) => usize::from(turns.max(1)),
        };
        let read = self.values.iter().copied().skip(every - 1).step_by(every);
        match goal.at_least {
            true => read.reduce(curve::min),
            false => read.reduce(curve::max),
        }
    }
}

/// How every objective stands.
pub(in crate::rules) fn outcomes(
    world: &World,
    open: &[OpenPage],
    hidden: &[HiddenPage],
) -> Vec<Outcome> {
    world
        .objectives
        .iter()
        .map(|o| outcome(world, &o.goal, open, hidden))
        .collect()
}

/// How the guards of the objectives stand.
pub(in crate::rules) fn guards(
    world: &World,
    open: &[OpenPage],
    hidden: &[HiddenPage],
) -> Vec<Option<Outcome>> {
    world
        .objectives
        .iter()
        .map(|o| {
            o.guard
                .as_ref()
                .map(|goal| outcome(world, goal, open, hidden))
        })
        .collect()
}

/// How one goal stands. Published goals need no hidden page.
pub(in crate::rules) fn outcome(
    world: &World,
    goal: &Goal,
    open: &[OpenPage],
    hidden: &[HiddenPage],
) -> Outcome {
    let values: Vec<f64> = (0..open.len())
        .filter_map(|turn| match goal.layer {
            Layer::Published => Some(measure(
                world,
                goal.measure,
                &open[turn].indices,
                &open[turn].trust,
                &open[turn].recorded,
                Family::reporting_rate,
            )),
            Layer::True => hidden.get(turn).map(|page| {
                measure(
                    world,
                    goal.measure,
                    &page.indices,
                    &page.trust,
                    &page.happened,
                    |_| 1.0,
                )
            }),
        })
        .collect();
    let holds: Vec<bool> = values.iter().map(|value| goal.holds(*value)).collect();
    let first = |at: Option<usize>| at.map(|at| at as u16 + 1);
    let (met, first_met) = match goal.span {
        Span::AtEnd => {
            let met = holds.last().copied().unwrap_or(false);
            // The turn from which it has held without a break.
            let from = holds.iter().rposition(|h| !h).map_or(0, |at| at + 1);
            (met, first(met.then_some(from)))
        }
        Span::EveryTurn => {
            let met = !holds.is_empty() && holds.iter().all(|h| *h);
            (met, first(met.then_some(0)))
        }
        Span::Every(turns) => {
            let turns = usize::from(turns.max(1));
            let read: Vec<usize> = (turns - 1..holds.len()).step_by(turns).collect();
            let met = !read.is_empty() && read.iter().all(|at| holds[*at]);
            (met, first(read.first().copied().filter(|_| met)))
        }
        Span::Running(turns) => {
            let turns = usize::from(turns.max(1));
            let at = holds.windows(turns).position(|run| run.iter().all(|h| *h));
            (at.is_some(), first(at.map(|at| at + turns - 1)))
        }
    };
    Outcome {
        values,
        met,
        first_met,
        later: None,
    }
}

/// What a goal measures on what was left behind.
pub(in crate::rules) fn value_after(world: &World, goal: &Goal, left: &Handover) -> f64 {
    match goal.layer {
        Layer::Published => measure(
            world,
            goal.measure,
            &left.published,
            &left.trust,
            &left.recorded,
            Family::reporting_rate,
        ),
        Layer::True => measure(
            world,
            goal.measure,
            &left.indices,
            &left.trust,
            &left.happened,
            |_| 1.0,
        ),
    }
}

fn measure(
    world: &World,
    measure: Measure,
    indices: &[Micro; INDICES],
    trust: &[Micro],
    counts: &[u32],
    rate: impl Fn(&Family) -> f64,
) -> f64 {
    match measure {
        Measure::Index(index) => indices[index as usize].to_f64(),
        Measure::LowestTrust => trust
            .iter()
            .map(|points| points.to_f64())
            .fold(100.0, curve::min),
        Measure::Offences(k) => {
            let family = &world.families[k.at()];
            let mut expected = 0.0;
            let mut counted = 0.0;
            for (p, precinct) in world.precincts.iter().enumerate() {
                expected += family.base_rate
                    * f64::from(precinct.residents)
                    * precinct.opportunity[k.at()]
                    * world.turn.months()
                    / 1_000.0;
                counted += f64::from(counts[world.cell(PrecinctIx::from_position(p), k)]);
            }
            100.0 * counted / curve::max(expected * rate(family), 1e-9)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::scoring::Index;

    /// A line that is read each quarter is told by its worst quarter: the last one may be on the right
    /// side of a line that was missed.
    #[test]
    fn the_deciding_value_is_one_that_is_read() {
        let outcome = Outcome {
            values: vec![80.0, 90.0, 84.0, 99.0, 70.0, 86.2],
            met: false,
            first_met: None,
            later: None,
        };
        let deciding = |span, at_least| {
            outcome.deciding(&Goal {
                measure: Measure::Index(Index::Safety),
                layer: Layer::True,
                at_least,
                line: 85.0,
                span,
            })
        };
        assert_eq!(deciding(Span::AtEnd, true), Some(86.2));
        assert_eq!(deciding(Span::Every(3), true), Some(84.0));
        assert_eq!(deciding(Span::Every(3), false), Some(86.2));
        assert_eq!(deciding(Span::EveryTurn, true), Some(70.0));
        assert_eq!(deciding(Span::EveryTurn, false), Some(99.0));
    }
}
