//! The layers that can be laid over the map, and which of them there is something to show of.

use super::Table;
use crate::rules::View;
use crate::rules::world::{OrderKind, Tactic};
use bevy::log::info;

/// A layer of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MapLayer {
    /// Offences on record.
    Recorded,
    /// What the model expects on record.
    Forecast,
    /// The trust survey.
    Trust,
    /// How safe people feel.
    Safe,
    /// Patrol and how fresh it is.
    Patrol,
    /// Community work and how long its teams have been there.
    Outreach,
    /// How soon help comes.
    Rings,
    /// Cameras and their safeguards.
    Sensing,
    /// What residents bear.
    Burden,
    /// Volunteers.
    Volunteers,
    /// What comes late to the record.
    Delay,
    /// Pinned notes.
    Pins,
}

impl MapLayer {
    /// Every layer, in the order of the list.
    pub const ALL: [Self; 12] = [
        Self::Recorded,
        Self::Forecast,
        Self::Trust,
        Self::Safe,
        Self::Patrol,
        Self::Outreach,
        Self::Rings,
        Self::Sensing,
        Self::Burden,
        Self::Volunteers,
        Self::Delay,
        Self::Pins,
    ];

    /// Its name in identifiers and in texts (`layer.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Forecast => "forecast",
            Self::Trust => "trust",
            Self::Safe => "safe",
            Self::Patrol => "patrol",
            Self::Outreach => "outreach",
            Self::Rings => "rings",
            Self::Sensing => "sensing",
            Self::Burden => "burden",
            Self::Volunteers => "volunteers",
            Self::Delay => "delay",
            Self::Pins => "pins",
        }
    }
}

/// Whether a tactic is patrol that answers calls.
#[must_use]
pub fn patrols(tactic: Tactic) -> bool {
    matches!(tactic, Tactic::Visible | Tactic::HotSpot)
}

/// Whether a tactic is work with residents, which lives by knowing them.
#[must_use]
pub fn reaches_out(tactic: Tactic) -> bool {
    matches!(tactic, Tactic::Outreach | Tactic::Mediation)
}

/// Whether a tactic stops people.
#[must_use]
pub fn stops(tactic: Tactic) -> bool {
    matches!(tactic, Tactic::BroadChecks | Tactic::PreciseChecks)
}

impl Table {
    /// The layers of which there is something to show. What the scenario does not have is not among
    /// them, nor is what nobody knows yet.
    #[must_use]
    pub fn layers(&self) -> Vec<MapLayer> {
        let Some(view) = self.view() else {
            return Vec::new();
        };
        MapLayer::ALL
            .into_iter()
            .filter(|layer| self.has_layer(&view, *layer))
            .collect()
    }

    fn has_layer(&self, view: &View, layer: MapLayer) -> bool {
        let world = view.world();
        let recorded = !view.pages().is_empty();
        let stands = |does: fn(Tactic) -> bool| {
            view.units()
                .any(|(_, post)| post.at.is_some_and(|(_, tactic)| does(tactic)))
        };
        let can = |does: fn(Tactic) -> bool| {
            let kinds = view.units().map(|(unit, _)| world.kind_of(unit));
            kinds
                .into_iter()
                .any(|kind| kind.tactics.iter().any(|it| does(*it)))
        };
        let cameras = world.order(OrderKind::Cameras).is_some();
        match layer {
            // Before the first turn it shows an ordinary one, except to those who see the game for the
            // first time: they have a place and a team to think of.
            MapLayer::Recorded => recorded || self.shows_desks(),
            MapLayer::Trust | MapLayer::Safe => recorded,
            // Nobody is told what the model expects before they have said what they expect.
            MapLayer::Forecast => {
                let turn = view.turn();
                self.guesses().iter().any(|guess| guess.turn == turn)
            }
            MapLayer::Patrol => stands(patrols),
            MapLayer::Outreach => stands(reaches_out),
            MapLayer::Rings => !world.sites.is_empty(),
            MapLayer::Sensing => cameras,
            MapLayer::Burden => cameras || can(stops),
            MapLayer::Volunteers => can(|tactic| tactic == Tactic::Watch),
            MapLayer::Delay => recorded && view.late().iter().sum::<f64>() >= 0.5,
            MapLayer::Pins => !self.scenario.names.desk_notes.is_empty(),
        }
    }

    /// The layer that lies on the map, as long as there is something to show of it.
    #[must_use]
    pub fn layer(&self) -> Option<MapLayer> {
        let view = self.view()?;
        self.layer.filter(|layer| self.has_layer(&view, *layer))
    }

    /// Shows what happened on the map, with the record over it unless another layer lies there.
    pub(super) fn show_on_map(&mut self, on: bool) {
        self.on_map = on;
        self.layers_open = false;
        if on && self.layer().is_none() {
            self.layer = Some(MapLayer::Recorded);
        }
    }

    /// Lays a layer on the map, or takes it away. The panel then tells what it shows.
    pub(super) fn lay_layer(&mut self, layer: Option<MapLayer>) {
        self.layer = layer;
        self.layers_open = false;
        if let Some(layer) = layer {
            info!("layer {}", layer.id());
            self.chosen = None;
        }
    }
}
