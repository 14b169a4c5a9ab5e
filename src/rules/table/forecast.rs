//! The room's forecast: one figure a turn that the table expects to be published, from and to.

use crate::rules::curve;
use crate::rules::digest::canon;
use crate::rules::id::SeatIx;
use crate::rules::means::Means;
use crate::rules::scoring::{self, Index};
use crate::rules::state::OpenPage;
use crate::rules::units::Amount;
use crate::rules::view::View;
use crate::rules::world::{Goal, Layer, Measure, Span, World};

/// What the room expects the figure to be when the turn is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomForecast {
    /// The turn.
    pub turn: u16,
    /// The desk that was asked.
    pub seat: SeatIx,
    /// The least.
    pub low: u16,
    /// The most.
    pub high: u16,
}

canon! {
    RoomForecast { turn, seat, low, high }
}

/// A forecast with what was published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ToldForecast {
    /// The forecast.
    pub forecast: RoomForecast,
    /// The figure.
    pub published: f64,
}

impl ToldForecast {
    /// Whether the figure lies inside.
    #[must_use]
    pub fn inside(&self) -> bool {
        let (low, high) = (self.forecast.low, self.forecast.high);
        (f64::from(low)..=f64::from(high)).contains(&self.published)
    }
}

/// How the room's forecasts went.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The figure.
    pub figure: Measure,
    /// The forecasts, turn by turn.
    pub told: Vec<ToldForecast>,
}

impl Calibration {
    /// The share of forecasts in which the figure lay inside; none without a forecast.
    #[must_use]
    pub fn inside(&self) -> Option<f64> {
        self.mean(|told| f64::from(u8::from(told.inside())))
    }

    /// How wide the forecasts were on average.
    #[must_use]
    pub fn width(&self) -> Option<f64> {
        self.mean(|told| f64::from(told.forecast.high - told.forecast.low))
    }

    fn mean(&self, of: impl Fn(&ToldForecast) -> f64) -> Option<f64> {
        let count = self.told.len();
        (count > 0).then(|| self.told.iter().map(of).sum::<f64>() / count as f64)
    }
}

impl World {
    /// The published figure that the room forecasts: what the scenario names, or else what its
    /// first objective measures.
    #[must_use]
    pub fn room_figure(&self) -> Measure {
        let first = self.objectives.first().map(|it| it.goal.measure);
        let named = self.desks.figure().or(first);
        named.unwrap_or(Measure::Index(Index::SenseOfSafety))
    }
}

/// The figure as it was published, turn by turn.
fn published(world: &World, open: &[OpenPage]) -> Vec<f64> {
    let goal = Goal {
        measure: world.room_figure(),
        layer: Layer::Published,
        at_least: true,
        line: 0.0,
        span: Span::AtEnd,
    };
    scoring::outcome(world, &goal, open, &[]).values
}

/// How the forecasts of the turns played went.
pub(in crate::rules) fn calibration(
    world: &World,
    means: &Means,
    open: &[OpenPage],
) -> Calibration {
    let published = published(world, open);
    let told = means.talk.forecasts.iter().filter_map(|forecast| {
        let at = usize::from(forecast.turn).checked_sub(1)?;
        Some(ToldForecast {
            forecast: *forecast,
            published: *published.get(at)?,
        })
    });
    Calibration {
        figure: world.room_figure(),
        told: told.collect(),
    }
}

impl View<'_> {
    /// The desk whose turn it is to forecast for the room.
    #[must_use]
    pub fn forecaster(&self) -> SeatIx {
        let turn = usize::from(self.means.turn.max(1)) - 1;
        SeatIx::from_position(turn % self.world.seats.len().max(1))
    }

    /// The figure that the room forecasts, as it was last published or as the city starts.
    #[must_use]
    pub fn room_figure(&self) -> f64 {
        let figure = self.world.room_figure();
        let last = published(self.world, self.open).last().copied();
        last.unwrap_or_else(|| match figure {
            Measure::Index(index) => self.indices()[index as usize].to_f64(),
            Measure::LowestTrust => (self.world.precincts.iter())
                .map(|precinct| precinct.trust.to_f64())
                .fold(100.0, curve::min),
            // Per cent of what is expected of the first turn.
            Measure::Offences(_) => 100.0,
        })
    }

    /// What the room expects of this turn, if it has said so.
    #[must_use]
    pub fn room_forecast(&self) -> Option<RoomForecast> {
        let turn = self.means.turn;
        let mut forecasts = self.means.talk.forecasts.iter();
        forecasts.find(|it| it.turn == turn).copied()
    }

    /// How the room's forecasts of the turns played went.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        calibration(self.world, self.means, self.open)
    }
}
