//! Rings of one, three and five minutes. Each is held by the people of its own owner, so it does
//! its good only in the districts where they stand.

use crate::rules::means::Means;
use crate::rules::view::View;
use crate::rules::world::{SiteGrade, Tactic, UnitKind, World};

/// The instrument that this is the rule of, and its rings.
const ID: &str = "rings";
const ONE: &str = "one";
const THREE: &str = "three";

/// The share of districts in which a ring is held, if this instrument has rings.
pub(super) fn held(world: &World, means: &Means, instrument: usize, ring: usize) -> Option<f64> {
    let instrument = &world.instruments[instrument];
    if instrument.id.as_str() != ID {
        return None;
    }
    let name = world.subject(&instrument.over, ring)?;
    let mut held = vec![false; world.districts.len()];
    for (at, post) in means.units.iter().enumerate() {
        let Some((place, tactic)) = post.at else {
            continue;
        };
        let kind = &world.kinds[world.units[at].kind.at()];
        let stands = match name {
            ONE => on_foot(kind) && tactic == Tactic::Visible,
            THREE => kind.drives,
            _ => on_foot(kind) && matches!(tactic, Tactic::Visible | Tactic::HotSpot),
        };
        held[world.precincts[place.at()].district.at()] |= stands;
    }
    if name == ONE {
        for (at, site) in world.sites.iter().enumerate() {
            let guarded = grade(world, means, at) >= SiteGrade::A as u8;
            held[world.precincts[site.precinct.at()].district.at()] |= guarded;
        }
    }
    let districts = held.len().max(1) as f64;
    Some(held.iter().filter(|held| **held).count() as f64 / districts)
}

fn on_foot(kind: &UnitKind) -> bool {
    !kind.drives && kind.minutes > 0.0
}

/// The grade of a site: as it is set, or as it was at the start where grades are not set.
fn grade(world: &World, means: &Means, site: usize) -> u8 {
    match world.open_instrument("site-grade") {
        Some(index) => means.instruments[index.at()][site].setting,
        None => world.sites[site].grade as u8,
    }
}

impl View<'_> {
    /// How far the key site at this position is guarded now.
    #[must_use]
    pub fn site_grade(&self, site: usize) -> SiteGrade {
        let set = grade(self.world, self.means, site);
        let known = SiteGrade::ALL.into_iter().find(|it| *it as u8 == set);
        known.unwrap_or_default()
    }
}
