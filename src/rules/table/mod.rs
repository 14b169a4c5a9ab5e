//! The table: what the desks know, and what they say to each other.
//!
//! A note belongs to its desk until somebody pins it to the map. What has been said is open to all,
//! and part of the means; what has not is told by the desk's own view alone.

mod asks;
mod forecast;
mod handover;
mod mandates;
mod notes;
mod residents;
mod routine;

pub use asks::{Answered, Ask, Kept, MOST_OPEN, Reply, ToldPromise, Verdict, Wish};
pub(super) use asks::{keep_by_order, keep_by_standing, told_promises};
pub(super) use forecast::calibration;
pub use forecast::{Calibration, RoomForecast, ToldForecast};
pub use handover::{HANDOVER_MONTHS, Handover};
pub(super) use handover::{Months, hand_over, lasting, monthly, open_month, pay_bills};
pub use mandates::{Became, OwnMandate, Release, ToldMandate};
pub(super) use mandates::{draw_mandates, mandate_of, taken_mandates, told_mandates};
pub use notes::{Note, Pin, ToldNote};
pub(super) use notes::{deliver, found, received, room_for_pins, told};
pub use residents::{Endorsement, Testimony, Witnessed};
pub(super) use residents::{Residents, heed, quarter, told_places, witness};
pub(super) use routine::{Decision, Routine, capacity, slots};
pub use routine::{Slots, Standing};

use super::digest::canon;
use super::id::{Id, SeatIx};
use super::means::Means;

/// What has been said at the table, in the order in which it was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Talk {
    pub pins: Vec<Pin>,
    pub releases: Vec<Release>,
    pub asks: Vec<Ask>,
    pub forecasts: Vec<RoomForecast>,
}

canon! {
    Talk { pins, releases, asks, forecasts }
}

/// What a desk says, with its names looked up.
pub(super) enum Said {
    Pin(Id, SeatIx),
    AskRelease(SeatIx),
    Release(SeatIx),
    Ask(Ask),
    Forecast(RoomForecast),
    /// The ask at a position, its answer, and what the answer hangs on.
    Reply(usize, Answered, Option<Ask>),
}

impl Said {
    pub fn carry_out(self, means: &mut Means) {
        let turn = means.turn;
        let talk = &mut means.talk;
        match self {
            Self::Pin(note, seat) => talk.pins.push(Pin { note, seat, turn }),
            Self::AskRelease(seat) => talk.releases.push(Release {
                seat,
                asked: turn,
                granted: None,
            }),
            Self::Release(seat) => {
                for release in talk.releases.iter_mut().filter(|it| it.seat == seat) {
                    release.granted = Some(turn);
                }
            }
            Self::Ask(ask) => talk.asks.push(ask),
            Self::Forecast(forecast) => {
                // Until the turn is played the room may think again.
                talk.forecasts.retain(|it| it.turn != turn);
                talk.forecasts.push(forecast);
            }
            Self::Reply(at, answered, hangs_on) => {
                talk.asks[at].answer = Some(answered);
                talk.asks.extend(hangs_on);
            }
        }
    }
}
