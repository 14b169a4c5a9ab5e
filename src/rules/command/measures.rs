//! Orders that are not about units: duty levels, sensing, works, campaigns.

use super::{Change, Desk, meant};
use crate::rules::id::{DistrictIx, Id};
use crate::rules::means::{Grade, Sensing};
use crate::rules::model::{Coefficient as C, Model};
use crate::rules::refusal::Refusal;
use crate::rules::units::{Amount, Cents};
use crate::rules::world::{Duty, Governance, OrderKind, Tactic, Work};

/// The highest level of cameras.
const MOST_CAMERAS: u8 = 3;

/// What a work costs, once.
pub(super) fn price_of_work(model: &Model, work: Work) -> Cents {
    Cents::from_f64(model.get(match work {
        Work::Lighting => C::PriceLighting,
        Work::Deterrence => C::PriceDeterrence,
    }))
}

/// What a campaign costs, once.
pub(super) fn price_of_campaign(model: &Model, reminder: bool) -> Cents {
    let reminder = if reminder {
        model.get(C::PriceReminder)
    } else {
        0.0
    };
    Cents::from_f64(model.get(C::PriceCampaign) + reminder)
}

impl Desk<'_> {
    pub(super) fn duty(&self, district: Option<&Id>, level: Duty) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        self.may(OrderKind::Duty)?;
        let districts = match district {
            None => (0..world.districts.len())
                .map(DistrictIx::from_position)
                .collect(),
            Some(id) => match world.district(id) {
                Some(district) => vec![district],
                None => {
                    let names = world.districts.iter().map(Id::as_str);
                    return Err(Refusal::UnknownDistrict(id.clone(), meant(id, names)));
                }
            },
        };
        let held = |district: &DistrictIx| means.duty[district.at()].level;
        if districts.iter().all(|district| held(district) == level) {
            return Err(Refusal::NoChange {
                order: OrderKind::Duty,
            });
        }
        let price = |level| Grade { level, months: 0.0 }.price(&world.model);
        let more: f64 = districts
            .iter()
            .map(|district| price(level) - price(held(district)))
            .sum();
        self.afford(Cents::from_f64(more * world.turn.months()))?;
        Ok(Change::Duty(districts, level))
    }

    pub(super) fn sense(
        &self,
        precinct: Option<&Id>,
        mut wanted: Sensing,
    ) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
        let (order, highest) = match precinct {
            Some(_) => (OrderKind::Cameras, MOST_CAMERAS),
            None => (OrderKind::OnlineMonitoring, 1),
        };
        self.may(order)?;
        let place = precinct.map(|id| self.precinct(id)).transpose()?;
        if wanted.level > highest {
            return Err(Refusal::NoSuchLevel {
                level: wanted.level,
                highest,
            });
        }
        let now = place.map_or(means.online, |place| means.places[place.at()].cameras);
        if wanted.level == 0 {
            // What has no level has no safeguards and no watcher.
            wanted = now.off(&world.model, means.turn);
        }
        let same =
            (now.level, now.governance, now.live) == (wanted.level, wanted.governance, wanted.live);
        if same {
            return Err(Refusal::NoChange { order });
        }
        if wanted.level > 0 {
            wanted.kept = now.kept;
            if now.level > 0 {
                wanted.from = now.from;
            } else if wanted.governance >= Governance::Notice && place.is_some() {
                wanted.from = means.turn + 1;
            }
        }
        let mut after = means.clone();
        match place {
            Some(place) => after.places[place.at()].cameras = wanted,
            None => after.online = wanted,
        }
        if let Some(place) = place
            && wanted.announced(means.turn)
            && !means
                .units
                .iter()
                .any(|post| post.at == Some((place, Tactic::Outreach)))
        {
            return Err(Refusal::NobodyToTell {
                precinct: world.precincts[place.at()].id.clone(),
            });
        }
        self.analysts(&after)?;
        self.afford(after.running(world) - means.running(world))?;
        Ok(match place {
            Some(place) => Change::Cameras(place, wanted),
            None => Change::Online(wanted),
        })
    }

    pub(super) fn build(&self, work: Work, precinct: &Id) -> Result<Change, Refusal> {
        self.may(work.order())?;
        let place = self.precinct(precinct)?;
        let site = &self.means.places[place.at()];
        let begun = match work {
            Work::Lighting => site.lighting,
            Work::Deterrence => site.deterrence,
        };
        if begun.is_some() {
            return Err(Refusal::AlreadyBegun {
                work,
                precinct: precinct.clone(),
            });
        }
        self.afford(price_of_work(&self.world.model, work))?;
        Ok(Change::Build(work, place))
    }

    pub(super) fn campaign(&self, reminder: bool) -> Result<Change, Refusal> {
        self.may(OrderKind::Campaign)?;
        let fresh = self.means.campaign.is_some_and(|c| c.months == 0.0);
        if fresh {
            return Err(Refusal::NoChange {
                order: OrderKind::Campaign,
            });
        }
        self.afford(price_of_campaign(&self.world.model, reminder))?;
        Ok(Change::Campaign(reminder))
    }
}
