//! How a city starts: its starting deployment, what that lets one expect, and what is usual on record
//! before anybody has ordered anything.

use super::feedback::{self, Discoveries};
use super::id::UnitIx;
use super::institution::Sway;
use super::means::Means;
use super::pressure::{self, Risk};
use super::response::{self, Cell, Expectation, Force, Picture, Side, cells};
use super::scoring::{Concern, INDICES, Scores};
use super::state::{Start, Step};
use super::turn;
use super::units::{Amount, Micro};
use super::view::View;
use super::world::{Deployment, World};

/// The starting deployment: units posted from the first turn, trust at rest, nothing carried over.
pub(super) fn start(world: &World, city: &World) -> Start {
    let means = starting_means(world);
    let force = Force::of(city, &means);
    let by_card = starting_force(world);
    Start {
        harm: harm_at_start(city, &force, &means),
        believed: harm_at_start(world, &by_card, &means),
        reported: feedback::reported_at_start(world, &by_card),
        force,
        risk: pressure::reference(city),
        believed_risk: pressure::reference(world),
        watching: pressure::Watch::instruments(world),
        concern: Concern::of(city),
        believed_concern: Concern::of(world),
    }
}

fn starting_means(world: &World) -> Means {
    let mut means = Means::at_start(world);
    for (post, unit) in means.units.iter_mut().zip(&world.units) {
        post.at = unit.post.filter(|_| unit.from <= 1);
    }
    means
}

/// Puts the units where the start that the set-up took says; those that come later wait for their turn.
pub(super) fn deploy(world: &World, means: &mut Means) {
    for (at, unit) in world.units.iter().enumerate() {
        if unit.from <= 1 {
            let unit = UnitIx::from_position(at);
            means.units[at].at = world.first_post(unit, &means.presets);
        }
    }
}

/// The means of the starting deployment on the map, by the card.
pub(super) fn starting_force(world: &World) -> Vec<Force> {
    Force::of(world, &starting_means(world))
}

/// Expected harm a month of each cell with these forces, without season.
fn harm_at_start(world: &World, force: &[Force], means: &Means) -> Vec<f64> {
    let month = f64::from(world.first_month);
    let seasons = response::seasons(world, month);
    let expectation = at_start(world, force, means, month, 1.0);
    cells(world)
        .map(|(p, k)| {
            let family = &world.families[k.at()];
            family.harm * expectation.expected[world.cell(p, k)] / seasons[k.at()]
        })
        .collect()
}

/// Harm expected under the starting deployment in one step, per cell.
pub(super) fn reference(world: &World, harm: &[f64], month: f64, months: f64) -> Vec<f64> {
    let seasons = response::seasons(world, month);
    let mut expected = Vec::with_capacity(harm.len());
    for harm in harm.chunks(seasons.len()) {
        let here = harm.iter().zip(&seasons);
        expected.extend(here.map(|(harm, season)| harm * season * months));
    }
    expected
}

/// What the starting deployment lets one expect in `months` months from calendar position `month`.
pub(super) fn at_start(
    world: &World,
    start: &[Force],
    means: &Means,
    month: f64,
    months: f64,
) -> Expectation {
    let trust: Vec<f64> = world.precincts.iter().map(|p| p.trust.to_f64()).collect();
    let count = cells(world).count();
    let (plain, shocks) = (vec![Cell::default(); count], vec![1.0; count]);
    let eased = response::eased(world, &Sway::of(world, means));
    let side = Side {
        world,
        force: start,
        picture: Picture {
            trust: &trust,
            cells: &plain,
            shocks: &shocks,
            eased: &eased,
            found: &[],
        },
    };
    response::expect(&side, month, months)
}

/// The steps that the first turn's changes are told from: the starting deployment, without luck.
pub(super) fn steps_before_first(world: &World, force: &[Force], harm: &[f64]) -> Vec<Step> {
    let steps = world.turn.steps();
    let months = world.turn.step_months();
    let means = Means::at_start(world);
    (0..steps)
        .map(|step| {
            let month = turn::calendar(world, 1, step, months);
            let expectation = at_start(world, force, &means, month, months);
            Step {
                happened: expectation.expected.clone(),
                factors: expectation.factors.into(),
                expected: expectation.expected,
                reference: reference(world, harm, month, months),
                risk: Risk::default(),
            }
        })
        .collect()
}

/// The indices before the first turn as the model card has them, and what then comes late.
pub(super) fn before_first(world: &World, start: &Start) -> ([Micro; INDICES], Vec<f64>) {
    let force = starting_force(world);
    let before = steps_before_first(world, &force, &start.believed);
    let late = feedback::late_at_start(world, &force, &before);
    (Scores::at_start(world, &force, &before).held(), late)
}

impl<'a> View<'a> {
    /// The start that the set-up took; none is the usual one.
    #[must_use]
    pub fn deployment(&self) -> Option<&'a Deployment> {
        self.world.starts.taken(&self.means.presets)
    }

    /// Offences that come on record in an ordinary turn by the card: with the starting deployment,
    /// nobody ordering anything, precinct × family. It is what is known of a city before the first
    /// turn.
    #[must_use]
    pub fn ordinary(&self) -> Vec<f64> {
        let world = self.world();
        let force = starting_force(world);
        let (steps, months) = (world.turn.steps(), world.turn.step_months());
        let month = turn::calendar(world, 1, 0, months);
        let expectation = at_start(world, &force, &Means::at_start(world), month, months);
        let trust: Vec<f64> = world.precincts.iter().map(|p| p.trust.to_f64()).collect();
        let discoveries = Discoveries::of(world, &force, months);
        (expectation.expected.iter())
            .zip(feedback::recordings(
                world,
                &trust,
                0.0,
                &force,
                &discoveries,
            ))
            .map(|(expected, chance)| expected * chance.share() * f64::from(steps))
            .collect()
    }
}
