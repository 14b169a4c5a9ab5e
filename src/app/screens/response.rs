//! Response: the turn plays. Place by place the map shows what came on record, with the same told
//! in words beside it. Any press shows the rest at once.

use super::chrome::{Offers, reading_tray_with, top_bar};
use super::place::{annotations, plate_with};
use super::root;
use super::warning::{figure_spot, map_frame, sheet_place};
use crate::app::map::MapView;
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Screen, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::Words;
use crate::rules::View;
use crate::rules::id::{FamilyIx, PrecinctIx};
use bevy::prelude::*;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let Some(view) = table.view() else {
        return;
    };
    let words = table.words();
    let narrow = kit.narrow();
    let places = view.world().precincts.len();
    let shown = table.told.map_or(places, |told| told.lines);
    map.chosen = shown.checked_sub(1).filter(|_| shown < places);
    map.focus = None;
    map.frame = map
        .board
        .as_ref()
        .filter(|_| !narrow)
        .map(|board| map_frame(&kit, board));
    commands.spawn(root("Response")).with_children(|root| {
        if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
            let screen = Screen::Response;
            annotations(root, &mut kit, &words, &table, &view, board, frame, screen);
            for at in 0..shown {
                let spot = figure_spot(board, frame, at);
                let count = count(&view, at).to_string();
                let latest = at + 1 == shown && shown < places;
                let world = view.world();
                let name = words.precinct(PrecinctIx::from_position(at));
                let means = Semantics::figure(
                    format!("all:{}", world.precincts[at].id),
                    name,
                    words.with("response.all", "count", &count),
                );
                plate_with(root, &mut kit, &words, spot, &count, means, latest);
            }
        }
        let node = sheet_place(&kit);
        root.spawn((Name::new("Beside the map"), node))
            .with_children(|side| log(side, &mut kit, &words, &table, &view, shown));
        let turn = view.pages().last().map_or(1, |page| page.turn);
        let offers = Offers { turn, ..default() };
        top_bar(root, &mut kit, &words, &table, offers);
        let onward = if table.told.is_some() {
            Semantics::button("onward", words.say("response.skip"), Act::Skip)
        } else {
            Semantics::button("onward", words.say("response.onward"), Act::ToFeedback)
        };
        let sentence = words.say("feedback.records");
        reading_tray_with(root, &mut kit, &words, &sentence, onward);
    });
}

/// Everything on record in a precinct in the turn just played.
fn count(view: &View, place: usize) -> u32 {
    let place = PrecinctIx::from_position(place);
    let world = view.world();
    let families = (0..world.families.len()).map(FamilyIx::from_position);
    let page = view.pages().last();
    families
        .map(|family| page.map_or(0, |page| page.recorded[world.cell(place, family)]))
        .sum()
}

fn log(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    shown: usize,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let pad = if kit.compact() { 14.0 } else { 20.0 };
    let sheet = Node {
        flex_grow: 1.0,
        padding: UiRect::all(Val::Px(pad)),
        min_height: Val::Px(0.0),
        min_width: Val::Px(0.0),
        ..column(8.0)
    };
    side.spawn(kit.card("Log", sheet)).with_children(|card| {
        let title = words.say(&format!("response.title.{}", words.turn_unit()));
        card.spawn((kit.text(Role::Panel, lang, title, palette.ink), Heading));
        let grow = Node {
            flex_grow: 1.0,
            ..column(0.0)
        };
        let part = kit.scrolled("response", grow);
        part.fill(card, 9.0, |lines| {
            for at in 0..shown {
                let place = PrecinctIx::from_position(at);
                line(lines, kit, words, table, view, place);
            }
        });
    });
}

/// One precinct: its name, and what came on record there.
fn line(
    lines: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    place: PrecinctIx,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let world = view.world();
    let Some(page) = view.pages().last() else {
        return;
    };
    let told: Vec<String> = (0..world.families.len())
        .map(FamilyIx::from_position)
        .map(|family| (family, page.recorded[world.cell(place, family)]))
        .filter(|(_, count)| *count > 0)
        .map(|(family, count)| {
            words.get(
                "response.count",
                &[
                    ("family", &words.family_label(family)),
                    ("count", &count.to_string()),
                ],
            )
        })
        .collect();
    let told = if told.is_empty() {
        words.say("response.nothing")
    } else {
        told.join(&words.say("list.comma"))
    };
    let stood = page
        .posts
        .iter()
        .any(|post| post.at.is_some_and(|(at, _)| at == place));
    let id = &table.scenario.world.precincts[place.at()].id;
    let name = words.precinct(place);
    let means = Semantics::figure(format!("recorded:{id}"), name, told.as_str());
    let node = Node {
        align_items: AlignItems::FlexStart,
        flex_shrink: 0.0,
        ..row(10.0)
    };
    lines
        .spawn((Name::new("Place"), node, means))
        .with_children(|line| {
            let icon = if stood { "team" } else { "table" };
            line.spawn(kit.icon(icon, 20.0, palette.ink2));
            let grow = filling(0.0);
            line.spawn((Name::new("Words"), grow))
                .with_children(|lines| {
                    lines.spawn(kit.text(Role::Strong, lang, name, palette.ink));
                    lines.spawn(kit.text(Role::Body, lang, told, palette.ink2));
                });
        });
}
