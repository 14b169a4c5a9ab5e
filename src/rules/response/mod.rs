//! Response: what is expected where the units stand, and what then happens.
//!
//! The expectation is one product of factors for truth and for belief alike; only the picture it
//! starts from differs. So a preview cannot know more than the table does, and the ledger can split
//! any change among the factors.

mod circle;
mod effects;
mod force;
mod incidents;
mod places;

pub(super) use circle::circles;
pub use circle::{CIRCLES, Circle, mean_distance, reached_within, waits};
pub(super) use effects::LogChange;
use effects::{Alone, Ground, Prevented, Stacking};
pub use effects::{FACTORS, Factor, Factors};
pub use force::Force;
pub(super) use force::called_away;
pub(super) use incidents::incidents;
pub use incidents::{Incident, micro_places};
pub(super) use places::HotSpots;
pub use places::{concentrated, places_holding};

use super::chance::{DRAWS, Luck, Purpose, Stream, sample};
use super::digest::canon_row;
use super::id::{FamilyIx, PrecinctIx};
use super::institution::Sway;
use super::model::Coefficient as C;
use super::world::World;
use super::{curve, world::Family, world::Lever};

/// What a cell (precinct × family) carries from one step to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// Offences a month that follow earlier ones near by, above what was expected.
    pub carry: f64,
    /// Offences a month that patrol elsewhere has moved here (negative: it has spared this place).
    pub displaced: f64,
    /// Share of offences that patrol of earlier months still prevents.
    pub residual: f64,
}

canon_row! {
    Cell { carry, displaced, residual }
}

/// What an expectation starts from: the truth, or what the records imply.
pub(super) struct Picture<'a> {
    /// Trust per precinct, points.
    pub trust: &'a [f64],
    /// The cells.
    pub cells: &'a [Cell],
    /// Factors of temporary changes, per cell.
    pub shocks: &'a [f64],
    /// Shares that the institution prevents, per cell; none where there is no institution.
    pub eased: &'a [f64],
    /// How many times as well patrol finds its corners by pinned notes, per cell; none without any.
    pub found: &'a [f64],
}

/// Expected offences of one step, per cell, with their factors.
#[derive(Default)]
pub(super) struct Expectation {
    pub factors: Vec<Factors>,
    pub expected: Vec<f64>,
    prevented: Vec<Prevented>,
}

/// What an expectation is worked out for: a city with the forces on its map.
pub(super) struct Side<'a> {
    pub world: &'a World,
    pub force: &'a [Force],
    pub picture: Picture<'a>,
}

/// What is expected in `months` months from calendar position `month` (1 is the first of January).
pub(super) fn expect(side: &Side, month: f64, months: f64) -> Expectation {
    let Side {
        world,
        force,
        ref picture,
    } = *side;
    let families = world.families.len();
    let cells = world.precincts.len() * families;
    let seasons = seasons(world, month);
    let stacking = Stacking::of(&world.model);
    let alone: Vec<Alone> = world.families.iter().map(Alone::of).collect();
    let mut out = Expectation {
        factors: (0..cells).map(|_| Factors::plain()).collect(),
        expected: Vec::with_capacity(cells),
        prevented: Vec::with_capacity(cells),
    };
    for (p, precinct) in world.precincts.iter().enumerate() {
        let (model, trust) = (&world.model, picture.trust[p]);
        let ground = Ground::of(model, &stacking, precinct, &force[p], trust);
        for (k, family) in world.families.iter().enumerate() {
            let at = p * families + k;
            let changes = (
                picture.shocks[at],
                picture.eased.get(at).copied().unwrap_or(0.0),
                picture.found.get(at).copied().unwrap_or(1.0),
            );
            let (expected, prevented) = Factors::work_out(
                &ground,
                (family, &alone[k]),
                precinct.opportunity[k],
                seasons[k],
                &picture.cells[at],
                changes,
                months,
                &mut out.factors[at],
            );
            out.expected.push(expected);
            out.prevented.push(prevented);
        }
    }
    out
}

/// The share of each cell's offences that the institution prevents; empty where it prevents none.
pub(super) fn eased(world: &World, sway: &Sway) -> Vec<f64> {
    let touched: Vec<bool> = (0..world.families.len())
        .map(|k| sway.touches(Lever::Offences(FamilyIx::from_position(k))))
        .collect();
    if !touched.contains(&true) {
        return Vec::new();
    }
    let mut eased = vec![0.0; world.precincts.len() * touched.len()];
    for (k, _) in touched.iter().enumerate().filter(|(_, touched)| **touched) {
        let left = sway.left_everywhere(Lever::Offences(FamilyIx::from_position(k)));
        for (eased, left) in eased[k..].iter_mut().step_by(touched.len()).zip(left) {
            *eased = 1.0 - left;
        }
    }
    eased
}

/// The season's factor for each family.
pub(super) fn seasons(world: &World, month: f64) -> Vec<f64> {
    world
        .families
        .iter()
        .map(|family| curve::exp(season(family, month)))
        .collect()
}

/// The log factor of the season: a cosine with its peak in the middle of the peak month.
fn season(family: &Family, month: f64) -> f64 {
    family.season
        * curve::cos(2.0 * std::f64::consts::PI * (month - family.season_peak - 0.5) / 12.0)
}

/// Draws what happens in one step.
pub(super) fn draw(world: &World, luck: Luck, step: u32, expected: &[f64]) -> Vec<u32> {
    let counts = sample::Clustered::new(world.model.get(C::Fano));
    (expected
        .iter()
        .zip(uniforms(world, luck, step, Purpose::Offences)))
    .map(|(mean, u)| counts.count(*mean, u))
    .collect()
}

/// The share of offences that hot-spot patrol prevents in each cell.
pub(super) fn hot_spot_effects(expectation: &Expectation) -> Vec<f64> {
    let cells = expectation.prevented.iter();
    cells.map(|prevented| prevented.at_hot_spots).collect()
}

/// Carries the cells over to the next step, given what was expected and what is held to have
/// happened (counts for the truth, recorded ÷ reporting rate for belief).
pub(super) fn carry_over(
    world: &World,
    cells_now: &[Cell],
    expectation: &Expectation,
    happened: &[f64],
    months: f64,
) -> Vec<Cell> {
    let model = &world.model;
    let keep = curve::pow(0.5, months / model.get(C::DisplacementHalfLife));
    let residual = curve::pow(model.get(C::Residual), months);
    let soft = model.get(C::SoftDisplacement);
    let families = world.families.len();
    let home = model.get(C::NearRepeatHome);
    // What comes to each cell, and what of each family leaves a precinct: near repeats, and what has
    // been displaced.
    let (mut carried, mut pushed) = (vec![0.0; cells_now.len()], vec![0.0; cells_now.len()]);
    let (mut repeats, mut moved) = (vec![0.0; families], vec![0.0; families]);
    for (p, precinct) in world.precincts.iter().enumerate() {
        let here = p * families..(p + 1) * families;
        let counts = happened[here.clone()]
            .iter()
            .zip(&expectation.expected[here.clone()])
            .zip(&expectation.prevented[here.clone()]);
        let leaving = repeats.iter_mut().zip(&mut moved);
        let own = carried[here].iter_mut().zip(leaving);
        for ((((happened, expected), prevented), family), (carried, (repeats, moved))) in
            counts.zip(&world.families).zip(own)
        {
            let all = family.near_repeat * (happened - expected);
            let displaced =
                family.displacement * prevented.by_presence + soft * prevented.by_others;
            *carried += all * home;
            *repeats = all * (1.0 - home);
            *moved = displaced * expected / months;
        }
        for &(neighbour, share) in &precinct.neighbours {
            let there = neighbour.at() * families..(neighbour.at() + 1) * families;
            for (carried, repeats) in carried[there.clone()].iter_mut().zip(&repeats) {
                *carried += repeats * share;
            }
            for (pushed, moved) in pushed[there].iter_mut().zip(&moved) {
                *pushed += moved * share;
            }
        }
    }
    (carried
        .iter()
        .zip(&pushed)
        .zip(&expectation.prevented)
        .zip(cells_now))
    .map(|(((&carry, &pushed), prevented), before)| {
        // What moves, moves at once; when it is no longer pushed, it fades.
        let fading = before.displaced * keep;
        let displaced = match fading.abs() > pushed.abs() {
            true => fading,
            false => pushed,
        };
        Cell {
            carry: curve::clamp(carry, -MOST_CARRIED, MOST_CARRIED),
            displaced: curve::clamp(displaced, -MOST_CARRIED, MOST_CARRIED),
            residual: curve::max(prevented.at_hot_spots, before.residual) * residual,
        }
    })
    .collect()
}

/// The most offences a month that a cell can carry over, whatever a scenario asks for.
const MOST_CARRIED: f64 = 1e6;

/// Every cell, precinct by precinct.
pub(super) fn cells(world: &World) -> impl Iterator<Item = (PrecinctIx, FamilyIx)> + use<> {
    let (precincts, families) = (world.precincts.len(), world.families.len());
    let (mut p, mut k) = (0, 0);
    std::iter::repeat_with(move || {
        let cell = (PrecinctIx::from_position(p), FamilyIx::from_position(k));
        k += 1;
        if k == families {
            (p, k) = (p + 1, 0);
        }
        cell
    })
    .take(precincts * families)
}

/// One uniform number per cell: eight families of a precinct share a block of luck.
pub(super) fn uniforms(world: &World, luck: Luck, step: u32, purpose: Purpose) -> Vec<f64> {
    let mut stream = luck.stream(step, purpose);
    let families = world.families.len();
    let mut uniforms = vec![0.0; world.precincts.len() * families];
    for (p, room) in uniforms.chunks_mut(families.max(1)).enumerate() {
        uniforms_of(&mut stream, PrecinctIx::from_position(p), room);
    }
    uniforms
}

/// Those of one precinct, a number for each family.
pub(super) fn uniforms_of(stream: &mut Stream, precinct: PrecinctIx, room: &mut [f64]) {
    let first = precinct.at() * room.len().div_ceil(DRAWS);
    for (at, block) in room.chunks_mut(DRAWS).enumerate() {
        stream.fill((first + at) as u32, block);
    }
}
