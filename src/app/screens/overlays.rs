//! What lies over a screen until it is closed: menu, settings, the report of a crash, and the frame
//! of those that have a file of their own.

#[cfg(not(target_family = "wasm"))]
use super::open;
use super::{archive, glossary, goals, history, keys, model, root, slips, workshop};
use crate::app::semantics::{Cover, Heading, Semantics};
use crate::app::shell::settings::{Look, TEXT_SIZES};
use crate::app::table::{Act, Overlay, Setting, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::Words;
use crate::text::Lang;
use bevy::prelude::*;

/// The lowest window that has room for every entry of the menu, at the size that fingers need.
const MENU: f32 = 780.0;

pub(super) fn draw(mut commands: Commands, mut kit: Kit, table: Res<Table>) {
    let Some(overlay) = table.overlay else {
        return;
    };
    let words = table.words();
    let palette = kit.palette().clone();
    let window = kit.window();
    let (title, width) = match overlay {
        Overlay::Menu => ("menu.title", 380.0),
        Overlay::Settings => ("menu.settings", 620.0),
        Overlay::Keys => ("menu.keys", 760.0),
        Overlay::Model => ("menu.model", 1040.0),
        Overlay::Glossary => ("menu.glossary", 860.0),
        Overlay::History => ("menu.history", 820.0),
        Overlay::Consent => ("consent.title", 640.0),
        Overlay::Report => ("title.report", 860.0),
        #[cfg(not(target_family = "wasm"))]
        Overlay::Open => ("open.title", 760.0),
        Overlay::Goals => ("menu.goals", 640.0),
        Overlay::Slips => ("slips.title", slips::WIDTH),
        Overlay::Archive => ("archive.title", 860.0),
        Overlay::Again => ("again.title", 760.0),
        Overlay::Workshop => ("workshop.title", 860.0),
    };
    let margin = if kit.narrow() { 6.0 } else { 32.0 };
    let width = f32::min(width, window.x - 2.0 * margin);
    commands
        .spawn((root("Over the screen"), ZIndex(40)))
        .with_children(|root| {
            let veil = Node {
                position_type: PositionType::Absolute,
                width: Val::Percent(100.0),
                height: Val::Percent(100.0),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                padding: UiRect::all(Val::Px(margin)),
                ..default()
            };
            let shade = BackgroundColor(palette.veil.with_alpha(0.4));
            root.spawn((Name::new("Veil"), Cover, veil, shade))
                .with_children(|middle| {
                    // The menu is as tall as its entries, where they fit.
                    let low = kit.compact() || window.y < MENU;
                    let fixed = !matches!(overlay, Overlay::Menu) || low;
                    let most = window.y - 2.0 * margin;
                    let sheet = Node {
                        width: Val::Px(width),
                        height: if fixed || kit.narrow() {
                            Val::Px(most.min(match overlay {
                                Overlay::Settings => 560.0,
                                Overlay::Consent => 380.0,
                                _ => 700.0,
                            }))
                        } else {
                            Val::Auto
                        },
                        ..default()
                    };
                    middle
                        .spawn(kit.title_card("Sheet", sheet))
                        .with_children(|card| {
                            let pad = if kit.narrow() { 12.0 } else { 22.0 };
                            let inner = Node {
                                padding: UiRect::all(Val::Px(pad)),
                                min_width: Val::Px(0.0),
                                min_height: Val::Px(0.0),
                                ..column(12.0)
                            };
                            card.spawn(kit.inner(inner)).with_children(|card| {
                                head(card, &mut kit, &words, title);
                                if fixed || kit.narrow() {
                                    let grow = Node {
                                        flex_grow: 1.0,
                                        ..column(0.0)
                                    };
                                    let part = kit.scrolled("overlay", grow);
                                    part.fill(card, 12.0, |page| {
                                        fill(page, &mut kit, &words, &table, overlay);
                                    });
                                } else {
                                    fill(card, &mut kit, &words, &table, overlay);
                                }
                            });
                        });
                });
        });
}

fn head(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, title: &str) {
    let ink = kit.palette().ink;
    let line = Node {
        flex_shrink: 0.0,
        ..row(12.0)
    };
    card.spawn((Name::new("Head"), line)).with_children(|line| {
        let grow = filling(0.0);
        let text = kit.text(Role::Title, words.lang, words.say(title), ink);
        line.spawn((Name::new("Title"), grow))
            .with_child((text, Heading));
        let means = Semantics::button("close", words.say("menu.close"), Act::Close);
        kit.square(line, "cross", 40.0, means);
    });
}

fn fill(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    overlay: Overlay,
) {
    match overlay {
        Overlay::Menu => menu(page, kit, words, table),
        Overlay::Settings => settings(page, kit, words),
        Overlay::Keys => keys::page(page, kit, words, table),
        Overlay::Model => model::page(page, kit, words, table),
        Overlay::Glossary => glossary::page(page, kit, words, table),
        Overlay::History => history::page(page, kit, words, table),
        Overlay::Consent => history::consent(page, kit, words, table),
        Overlay::Report => report(page, kit, words, table),
        #[cfg(not(target_family = "wasm"))]
        Overlay::Open => open::page(page, kit, words, table),
        Overlay::Goals => goals::page(page, kit, words, table),
        Overlay::Slips => slips::page(page, kit, words, table),
        Overlay::Archive => archive::page(page, kit, words, table),
        Overlay::Again => archive::again(page, kit, words, table),
        Overlay::Workshop => workshop::page(page, kit, words, table),
    }
}

fn menu(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let lang = words.lang;
    let mut entries = vec![
        (
            "play",
            Semantics::button("menu:on", words.say("menu.on"), Act::Close),
        ),
        (
            "globe",
            Semantics::button("menu:language", words.say("language.other"), Act::Language),
        ),
        (
            "gear",
            Semantics::button(
                "menu:settings",
                words.say("menu.settings"),
                Act::Show(Overlay::Settings),
            ),
        ),
        (
            "key",
            Semantics::button(
                "menu:keys",
                words.say("menu.keys"),
                Act::Show(Overlay::Keys),
            ),
        ),
        (
            "book",
            Semantics::button(
                "menu:model",
                words.say("menu.model"),
                Act::Show(Overlay::Model),
            ),
        ),
        (
            "note",
            Semantics::button(
                "menu:glossary",
                words.say("menu.glossary"),
                Act::Show(Overlay::Glossary),
            ),
        ),
    ];
    if table.session.is_some() {
        let act = Act::Show(Overlay::History);
        let means = Semantics::button("menu:history", words.say("menu.history"), act);
        entries.push(("clock", means));
        let act = Act::Show(Overlay::Goals);
        let means = Semantics::button("menu:goals", words.say("menu.goals"), act);
        entries.insert(1, ("flag", means));
        let means = Semantics::button("menu:home", words.say("menu.home"), Act::Home);
        entries.push(("home", means));
        if table.has_workshop_notes() {
            let act = Act::Show(Overlay::Workshop);
            let means = Semantics::button("menu:workshop", words.say("menu.workshop"), act);
            entries.push(("team", means));
        }
    }
    for (icon, means) in entries {
        kit.worded(page, lang, icon, means);
    }
    if table.session.is_some() {
        let ink = kit.palette().ink2;
        let note = words.say("menu.kept");
        page.spawn(kit.text(Role::Label, lang, note, ink));
    }
}

fn settings(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let lang = words.lang;
    let now = kit.settings().clone();
    let choice = |id: String, label: String, on: bool, setting: Setting| {
        Semantics::choice(id, label, on, Act::Set(setting))
    };
    let looks = Look::ALL.map(|look| {
        let label = words.say(&format!("settings.look.{}", look.id()));
        let id = format!("look:{}", look.id());
        choice(id, label, now.look == look, Setting::Look(look))
    });
    group(page, kit, words, "settings.look", looks.to_vec());
    let langs = Lang::ALL.map(|other| {
        let id = format!("lang:{other}");
        choice(
            id,
            other.name().to_owned(),
            lang == other,
            Setting::Lang(other),
        )
    });
    group(page, kit, words, "settings.language", langs.to_vec());
    let sizes = TEXT_SIZES.map(|size| {
        let id = format!("text:{size}");
        choice(
            id,
            format!("{size}%"),
            now.text_size == size,
            Setting::Text(size),
        )
    });
    group(page, kit, words, "settings.text", sizes.to_vec());
    let two = |name: &str, on: bool, make: fn(bool) -> Setting| {
        [true, false]
            .map(|to| {
                let word = if to { "on" } else { "off" };
                let label = words.say(&format!("settings.{word}"));
                choice(format!("{name}:{word}"), label, on == to, make(to))
            })
            .to_vec()
    };
    let motion = two("motion", now.motion, Setting::Motion);
    group(page, kit, words, "settings.motion", motion);
    let touch = two("touch", now.touch, Setting::Touch);
    group(page, kit, words, "settings.touch", touch);
    let hints = two("hints", now.hints, Setting::Hints);
    group(page, kit, words, "settings.hints", hints);
}

fn group(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    key: &str,
    choices: Vec<Semantics>,
) {
    let palette = kit.palette().clone();
    let name = words.say(key);
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..column(6.0)
    };
    let means = Semantics::group(key, name.as_str());
    page.spawn((Name::new("Group"), node, means))
        .with_children(|group| {
            group.spawn(kit.text(Role::Strong, words.lang, name, palette.ink));
            kit.choices(group, words.lang, choices);
        });
}

fn report(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let Some(report) = &table.storage.report else {
        return;
    };
    let palette = kit.palette().clone();
    let lang = words.lang;
    let about = words.with("report.about", "path", &report.path.display().to_string());
    page.spawn(kit.text(Role::Body, lang, about, palette.ink));
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..row(8.0)
    };
    page.spawn((Name::new("Answers"), node))
        .with_children(|line| {
            let means = Semantics::button("report:done", words.say("report.done"), Act::Dismiss);
            kit.worded(line, lang, "tick", means);
        });
    // A backtrace of hundreds of lines is for developers; the beginning shows that no name is in it.
    let text: Vec<String> = report.text().lines().take(60).map(str::to_owned).collect();
    page.spawn(kit.text(Role::Label, lang, text.join("\n"), palette.ink2));
}
