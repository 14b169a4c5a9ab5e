//! What also counts, beside the three figures of a turn: how it moved, and what moved it.

use crate::app::semantics::{Heading, Semantics};
use crate::app::table::Table;
use crate::app::theme::Role;
use crate::app::widgets::{Kit, cell, column, filling, row};
use crate::app::words::{Words, capital, signed, tenths};
use crate::rules::ledger::Cause;
use crate::rules::scoring::IndexChange;
use crate::rules::units::{Amount, Micro};
use crate::rules::world::Measure;
use crate::rules::{Index, Rule, View};
use bevy::prelude::*;

/// So many causes of a change are named.
const NAMED: usize = 2;

/// The indices that count in this game, or by the mandate of the desk in hand, and that no figure or
/// count of the page shows.
fn counted(table: &Table, view: &View) -> Vec<Index> {
    [Index::Equity, Index::Rights, Index::Stewardship]
        .into_iter()
        .filter(|index| counts(table, view, *index))
        .collect()
}

/// Whether an objective, or the mandate of the desk in hand, is about an index.
pub(super) fn counts(table: &Table, view: &View, index: Index) -> bool {
    let objectives = table.scenario.world.objectives.iter();
    let mandate = view.mandate().map(|mandate| mandate.goal.measure);
    let mut measures = objectives.map(|it| it.goal.measure).chain(mandate);
    measures.any(|measure| measure == Measure::Index(index))
}

/// One line an index: the published figure, its change, and what did it.
pub(super) fn card(
    left: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let indices = counted(table, view);
    if indices.is_empty() {
        return;
    }
    let (lang, palette) = (words.lang, kit.palette().clone());
    let pad = if kit.compact() { 5.0 } else { 8.0 };
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::axes(Val::Px(14.0), Val::Px(pad)),
        ..column(if kit.compact() { 1.0 } else { 3.0 })
    };
    left.spawn(kit.card("What also counts", node))
        .with_children(|card| {
            let title = words.say("beside.title");
            card.spawn((kit.text(Role::Strong, lang, title, palette.ink), Heading));
            for index in indices {
                if let Some(moved) = view.moved(index) {
                    line(card, kit, words, table, index, &moved);
                }
            }
        });
}

fn line(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    index: Index,
    moved: &IndexChange,
) {
    let (lang, palette) = (words.lang, kit.palette().clone());
    // As the two figures are shown, so that none stands beside a change that it does not have.
    let tenth = |points: Micro| (points.to_f64() * 10.0).round() / 10.0;
    let by = tenth(moved.now) - tenth(moved.before);
    let (now, change) = (tenths(moved.now.to_f64()), signed(by));
    let named = moved.causes.iter().take(NAMED).map(|(cause, points)| {
        let cause = cause_of(words, table, index, cause);
        let slots = [("cause", &*cause), ("points", &*signed(*points))];
        words.get("beside.cause", &slots)
    });
    let why = named.collect::<Vec<_>>().join(&words.say("beside.and"));
    let mut told = vec![now.as_str(), change.as_str()];
    told.extend(Some(why.as_str()).filter(|why| !why.is_empty()));
    let told = told.join(&words.say("list.stop"));
    let id = format!("beside:{}", index.id());
    let means = Semantics::figure(id, words.index(index), told);
    let node = Node {
        align_items: AlignItems::FlexStart,
        ..row(8.0)
    };
    let ink = match by {
        by if by >= 0.05 => palette.pos,
        by if by <= -0.05 => palette.neg,
        _ => palette.ink2,
    };
    card.spawn((Name::new("Index"), node, means))
        .with_children(|line| {
            let name = Node {
                width: Val::Px(96.0),
                flex_shrink: 0.0,
                ..column(0.0)
            };
            let label = kit.line(Role::Label, lang, words.index(index), palette.ink);
            line.spawn((Name::new("Name"), name)).with_child(label);
            for (text, ink) in [(now, palette.ink), (change, ink)] {
                line.spawn((Name::new("Points"), cell(42.0)))
                    .with_child(kit.line(Role::Plate, lang, text, ink));
            }
            line.spawn((Name::new("Why"), filling(0.0)))
                .with_child(kit.text(Role::Label, lang, why, palette.ink2));
        });
}

/// What moved a published index, in words.
fn cause_of(words: &Words, table: &Table, index: Index, cause: &Cause) -> String {
    match (index, cause.rule, cause.place) {
        // Not what happened there: what came on record.
        (Index::Equity, Rule::Victimisation, Some(place)) => {
            words.with("beside.harmed", "place", words.precinct(place))
        }
        _ => source(words, table, cause),
    }
}

/// What did something, in words: the card or the setting it came by, or else the rule.
pub(super) fn source(words: &Words, table: &Table, cause: &Cause) -> String {
    if let Some(inject) = cause.inject {
        return words.with("beside.card", "title", &words.card_title(inject));
    }
    match cause.instrument {
        Some(at) => words.instrument_label(&table.scenario.world.instruments[at.at()].id),
        None => capital(&words.rule(cause.rule)),
    }
}
