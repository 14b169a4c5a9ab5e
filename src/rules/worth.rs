//! What an answer is worth by the model card: what it is expected to move of the true side, and what
//! it asks for. It is for authors, who must not offer an answer that nobody should give; the game
//! itself never shows it.

use super::curve;
use super::id::{FamilyIx, InjectIx, PrecinctIx};
use super::model::Coefficient as C;
use super::pressure;
use super::scoring;
use super::units::Amount;
use super::world::{Choice, Domain, Effect, PlaceRef, What, World};

/// What an answer moves and asks for, if things stand in one way behind its inject.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Expected points of true Safety, over all turns.
    pub safety: f64,
    /// Expected points of true Trust.
    pub trust: f64,
    /// Expected points of Safety where most harm is done, which is half of Equity.
    pub equity: f64,
    /// Expected points of Rights.
    pub rights: f64,
    /// Expected Funds, less what it costs.
    pub funds: f64,
    /// Expected goodwill, less what it uses.
    pub goodwill: f64,
    /// Analysts whom it binds.
    pub analysts: u16,
    /// How many turns later something of it is good; none if nothing is.
    pub soon: Option<u16>,
}

impl Worth {
    /// The worth of an answer to an inject in one variant.
    #[must_use]
    pub fn of(world: &World, inject: InjectIx, choice: &Choice, variant: u8) -> Self {
        let mut worth = Self {
            safety: 0.0,
            trust: 0.0,
            equity: 0.0,
            rights: 0.0,
            funds: -choice.cost.to_f64(),
            goodwill: -choice.goodwill.to_f64(),
            analysts: choice.analysts,
            soon: None,
        };
        let place = world.injects[inject.at()].place;
        let here = |effect: &&Effect| effect.variant.is_none_or(|only| only == variant);
        for effect in choice.effects.iter().filter(here) {
            let likely: f64 = effect.odds.iter().map(|odds| odds.chance).product();
            let reach = Reach::of(world, effect.place.unwrap_or(place));
            let good = worth.add(world, &effect.what, &reach, likely);
            if good && likely > 0.0 {
                worth.soon = Some(worth.soon.map_or(effect.after, |at| at.min(effect.after)));
            }
        }
        worth
    }

    /// Adds an effect; whether it is a good one.
    fn add(&mut self, world: &World, what: &What, reach: &Reach, likely: f64) -> bool {
        let by = likely
            * match what {
                What::Trust(points) | What::Goodwill(points) => *points,
                What::Wrong(points) | What::Misconduct(points) => -points,
                What::Funds(amount) => amount.to_f64(),
                What::Offences { factor, turns, .. } => {
                    let scale = world.model.get(C::SafetyScale);
                    scale * (1.0 - factor) * f64::from(*turns)
                }
                What::Pressure(domain, points) => -points * eased(world, *domain),
                // Neither is counted on the true side.
                What::FeelSafe(_) | What::Survey => return false,
            };
        match what {
            What::Trust(_) | What::Misconduct(_) => self.trust += by * reach.people,
            What::Goodwill(_) => self.goodwill += by,
            What::Wrong(_) => self.rights += by,
            What::Funds(_) => self.funds += by,
            What::Offences { family, .. } => {
                let (all, harmed) = reach.harm(world, *family);
                self.safety += by * all;
                self.equity += by * harmed;
            }
            What::Pressure(..) => self.safety += by,
            What::FeelSafe(_) | What::Survey => {}
        }
        by > 0.0
    }

    /// Whether another answer is as good in everything and better in something.
    #[must_use]
    pub fn is_beaten_by(&self, other: &Self) -> bool {
        const ROUNDING: f64 = 1e-9;
        let sides = |it: &Self| {
            let late = it.soon.map_or(f64::from(u16::MAX), f64::from);
            [
                it.safety,
                it.trust,
                it.equity,
                it.rights,
                it.funds,
                it.goodwill,
                -f64::from(it.analysts),
                -late,
            ]
        };
        let (own, other) = (sides(self), sides(other));
        let pairs = || own.iter().zip(&other);
        pairs().all(|(own, other)| *other >= own - ROUNDING)
            && pairs().any(|(own, other)| *other > own + ROUNDING)
    }
}

/// Whether an answer pulls: something good is sure to come of it at once, whatever lies behind.
#[must_use]
pub fn pulls(choice: &Choice) -> bool {
    let sure =
        |effect: &&Effect| effect.after == 0 && effect.variant.is_none() && effect.odds.is_empty();
    let mut now = choice.effects.iter().filter(sure);
    now.any(|effect| match effect.what {
        What::Trust(points) | What::FeelSafe(points) | What::Goodwill(points) => points > 0.0,
        What::Wrong(points) | What::Pressure(_, points) => points < 0.0,
        What::Funds(amount) => amount.0 > 0,
        What::Offences { factor, .. } => factor < 1.0,
        What::Survey => true,
        What::Misconduct(_) => false,
    })
}

/// Points of Safety that a point less of a pressure is worth over half of the game.
fn eased(world: &World, domain: Domain) -> f64 {
    let model = &world.model;
    let Some(open) = world.domains.iter().find(|open| open.domain == domain) else {
        return 0.0;
    };
    let chance = pressure::hazard(model, open.start.to_f64());
    let steeper = model.get(C::EventSlope) * chance * (1.0 - chance);
    let months = world.turn.months() * f64::from(world.turns) / 2.0;
    steeper * pressure::severity(model, domain) * model.get(C::SafetyScale) * months
}

/// Where an effect may be felt.
struct Reach {
    /// The precincts, each with how likely it is meant.
    places: Vec<(PrecinctIx, f64)>,
    /// The share of the people who live there.
    people: f64,
}

impl Reach {
    fn of(world: &World, place: PlaceRef) -> Self {
        let count = world.precincts.len();
        let all = |share: f64| {
            let places = (0..count).map(PrecinctIx::from_position);
            places.map(|p| (p, share)).collect()
        };
        let places: Vec<(PrecinctIx, f64)> = match place {
            PlaceRef::City => all(1.0),
            PlaceRef::Precinct(p) => vec![(p, 1.0)],
            // Settled in the game: it may be any.
            _ => all(1.0 / curve::max(1.0, count as f64)),
        };
        let people: f64 = (places.iter())
            .map(|(p, likely)| likely * f64::from(world.precincts[p.at()].residents))
            .sum();
        Self {
            places,
            people: people / curve::max(1.0, world.residents()),
        }
    }

    /// The shares of a family's harm that happen there, of all harm in the city and of all harm in
    /// the precincts with most.
    fn harm(&self, world: &World, family: Option<FamilyIx>) -> (f64, f64) {
        let of = |p: PrecinctIx, only: Option<FamilyIx>| -> f64 {
            let precinct = &world.precincts[p.at()];
            let families = world.families.iter().enumerate();
            families
                .filter(|(k, _)| only.is_none_or(|only| only.at() == *k))
                .map(|(k, family)| {
                    let rate = family.harm * family.base_rate * precinct.opportunity[k];
                    rate * f64::from(precinct.residents)
                })
                .sum()
        };
        let most = scoring::most_harmed(world);
        let everywhere = (0..world.precincts.len()).map(PrecinctIx::from_position);
        let share = |own: f64, all: f64| if all > 0.0 { own / all } else { 0.0 };
        let own = |here: &dyn Fn(PrecinctIx) -> bool| -> f64 {
            let places = self.places.iter().filter(|(p, _)| here(*p));
            places.map(|(p, likely)| likely * of(*p, family)).sum()
        };
        let all: f64 = everywhere.map(|p| of(p, None)).sum();
        let harmed: f64 = most.iter().map(|p| of(*p, None)).sum();
        (
            share(own(&|_| true), all),
            share(own(&|p| most.contains(&p)), harmed),
        )
    }
}
