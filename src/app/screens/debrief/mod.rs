//! The debrief: page after page of what was so. No page says right or wrong.

mod chart;
mod counted;
mod decisions;
mod handover;
mod ledger;
mod notes;
mod truth;

use super::chrome::{language, reading_area, reading_tray_with};
use super::root;
use super::why::chip;
use crate::app::map::MapView;
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, DebriefPage, Overlay, Reading, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, cell, column, filling, row};
use crate::app::words::{Words, whole};
use crate::rules::state::Debrief;
use bevy::prelude::*;

/// The height of the head.
const HEAD: f32 = 58.0;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let Some(debrief) = table.state().and_then(|state| state.debrief()) else {
        return;
    };
    map.frame = None;
    let words = table.words();
    let reading = table.reading;
    commands.spawn(root("Debrief")).with_children(|root| {
        let area = reading_area(&kit, HEAD + strip_height(&kit));
        head(root, &mut kit, &words, area.left);
        strip(root, &mut kit, &words, &table, area.left);
        root.spawn((Name::new("Reading area"), area))
            .with_children(|area| {
                let page = Page {
                    table: &table,
                    words: &words,
                    debrief: &debrief,
                };
                page.draw(area, &mut kit, reading);
            });
        let onward = match table.opened.page_after(reading.page) {
            Some(page) => {
                let next = words.say(&format!("debrief.page.{}", page.id()));
                let label = words.with("debrief.next", "page", &next);
                Semantics::button("debrief:onward", label, Act::Read(turned(reading, page)))
            }
            None => Semantics::button("home-end", words.say("debrief.done"), Act::Home),
        };
        let sentence = words.say(&format!("debrief.about.{}", reading.page.id()));
        reading_tray_with(root, &mut kit, &words, &sentence, onward);
    });
}

/// The same reading at another page.
fn turned(reading: Reading, page: DebriefPage) -> Reading {
    Reading { page, ..reading }
}

/// What a page is written from.
struct Page<'a> {
    table: &'a Table,
    words: &'a Words,
    debrief: &'a Debrief<'a>,
}

impl Page<'_> {
    fn draw(&self, area: &mut ChildSpawnerCommands, kit: &mut Kit, reading: Reading) {
        type Half = fn(&Page, &mut ChildSpawnerCommands, &mut Kit);
        // Each page's parts scroll by themselves, and each is where it was when one comes back.
        let (halves, names): ([Half; 2], _) = match reading.page {
            DebriefPage::Truth => ([truth::record, truth::beside], ["truth", "truth-2"]),
            DebriefPage::Counted => (
                [counted::objectives, counted::figures],
                ["counted", "counted-2"],
            ),
            DebriefPage::Ledger => ([ledger::book, ledger::city], ["ledger", "ledger-2"]),
            DebriefPage::Decisions => (
                [decisions::orders, decisions::behind_the_cards],
                ["decisions", "decisions-2"],
            ),
            DebriefPage::Notes => ([notes::notes, notes::said], ["told-notes", "told-notes-2"]),
            DebriefPage::Handover => (
                [handover::figures, handover::left],
                ["handover", "handover-2"],
            ),
        };
        let gap = if kit.compact() { 8.0 } else { 12.0 };
        let narrow = kit.narrow();
        let shares = [SHARE, 1.0 - SHARE];
        let side = |share: f32| Node {
            width: if narrow {
                Val::Auto
            } else {
                Val::Percent(share * 100.0)
            },
            flex_grow: if narrow { 1.0 } else { 0.0 },
            min_width: Val::Px(0.0),
            ..column(0.0)
        };
        if narrow {
            let part = kit.scrolled(names[0], side(1.0));
            part.fill(area, gap, |page| {
                // The strip has numbers alone here.
                let key = format!("debrief.page.{}", reading.page.id());
                let ink = kit.palette().ink;
                let name = kit.text(Role::Panel, self.words.lang, self.words.say(&key), ink);
                page.spawn((name, Heading));
                for half in halves {
                    half(self, page, kit);
                }
            });
            return;
        }
        for ((half, share), name) in halves.into_iter().zip(shares).zip(names) {
            let part = kit.scrolled(name, side(share));
            part.fill(area, gap, |page| half(self, page, kit));
        }
    }
}

/// The share of the width that the first half of a page takes.
const SHARE: f32 = 0.56;

fn head(root: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, margin: Val) {
    let palette = kit.palette().clone();
    let narrow = kit.narrow();
    let node = Node {
        position_type: PositionType::Absolute,
        left: margin,
        right: margin,
        top: Val::Px(8.0),
        height: Val::Px(48.0),
        // As wide as what lies below, which leaves room for the mark of a scrolled part.
        padding: UiRect::right(Val::Px(8.0)),
        ..row(if narrow { 6.0 } else { 14.0 })
    };
    root.spawn((Name::new("Head"), node)).with_children(|head| {
        let means = Semantics::button("menu", words.say("bar.menu"), Act::Show(Overlay::Menu));
        kit.square(head, "menu", 40.0, means);
        let title = words.with("debrief.title", "scenario", &words.title());
        let grow = filling(0.0);
        let role = if narrow { Role::Strong } else { Role::Display };
        let text = kit.text(role, words.lang, title, palette.ink);
        head.spawn((Name::new("Title"), grow))
            .with_child((text, Heading));
        if !narrow {
            chip(head, kit, words, "eye", "debrief.true-shown");
        }
        language(head, kit, words);
    });
}

/// The height of the strip of pages.
fn strip_height(kit: &Kit) -> f32 {
    kit.side(38.0)
}

/// The pages as steps on a line; the one that lies open is filled.
fn strip(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    margin: Val,
) {
    let (reading, pages) = (table.reading, &table.opened.pages);
    let palette = kit.palette().clone();
    let (lang, narrow, compact) = (words.lang, kit.narrow(), kit.compact());
    let high = strip_height(kit);
    let open = pages.iter().position(|it| *it == reading.page);
    let node = Node {
        position_type: PositionType::Absolute,
        left: margin,
        right: margin,
        top: Val::Px(HEAD),
        height: Val::Px(high),
        padding: UiRect::right(Val::Px(8.0)),
        justify_content: JustifyContent::SpaceBetween,
        ..row(if compact { 2.0 } else { 6.0 })
    };
    root.spawn((Name::new("Pages"), node))
        .with_children(|line| {
            for (at, page) in pages.iter().copied().enumerate() {
                let on = Some(at) == open;
                if at > 0 {
                    let rail = Node {
                        height: Val::Px(3.0),
                        flex_grow: 1.0,
                        min_width: Val::Px(2.0),
                        ..default()
                    };
                    let been = open.is_some_and(|open| at <= open);
                    let ink = if been { palette.btn } else { palette.line2 };
                    line.spawn((Name::new("Rail"), rail, BackgroundColor(ink)));
                }
                let label = words.say(&format!("debrief.page.{}", page.id()));
                let means = Semantics::choice(
                    format!("debrief:{}", page.id()),
                    label.as_str(),
                    on,
                    Act::Read(turned(reading, page)),
                );
                let pad = if narrow { 3.0 } else { 8.0 };
                let node = Node {
                    height: Val::Px(high),
                    min_width: Val::Px(high.min(36.0)),
                    justify_content: JustifyContent::Center,
                    padding: UiRect::horizontal(Val::Px(pad)),
                    column_gap: Val::Px(6.0),
                    flex_shrink: 0.0,
                    ..Node::default()
                };
                let mut button = line.spawn(kit.button(means, node));
                let (ink, ground) = if on {
                    (palette.onbtn, palette.btn)
                } else {
                    (palette.ink, palette.card)
                };
                button.insert(BackgroundColor(ground));
                button.with_children(|button| {
                    let size = if compact { 20.0 } else { 24.0 };
                    let medal = Node {
                        width: Val::Px(size),
                        height: Val::Px(size),
                        border: UiRect::all(Val::Px(1.5)),
                        border_radius: BorderRadius::all(Val::Px(size / 2.0)),
                        align_items: AlignItems::Center,
                        justify_content: JustifyContent::Center,
                        flex_shrink: 0.0,
                        ..default()
                    };
                    button
                        .spawn((Name::new("Number"), medal, BorderColor::all(ink)))
                        .with_child(kit.line(Role::Label, lang, (at + 1).to_string(), ink));
                    if !narrow {
                        let role = match (on, compact) {
                            (_, true) => Role::Label,
                            (true, false) => Role::Strong,
                            (false, false) => Role::Plate,
                        };
                        button.spawn(kit.line(role, lang, label, ink));
                    }
                });
            }
        });
}

fn sheet(kit: &Kit, name: &str, grow: f32) -> impl Bundle + use<> {
    let compact = kit.compact();
    let pad = if compact { (12.0, 7.0) } else { (18.0, 12.0) };
    kit.card(
        name,
        Node {
            padding: UiRect::axes(Val::Px(pad.0), Val::Px(pad.1)),
            flex_grow: grow,
            flex_shrink: 0.0,
            ..column(if compact { 3.0 } else { 6.0 })
        },
    )
}

/// The title of a card.
fn titled(card: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, key: &str) {
    let ink = kit.palette().ink;
    card.spawn((
        kit.text(Role::Panel, words.lang, words.say(key), ink),
        Heading,
    ));
}

/// A sentence in small letters.
fn says(card: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, text: impl Into<String>) {
    let ink = kit.palette().ink2;
    card.spawn(kit.text(Role::Label, words.lang, text, ink));
}

/// A name, and figures in columns at the right.
fn line_of_figures(
    card: &mut ChildSpawnerCommands,
    kit: &Kit,
    words: &Words,
    means: Semantics,
    wide: f32,
    figures: &[(String, Color)],
) {
    let lang = words.lang;
    let ink = kit.palette().ink;
    let name = kit.text(Role::Body, lang, means.label.as_str(), ink);
    card.spawn((Name::new("Figures"), row(8.0), means))
        .with_children(|line| {
            line.spawn((Name::new("Name"), filling(0.0)))
                .with_child(name);
            for (text, ink) in figures {
                line.spawn((Name::new("Figure"), cell(wide)))
                    .with_child(kit.line(Role::Strong, lang, text, *ink));
            }
        });
}

/// A share in hundred parts.
fn hundredths(share: f64) -> String {
    whole(share * 100.0)
}
