//! What a turn of the full game begins with besides the records: its tempo, alerts, pressures, and
//! what came of the quarter's list. Each is there only where the scenario plays it.

use super::inspector::fact;
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, filling, row};
use crate::app::words::{Words, points, signed, whole};
use crate::rules::View;
use crate::rules::id::{Id, PrecinctIx};
use crate::rules::institution::Finding;
use crate::rules::world::Tempo;
use bevy::prelude::*;

fn title(card: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, text: String) {
    card.spawn(kit.rule());
    let ink = kit.palette().ink;
    card.spawn(kit.text(Role::Strong, words.lang, text, ink));
}

fn note(card: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, key: &str) {
    let ink = kit.palette().ink2;
    card.spawn(kit.text(Role::Label, words.lang, words.say(key), ink));
}

/// How much of the room's time the turn takes, where the scenario paces its turns.
pub(super) fn tempo(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, view: &View) {
    let mut paced = view.world().tempo.iter();
    if paced.any(|tempo| *tempo != Tempo::Working) {
        let tempo = view.tempo(view.turn());
        let text = words.say(&format!("warning.tempo.{}", tempo.id()));
        fact(card, kit, words, "clock", text);
    }
}

/// What can be set in this turn and never again.
pub(super) fn only_now(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, view: &View) {
    let world = view.world();
    for instrument in world
        .instruments
        .iter()
        .filter(|it| it.until == view.turn())
    {
        let name = words.instrument_label(&instrument.id);
        let slots = [("what", &*name), ("desk", words.seat(instrument.owner))];
        fact(
            card,
            kit,
            words,
            "clock",
            words.get("warning.only-now", &slots),
        );
    }
}

/// So many alerts are told at once; a room that is told of twenty hears none.
const LIKELIEST: usize = 4;

/// What may be about to happen, the likeliest first, with how sure anybody is.
pub(super) fn alerts(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let mut alerts = view.alerts().to_vec();
    if alerts.is_empty() {
        return;
    }
    alerts.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    title(card, kit, words, words.say("warning.alerts"));
    let more = alerts.len().saturating_sub(LIKELIEST);
    let told = if table.all_alerts {
        alerts.len()
    } else {
        LIKELIEST
    };
    for alert in alerts.into_iter().take(told) {
        let sure = match alert.confidence {
            sure if sure >= 0.6 => "likely",
            sure if sure >= 0.3 => "open",
            _ => "weak",
        };
        let text = words.get(
            "warning.alert",
            &[
                ("domain", &words.domain(alert.domain)),
                ("place", words.precinct(alert.place)),
                ("sure", &words.say(&format!("warning.sure.{sure}"))),
                ("cases", &whole(alert.confidence * 100.0)),
            ],
        );
        fact(card, kit, words, "warn", text);
    }
    if more > 0 {
        let label = if table.all_alerts {
            words.say("warning.alerts.fewer")
        } else {
            words.with("warning.alerts.more", "count", &more.to_string())
        };
        let means = Semantics::choice("alerts", label, table.all_alerts, Act::AllAlerts);
        kit.worded(card, words.lang, "warn", means);
    }
    note(card, kit, words, "warning.alerts.note");
}

/// The last reading of each pressure.
pub(super) fn pressures(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
) {
    let palette = kit.palette().clone();
    let now: Vec<_> = view.pressures().collect();
    if now.is_empty() {
        return;
    }
    title(card, kit, words, words.say("warning.pressures"));
    let before = view.pages().iter().rev().nth(1);
    for (at, (domain, reading)) in now.into_iter().enumerate() {
        let name = words.domain(domain);
        let change = before
            .and_then(|page| page.pressures.get(at))
            .map(|before| (reading.0 - before.0) as f64 / 1e6);
        let change = change.map(signed).unwrap_or_default();
        let value = points(reading);
        let told = [value.as_str(), change.as_str()].join(" ");
        let means = Semantics::figure(format!("pressure:{}", domain.id()), name.as_str(), told);
        let line = Node {
            align_items: AlignItems::FlexStart,
            flex_shrink: 0.0,
            ..row(8.0)
        };
        card.spawn((Name::new("Pressure"), line, means))
            .with_children(|line| {
                line.spawn((Name::new("Name"), filling(0.0)))
                    .with_child(kit.text(Role::Body, words.lang, name, palette.ink));
                line.spawn(kit.line(Role::Body, words.lang, change, palette.ink2));
                line.spawn(kit.line(Role::Strong, words.lang, value, palette.ink));
            });
    }
    note(card, kit, words, "warning.pressures.note");
}

/// In a planning month: by which yardstick the list was drawn up, who is on it and who helps; and
/// what became of those on the last one, beside those that had looked alike.
pub(super) fn assessment(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
) {
    let planning = view.tempo(view.turn()) == Tempo::Planning && view.turn() > 1;
    if !planning || !view.has_yardstick() {
        return;
    }
    title(card, kit, words, words.say("assessment.title"));
    let found = view.pages().last().map_or(&[][..], |page| &page.found[..]);
    for finding in found {
        let Finding::Compared {
            listed,
            change,
            alike,
        } = finding
        else {
            continue;
        };
        let text = words.get(
            "assessment.compared",
            &[
                ("place", words.precinct(*listed)),
                ("change", &signed(*change)),
                ("alike", &signed(*alike)),
            ],
        );
        fact(card, kit, words, "scale", text);
    }
    let Some(listed) = view.listed() else {
        fact(card, kit, words, "vote", words.say("assessment.none"));
        return;
    };
    let names = |places: &[PrecinctIx]| {
        let names: Vec<&str> = places.iter().map(|place| words.precinct(*place)).collect();
        names.join(&words.say("list.comma"))
    };
    let by = words.setting(&Id::from("yardstick"), &listed.by);
    let parts = [
        ("vote", "assessment.by", by),
        ("flag", "assessment.list", names(&listed.list)),
        ("eye", "assessment.alike", names(&listed.alike)),
        ("hand", "assessment.helper", names(&listed.helpers)),
    ];
    for (icon, key, text) in parts {
        if !text.is_empty() {
            fact(card, kit, words, icon, words.with(key, "what", &text));
        }
    }
}
