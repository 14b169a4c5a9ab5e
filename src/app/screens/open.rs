//! What can be opened: games that are kept, exercises that lie in the folders, a path that was
//! copied.

use crate::app::semantics::Semantics;
use crate::app::table::{Act, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::Words;
use crate::session::folders::SavedGame;
use bevy::prelude::*;
use std::path::Path;
use std::time::{Duration, SystemTime};

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let ink = kit.palette().ink2;
    let about = words.say("open.about");
    page.spawn(kit.text(Role::Body, words.lang, about, ink));
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..row(8.0)
    };
    page.spawn((Name::new("Paste"), node))
        .with_children(|line| {
            let means = Semantics::button("paste", words.say("open.paste"), Act::Paste);
            kit.worded(line, words.lang, "note", means);
        });
    let found = &table.found;
    head(page, kit, words, "open.games", &found.logs);
    list(page, |list| {
        for (at, game) in found.games.iter().enumerate() {
            let known = table.shelf.find(&game.scenario, game.rules_hash);
            let title = known.map_or_else(
                || game.scenario.to_string(),
                |scenario| scenario.meta.title.in_lang(words.lang).to_owned(),
            );
            let value = stand(words, game);
            let means = Semantics::button(
                format!("game:{at}"),
                title.as_str(),
                Act::OpenFile(game.path.clone()),
            );
            let name = file_name(&game.path);
            entry(list, kit, words, "undo", means.with_value(value), &name);
        }
    });
    if found.games.is_empty() {
        page.spawn(kit.text(Role::Body, words.lang, words.say("open.no-games"), ink));
    }
    head(page, kit, words, "open.exercises", &found.scenarios);
    list(page, |list| {
        for (at, path) in found.exercises.iter().enumerate() {
            let act = Act::OpenFile(path.clone());
            let name = file_name(path);
            // The folder the program was started in is known to nobody as a dot.
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            let folder = path.parent().unwrap_or(Path::new("."));
            let means = Semantics::button(format!("file:{at}"), name, act)
                .with_value(folder.display().to_string());
            entry(list, kit, words, "flag", means, "");
        }
    });
    if found.exercises.is_empty() {
        let none = words.say("open.no-exercises");
        page.spawn(kit.text(Role::Body, words.lang, none, ink));
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A heading, and the folder that the things below it lie in.
fn head(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, key: &str, folder: &Path) {
    let palette = kit.palette().clone();
    let node = Node {
        flex_shrink: 0.0,
        margin: UiRect::top(Val::Px(6.0)),
        ..column(2.0)
    };
    page.spawn((Name::new("Head"), node)).with_children(|head| {
        head.spawn(kit.text(Role::Card, words.lang, words.say(key), palette.ink));
        let folder = folder.display().to_string();
        head.spawn(kit.text(Role::Label, words.lang, folder, palette.ink2));
    });
}

fn list(page: &mut ChildSpawnerCommands, fill: impl FnOnce(&mut ChildSpawnerCommands)) {
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..column(6.0)
    };
    page.spawn((Name::new("List"), node)).with_children(fill);
}

fn entry(
    list: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    icon: &str,
    means: Semantics,
    file: &str,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let node = Node {
        min_height: Val::Px(kit.side(48.0)),
        padding: UiRect::axes(Val::Px(12.0), Val::Px(4.0)),
        column_gap: Val::Px(12.0),
        flex_shrink: 0.0,
        ..default()
    };
    let (label, value) = (means.label.clone(), means.value.clone());
    list.spawn(kit.button(means, node)).with_children(|button| {
        button.spawn(kit.icon(icon, 20.0, palette.ink));
        button
            .spawn((Name::new("Label"), filling(0.0)))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Strong, lang, label, palette.ink));
                lines.spawn(kit.text(Role::Label, lang, value, palette.ink2));
            });
        if !file.is_empty() && !kit.narrow() {
            button.spawn(kit.line(Role::Label, lang, file, palette.ink2));
        }
    });
}

/// How far a game is, and when it was last played.
fn stand(words: &Words, game: &SavedGame) -> String {
    let turn = if game.over {
        words.say("open.over")
    } else {
        let (turn, of) = (game.turn.to_string(), game.of.to_string());
        words.get("turn.turn", &[("turn", &turn), ("of", &of)])
    };
    let played = when(words, game.saved, SystemTime::now());
    format!("{turn}{}{played}", words.say("list.then"))
}

/// A moment as people say it: so long ago, and after two days the day.
fn when(words: &Words, moment: SystemTime, now: SystemTime) -> String {
    const HOUR: u64 = 60 * 60;
    let ago = now.duration_since(moment).unwrap_or(Duration::ZERO);
    match ago.as_secs() {
        0..60 => words.say("open.now"),
        seconds @ 60..HOUR => words.with("open.minutes", "count", &(seconds / 60).to_string()),
        seconds if seconds < 48 * HOUR => {
            words.with("open.hours", "count", &(seconds / HOUR).to_string())
        }
        _ => time::OffsetDateTime::from(moment).date().to_string(),
    }
}
