//! What the units in a precinct amount to.

use crate::rules::digest::canon;
use crate::rules::id::UnitIx;
use crate::rules::model::Coefficient as C;
use crate::rules::state::Post;
use crate::rules::world::{Tactic, World};

/// The units of one precinct, added up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Force {
    /// Patrol minutes per micro-place and day, spread over the whole precinct.
    pub spread_minutes: f64,
    /// Patrol minutes per hot spot and day.
    pub hot_minutes: f64,
    /// Patrol teams as the public sees them.
    pub visible_teams: f64,
    /// Patrol teams per reference precinct of residents: what discovery grows with.
    pub teams_per_reference: f64,
    /// Share of residents stopped or addressed in a month.
    pub contacts: f64,
    /// Share of residents visited in a month.
    pub visited: f64,
    /// The same, weighted by the quality of the work.
    pub visited_well: f64,
    /// Share of disputes mediated in a month.
    pub mediated: f64,
}

impl Force {
    /// The force in each precinct as the units stand.
    #[must_use]
    pub fn of(world: &World, units: &[Post]) -> Vec<Self> {
        let model = &world.model;
        let reference = model.get(C::ReferenceResidents);
        let mut forces = vec![Self::default(); world.precincts.len()];
        for (at, post) in units.iter().enumerate() {
            let Some((place, tactic)) = post.at else {
                continue;
            };
            let kind = world.kind_of(UnitIx::from_position(at));
            let residents = f64::from(world.precincts[place.at()].residents);
            let scale = reference / residents;
            let force = &mut forces[place.at()];
            match tactic {
                Tactic::Visible | Tactic::HotSpot => {
                    let minutes = kind.minutes * scale;
                    if tactic == Tactic::HotSpot {
                        force.hot_minutes += minutes;
                    } else {
                        // The same minutes over all micro-places instead of the hottest few.
                        force.spread_minutes += minutes * model.get(C::HotShare);
                    }
                    force.visible_teams += kind.visibility;
                    force.teams_per_reference += kind.visibility * scale;
                    force.contacts += kind.contacts / residents;
                }
                Tactic::Outreach => {
                    let share = kind.reach / residents;
                    let quality =
                        model.get(C::QualityNew) + model.get(C::QualityGrowth) * post.months;
                    force.visited += share;
                    force.visited_well += share * crate::rules::curve::min(quality, 1.0);
                }
                Tactic::Mediation => force.mediated += kind.cases * scale,
            }
        }
        for force in &mut forces {
            // Nobody is visited twice before everybody was once, and no dispute is settled twice.
            let quality = if force.visited > 0.0 {
                force.visited_well / force.visited
            } else {
                0.0
            };
            force.visited = saturate(force.visited);
            force.visited_well = force.visited * quality;
            force.mediated = saturate(force.mediated);
            force.contacts = saturate(force.contacts);
        }
        forces
    }
}

canon! {
    Force {
        spread_minutes, hot_minutes, visible_teams, teams_per_reference, contacts, visited,
        visited_well, mediated,
    }
}

/// The share reached when `coverage` visits per head are made at random.
fn saturate(coverage: f64) -> f64 {
    1.0 - crate::rules::curve::exp(-coverage)
}
