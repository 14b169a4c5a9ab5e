//! Postures of the desks that run the institution.

use super::Desk;
use crate::rules::action::Action;
use crate::rules::id::{Id, PrecinctIx};
use crate::rules::pressure;
use crate::rules::scoring::Index;
use crate::rules::sight::{ranked, record};
use crate::rules::table::quarter;
use crate::rules::units::Amount;
use crate::rules::world::{Duty, Governance, Layer, Measure, Over, Work};

/// How many risk files are refreshed a turn.
const FILES: usize = 3;
/// How many alerts are looked into a turn.
const LOOKS: usize = 2;
/// Systems are mended at once where the pressure on networks reads more than this, points.
const ATTACKED: f64 = 60.0;
/// A warning is repeated after so many months.
const REMIND: f64 = 3.0;

impl Desk<'_> {
    /// Level III in every district for which the desk has not decided otherwise.
    pub(super) fn ordinary_duty(&mut self) {
        let order = |district: Option<&Id>| Action::Duty {
            district: district.cloned(),
            level: Duty::III,
        };
        let districts = &self.world().districts;
        let raised = self.view.duty().iter().zip(districts);
        let raised: Vec<Action> = raised
            .filter(|(grade, _)| grade.level != Duty::III)
            .map(|(_, district)| order(Some(district)))
            .collect();
        if raised.is_empty() || self.has_decided(&order(None)) {
            return;
        }
        // An order for the whole city would undo what was decided for one district of it.
        let apart = districts
            .iter()
            .any(|it| self.has_decided(&order(Some(it))));
        if apart {
            for order in raised {
                self.give(order);
            }
        } else {
            self.give(order(None));
        }
    }

    /// Light where most is on record, as long as a published line about offences or safety is
    /// missed.
    pub(super) fn light_the_worst(&mut self) {
        let world = self.world();
        let safety = self.view.indices()[Index::Safety as usize].to_f64();
        let missed = world.objectives.iter().any(|objective| {
            let goal = &objective.goal;
            let about_safety = match goal.measure {
                Measure::Index(Index::Safety) => goal.at_least && !goal.holds(safety),
                Measure::Offences(_) => true,
                Measure::Index(_) | Measure::LowestTrust => false,
            };
            goal.layer == Layer::Published && about_safety
        });
        if !missed || !self.new_quarter() {
            return;
        }
        let record = record(&self.view);
        for place in ranked(&self.view, |p| record[p.at()]) {
            let precinct = world.precincts[place.at()].id.clone();
            let work = Work::Lighting;
            if self.give(Action::Build { work, precinct }) {
                return;
            }
        }
    }

    /// Looks into alerts, by expected harm or by likelihood, and refreshes the oldest risk files.
    /// So many analysts are left free.
    pub(super) fn verify(&mut self, by_harm: bool, spare: u16) {
        let model = &self.world().model;
        let mut alerts = self.view.alerts().to_vec();
        let worth = |alert: &pressure::Alert| {
            let harm = if by_harm {
                pressure::severity(model, alert.domain)
            } else {
                1.0
            };
            alert.confidence * harm
        };
        alerts.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
        for alert in alerts.iter().take(LOOKS) {
            if self.draft.view().free_analysts() > spare {
                self.set("verify-alert", Some(alert.domain.id()), "yes");
            }
        }
        self.refresh_files();
    }

    /// The risk files whose turn it is: the oldest.
    fn refresh_files(&mut self) {
        let world = self.world();
        // What is refreshed for a turn goes back when the next opens, so that the oldest are those
        // whose turn it is.
        let (count, first) = (
            world.domains.len(),
            usize::from(self.view.turn() - 1) * FILES,
        );
        for at in (first..first + FILES.min(count)).map(|at| at % count) {
            let domain = world.domains[at].domain.id();
            self.set("risk-files", Some(domain), "fresh");
        }
    }

    /// Systems that are under attack are mended at once.
    pub(super) fn mend_systems(&mut self) {
        let network = self
            .view
            .pressures()
            .find(|(domain, _)| domain.id() == "network");
        if network.is_some_and(|(_, pressure)| pressure.to_f64() > ATTACKED) {
            self.set("patching", None, "now");
        }
    }

    /// Desks are taught to read their figures, a step at a time.
    pub(super) fn teach(&mut self) {
        if !self.set("data-literacy", None, "1") {
            self.set("data-literacy", None, "2");
        }
    }

    /// A link to another partner each quarter.
    pub(super) fn link(&mut self) {
        if self.new_quarter() {
            self.next_of("links", "open");
        }
    }

    /// A stage of the goods chain a turn, in their order.
    pub(super) fn inspect_in_turn(&mut self) {
        let Some(chain) = self.names("goods-chain") else {
            return;
        };
        let stage = usize::from(self.view.turn() - 1) % chain.len().max(1);
        if let Some(stage) = chain.get(stage) {
            self.set("goods-chain", Some(stage), "inspected");
        }
    }

    /// A trade on the register each quarter.
    pub(super) fn register(&mut self) {
        if self.new_quarter() {
            self.next_of("trades-register", "on");
        }
    }

    /// Each quarter one site of grade A lends its post to one of grade B.
    pub(super) fn share_posts(&mut self) {
        let world = self.world();
        let Some(grade) = world.open_instrument("site-grade") else {
            return;
        };
        if !self.new_quarter() {
            return;
        }
        let instrument = &world.instruments[grade.at()];
        let at = |wanted: &str| -> Vec<usize> {
            let wanted = instrument.setting(&Id::from(wanted));
            (self.view.pointers(grade).iter().enumerate())
                .filter(|(_, pointer)| Some(pointer.ordered()) == wanted)
                .map(|(at, _)| at)
                .collect()
        };
        let (held, looked_in) = (at("a"), at("b"));
        let quarter = usize::from(quarter(world, self.view.turn()));
        let pick = |from: &[usize]| from.get(quarter % from.len().max(1)).copied();
        if let (Some(lends), Some(takes)) = (pick(&held), pick(&looked_in)) {
            let site = |at: usize| world.sites[at].id.as_str();
            if self.set("site-grade", Some(site(lends)), "b") {
                self.set("site-grade", Some(site(takes)), "a");
            }
        }
    }

    /// Cameras that nobody was told of are announced.
    pub(super) fn put_up_notices(&mut self) {
        for (place, level, governance) in self.cameras() {
            if governance == Governance::Bare {
                self.see(place, level, Governance::Notice);
            }
        }
    }

    /// A camera each quarter where most is on record, with notice.
    pub(super) fn add_a_camera(&mut self) {
        if !self.new_quarter() {
            return;
        }
        let record = record(&self.view);
        let seen: Vec<PrecinctIx> = self.cameras().iter().map(|(place, ..)| *place).collect();
        for place in ranked(&self.view, |p| record[p.at()]) {
            if !seen.contains(&place) && self.see(place, 1, Governance::Notice) {
                return;
            }
        }
    }

    /// The cameras where least is on record go, one precinct a quarter.
    pub(super) fn take_a_camera_down(&mut self) {
        let record = record(&self.view);
        let places = self.cameras();
        let least = Self::best(places.iter().map(|(place, ..)| *place), |p| -record[p.at()]);
        if let Some(place) = least.filter(|_| self.new_quarter()) {
            self.see(place, 0, Governance::Bare);
        }
    }

    /// People are warned of fraud again.
    pub(super) fn remind(&mut self) {
        let campaign = self.view.campaign();
        if campaign.is_none_or(|campaign| campaign.months >= REMIND) {
            self.give(Action::Campaign { reminder: true });
        }
    }

    /// The precincts with cameras, their level and safeguards.
    fn cameras(&self) -> Vec<(PrecinctIx, u8, Governance)> {
        (self.view.places().iter().enumerate())
            .filter(|(_, site)| site.cameras.level > 0)
            .map(|(at, site)| {
                let cameras = site.cameras;
                (
                    PrecinctIx::from_position(at),
                    cameras.level,
                    cameras.governance,
                )
            })
            .collect()
    }

    fn see(&mut self, place: PrecinctIx, level: u8, governance: Governance) -> bool {
        let precinct = Some(self.world().precincts[place.at()].id.clone());
        self.give(Action::Sense {
            precinct,
            level,
            governance,
            live: false,
        })
    }

    /// The next thing of an instrument's list that can be set so.
    fn next_of(&mut self, instrument: &str, to: &str) {
        for name in self.names(instrument).unwrap_or_default() {
            if self.set(instrument, Some(&name), to) {
                return;
            }
        }
    }

    /// The names of the things that an instrument with a list of its own is set for.
    fn names(&self, instrument: &str) -> Option<Vec<String>> {
        let world = self.world();
        let at = world.open_instrument(instrument)?;
        match &world.instruments[at.at()].over {
            Over::Named(names) => Some(names.iter().map(|name| name.0.clone()).collect()),
            _ => None,
        }
    }
}
