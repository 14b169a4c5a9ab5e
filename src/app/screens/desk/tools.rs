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
    let mut none = true;
    for kind in OrderKind::ALL {
        if world.order(kind).is_none_or(|order| order.owner != seat) {
            continue;
        }
        none = false;
        let means = Semantics::button(
            format!("measure:{}", kind.id()),
            words.order_label(kind),
            Act::Sheet(Some(Sheet::Measure(kind))),
        );
        let state = measure_now(words, view, kind);
        wide(
            card,
            kit,
            words,
            "",
            &state,
            means.with_value(state.as_str()),
        );
    }
    for (at, instrument) in world.instruments.iter().enumerate() {
        if instrument.owner != seat {
            continue;
        }
        none = false;
        let index = InstrumentIx::from_position(at);
        let means = Semantics::button(
            format!("tool:{}", instrument.id),
            words.instrument_label(&instrument.id),
            Act::Sheet(Some(Sheet::Instrument(index))),
        );
        let state = instrument_now(words, view, index);
        wide(
            card,
            kit,
            words,
            "",
            &state,
            means.with_value(state.as_str()),
        );
    }
    if none {
        says(card, kit, words, words.say("desk.no-tools"));
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
