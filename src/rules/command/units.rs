//! Orders to units: place, take back, train.

use super::{Change, Desk, meant};
use crate::rules::id::{Id, PrecinctIx, UnitIx};
use crate::rules::means::Post;
use crate::rules::model::Coefficient as C;
use crate::rules::refusal::Refusal;
use crate::rules::units::Micro;
use crate::rules::world::{OrderKind, Tactic, Unit};

/// How many units can be trained at a time: a course has so many seats.
const COURSE: u16 = 2;

impl Desk<'_> {
    pub(super) fn assign(&self, unit: &Id, to: &Id, tactic: Tactic) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        let index = self.known_unit(unit)?;
        let kind = world.kind_of(index);
        self.own(kind.owner)?;
        let place = self.precinct(to)?;
        self.here(unit, index)?;
        self.within_reach(unit, index, place)?;
        if !kind.tactics.contains(&tactic) {
            return Err(Refusal::CannotDo {
                kind: kind.id.clone(),
                tactic,
                can: kind.tactics.clone(),
            });
        }
        let now = means.units[index.at()].at;
        if now == Some((place, tactic)) {
            return Err(Refusal::AlreadyThere {
                unit: unit.clone(),
                at: to.clone(),
            });
        }
        self.not_tied(unit, index)?;
        let free = means.free(world);
        if now.is_none() && kind.price > free {
            return Err(self.too_dear(Some(kind.id.clone()), kind.price, free));
        }
        let post = Post {
            at: Some((place, tactic)),
            months: 0.0,
        };
        let borrows = [Tactic::PreciseChecks, Tactic::ProblemSolving, Tactic::Watch];
        if borrows.contains(&tactic) {
            let mut after = means.clone();
            after.units[index.at()] = post;
            self.analysts(&after)?;
            let (before, bound) = (means.goodwill_bound(world), after.goodwill_bound(world));
            let held = means.goodwill.get();
            if bound > before && bound > held {
                return Err(Refusal::Goodwill {
                    needs: bound - before,
                    free: (held - before).max(Micro(0)),
                });
            }
        }
        Ok(Change::Place(index, post))
    }

    pub(super) fn withdraw(&self, unit: &Id) -> Result<Change, Refusal> {
        let index = self.known_unit(unit)?;
        self.own(self.world.kind_of(index).owner)?;
        if self.means.units[index.at()].at.is_none() {
            return Err(Refusal::NotPlaced { unit: unit.clone() });
        }
        self.not_tied(unit, index)?;
        Ok(Change::Place(index, Post::OFF))
    }

    pub(super) fn train(&self, unit: &Id) -> Result<Change, Refusal> {
        self.may(OrderKind::Training)?;
        let index = self.known_unit(unit)?;
        self.own(self.world.kind_of(index).owner)?;
        self.here(unit, index)?;
        if self.means.teams[index.at()].training {
            return Err(Refusal::InTraining { unit: unit.clone() });
        }
        self.not_tied(unit, index)?;
        let learning = self.means.teams.iter().filter(|team| team.training).count();
        if learning >= usize::from(COURSE) {
            return Err(Refusal::TrainingFull { most: COURSE });
        }
        Ok(Change::Train(index))
    }

    fn known_unit(&self, unit: &Id) -> Result<UnitIx, Refusal> {
        self.world.unit(unit).ok_or_else(|| {
            let names = self.world.units.iter().map(|unit| unit.id.as_str());
            Refusal::UnknownUnit(unit.clone(), meant(unit, names))
        })
    }

    /// Whether the unit has arrived.
    fn here(&self, unit: &Id, index: UnitIx) -> Result<(), Refusal> {
        let from = self.world.units[index.at()].from;
        if from > self.means.turn {
            return Err(Refusal::NotHereYet {
                unit: unit.clone(),
                from,
            });
        }
        Ok(())
    }

    /// Whether the unit's tier of command reaches as far.
    fn within_reach(&self, unit: &Id, index: UnitIx, place: PrecinctIx) -> Result<(), Refusal> {
        let world = self.world;
        let Unit { tier, home, .. } = world.units[index.at()];
        match (tier, home) {
            (Some(tier), Some(home)) if !world.may_stand(index, place) => {
                Err(Refusal::OutOfReach {
                    unit: unit.clone(),
                    tier,
                    home: world.precincts[home.at()].id.clone(),
                })
            }
            _ => Ok(()),
        }
    }

    /// Whether the unit may leave what it does: a problem that has been begun is not left for some
    /// months.
    fn not_tied(&self, unit: &Id, index: UnitIx) -> Result<(), Refusal> {
        let post = &self.means.units[index.at()];
        let Some((place, Tactic::ProblemSolving)) = post.at else {
            return Ok(());
        };
        let left = self.world.model.get(C::ProblemTied) - post.months;
        if post.months == 0.0 || left <= 1e-9 {
            return Ok(());
        }
        let turns = (left / self.world.turn.months()).ceil() as u16;
        Err(Refusal::Tied {
            unit: unit.clone(),
            at: self.world.precincts[place.at()].id.clone(),
            until: self.means.turn.saturating_add(turns),
        })
    }
}
