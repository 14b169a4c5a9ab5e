//! Everything that the desk in hand can set, with how it stands.

use super::{says, wide};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Sheet, Table};
use crate::app::widgets::Kit;
use crate::app::words::Words;
use crate::rules::View;
use crate::rules::id::InstrumentIx;
use crate::rules::world::{Duty, OrderKind};
use bevy::prelude::*;

pub(super) fn draw(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let world = view.world();
    let seat = table.desk.seat;
    let own_measures = OrderKind::ALL.into_iter().filter(|kind| {
        let order = world.order(*kind);
        order.is_some_and(|order| order.owner == seat)
    });
    let measures = own_measures.map(|kind| {
        let means = Semantics::button(
            format!("measure:{}", kind.id()),
            words.order_label(kind),
            Act::Sheet(Some(Sheet::Measure(kind))),
        );
        means.with_value(measure_now(words, view, kind))
    });
    let own = world.instruments.iter().enumerate();
    let own = own.filter(|(_, instrument)| instrument.owner == seat);
    let instruments = own.map(|(at, instrument)| {
        let index = InstrumentIx::from_position(at);
        let means = Semantics::button(
            format!("tool:{}", instrument.id),
            words.instrument_label(&instrument.id),
            Act::Sheet(Some(Sheet::Instrument(index))),
        );
        means.with_value(instrument_now(words, view, index))
    });
    let mut none = true;
    for means in measures.chain(instruments) {
        none = false;
        let state = means.value.clone();
        wide(card, kit, words, "", &state, means);
    }
    if none {
        let key = if world.seats[seat.at()].oversight {
            "desk.no-tools.witness"
        } else {
            "desk.no-tools"
        };
        says(card, kit, words, words.say(key));
    }
}

/// How a measure stands in the city, in a line.
fn measure_now(words: &Words, view: &View, kind: OrderKind) -> String {
    let count = |count: usize| words.with("tool.places", "count", &count.to_string());
    match kind {
        OrderKind::Duty => {
            let mut levels: Vec<Duty> = view.duty().iter().map(|it| it.level).collect();
            levels.sort_unstable();
            levels.dedup();
            let names: Vec<String> = levels.into_iter().map(|level| words.duty(level)).collect();
            names.join(&words.say("list.comma"))
        }
        OrderKind::Cameras => count(
            view.places()
                .iter()
                .filter(|it| it.cameras.level > 0)
                .count(),
        ),
        OrderKind::Lighting => count(
            view.places()
                .iter()
                .filter(|it| it.lighting.is_some())
                .count(),
        ),
        OrderKind::Deterrence => count(
            view.places()
                .iter()
                .filter(|it| it.deterrence.is_some())
                .count(),
        ),
        OrderKind::OnlineMonitoring => words.say(if view.online().level > 0 {
            "tool.on"
        } else {
            "tool.off"
        }),
        OrderKind::Campaign => words.say(if view.campaign().is_some() {
            "tool.on"
        } else {
            "tool.off"
        }),
        OrderKind::Training => {
            let training = view.teams().iter().filter(|team| team.training).count();
            words.with("tool.training", "count", &training.to_string())
        }
    }
}

/// How an instrument is set, in a line: the setting of its one thing, or for how many things it
/// stands above its first.
fn instrument_now(words: &Words, view: &View, index: InstrumentIx) -> String {
    let instrument = &view.world().instruments[index.at()];
    let pointers = view.pointers(index);
    let name = |at: u8| words.setting(&instrument.id, &instrument.settings[usize::from(at)].id);
    match pointers {
        [one] => match one.coming {
            Some(coming) => words.get(
                "tool.coming",
                &[("now", &name(one.setting)), ("next", &name(coming.setting))],
            ),
            None => name(one.setting),
        },
        many => {
            let set = many
                .iter()
                .filter(|it| it.ordered() != instrument.start)
                .count();
            words.get(
                "tool.of",
                &[
                    ("count", &set.to_string()),
                    ("all", &many.len().to_string()),
                ],
            )
        }
    }
}
