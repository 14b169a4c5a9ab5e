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
    /// Expected surveys at the doors: knowing is worth something too.
    pub surveys: f64,
    /// How many turns later something of it is good; none if nothing is.
    pub soon: Option<u16>,
}

impl Worth {
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
                it.surveys,
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

/// What answers are measured by: whose trust and which harm an effect reaches.
pub struct Yardstick<'a> {
    world: &'a World,
    /// The share of the people in each precinct, and in the city.
    people: Vec<f64>,
    /// The share of all harm in each precinct, and in the city, by each family, and by all.
    harm: Vec<Vec<f64>>,
    /// The same of the harm in the precincts with most.
    worst: Vec<Vec<f64>>,
}

impl<'a> Yardstick<'a> {
    /// The yardstick of a world.
    #[must_use]
    pub fn new(world: &'a World) -> Self {
        let most = scoring::most_harmed(world);
        let all = (0..world.precincts.len()).map(PrecinctIx::from_position);
        let residents = curve::max(1.0, world.residents());
        let mut people: Vec<f64> = (world.precincts.iter())
            .map(|precinct| f64::from(precinct.residents) / residents)
            .collect();
        people.push(1.0);
        let everywhere: Vec<Vec<f64>> = all.clone().map(|p| harm_in(world, p)).collect();
        let worst = all.map(|p| {
            let here = f64::from(u8::from(most.contains(&p)));
            everywhere[p.at()].iter().map(|harm| here * harm).collect()
        });
        Self {
            world,
            people,
            worst: shares(worst.collect(), world.families.len()),
            harm: shares(everywhere, world.families.len()),
        }
    }

    /// The worth of an answer to an inject in one variant.
    #[must_use]
    pub fn worth(&self, inject: InjectIx, choice: &Choice, variant: u8) -> Worth {
        let mut worth = Worth {
            safety: 0.0,
            trust: 0.0,
            equity: 0.0,
            rights: 0.0,
            funds: -choice.cost.to_f64(),
            goodwill: -choice.goodwill.to_f64(),
            analysts: choice.analysts,
            surveys: 0.0,
            soon: None,
        };
        let place = self.world.injects[inject.at()].place;
        let here = |effect: &&Effect| effect.variant.is_none_or(|only| only == variant);
        for effect in choice.effects.iter().filter(here) {
            let likely: f64 = effect.odds.iter().map(|odds| odds.chance).product();
            let good = self.add(&mut worth, effect, effect.place.unwrap_or(place), likely);
            if good && likely > 0.0 {
                worth.soon = Some(worth.soon.map_or(effect.after, |at| at.min(effect.after)));
            }
        }
        worth
    }

    /// Adds an effect; whether it is a good one.
    fn add(&self, to: &mut Worth, effect: &Effect, place: PlaceRef, likely: f64) -> bool {
        let city = self.world.precincts.len();
        let (row, share) = match place {
            PlaceRef::City => (city, likely),
            PlaceRef::Precinct(p) => (p.at(), likely),
            // Settled in the game: it may be any.
            _ => (city, likely / curve::max(1.0, city as f64)),
        };
        let (side, by) = match &effect.what {
            What::Trust(points) => (&mut to.trust, share * points * self.people[row]),
            What::Misconduct(points) => (&mut to.trust, -share * points * self.people[row]),
            What::Goodwill(points) => (&mut to.goodwill, likely * points),
            What::Wrong(points) => (&mut to.rights, -likely * points),
            What::Funds(amount) => (&mut to.funds, likely * amount.to_f64()),
            What::Pressure(domain, points) => (
                &mut to.safety,
                -likely * points * eased(self.world, *domain),
            ),
            What::Offences {
                family,
                factor,
                turns,
            } => {
                let column = family.map_or(self.world.families.len(), FamilyIx::at);
                let scale = self.world.model.get(C::SafetyScale) * share;
                let by = scale * (1.0 - factor) * f64::from(*turns);
                to.equity += by * self.worst[row][column];
                (&mut to.safety, by * self.harm[row][column])
            }
            What::Survey => {
                to.surveys += likely;
                return false;
            }
            // What people feel is not counted on the true side.
            What::FeelSafe(_) => return false,
        };
        *side += by;
        by > 0.0
    }
}

/// Harm a month in a precinct by each family.
fn harm_in(world: &World, p: PrecinctIx) -> Vec<f64> {
    let precinct = &world.precincts[p.at()];
    let families = world.families.iter().zip(&precinct.opportunity);
    families
        .map(|(family, opportunity)| {
            family.harm * family.base_rate * opportunity * f64::from(precinct.residents)
        })
        .collect()
}

/// The rows as shares of their sum, with a column and a row of sums.
fn shares(mut rows: Vec<Vec<f64>>, families: usize) -> Vec<Vec<f64>> {
    for row in &mut rows {
        row.push(row.iter().sum());
    }
    let sums = (0..=families).map(|column| rows.iter().map(|row| row[column]).sum());
    rows.push(sums.collect());
    let all = rows.last().map_or(0.0, |sums: &Vec<f64>| sums[families]);
    for share in rows.iter_mut().flatten() {
        *share = if all > 0.0 { *share / all } else { 0.0 };
    }
    rows
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
