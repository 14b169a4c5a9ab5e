//! Layers over the map: the button, the list, the panel that says what is shown, and the figures.

use super::chrome::bar_height;
use super::command::column_width;
use super::inspector::beside_map;
use super::layer_sheet::{Sheet, sheet};
use super::marks::{self, Space};
use super::place::{middle_of, width_of};
use super::tray::tray_height;
use crate::app::map::{Board, Frame, Layer, LayerPaint, MapView, Pattern, Reach};
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, MapLayer, Table};
use crate::app::theme::{Canvas, Palette, Role};
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::Words;
use crate::rules::View;
use crate::rules::id::PrecinctIx;
use bevy::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;

/// Sides of the picture that shows a pattern.
const SWATCH: Vec2 = Vec2::new(46.0, 24.0);

/// What a layer shows on the map, and its panel.
pub(super) struct Shown {
    layer: MapLayer,
    sheet: Sheet,
}

impl Shown {
    /// The layer that lies on the map, if one does.
    fn of(
        table: &Table,
        words: &Words,
        view: &View,
        board: &Board,
        before: Option<&Arc<Reach>>,
    ) -> Option<Self> {
        let layer = table.layer()?;
        let sheet = sheet(layer, table, words, view, board, before);
        Some(Self { layer, sheet })
    }

    /// The layer that lies on the map, if one does, laid there with the travel times it has worked out.
    pub fn laid(table: &Table, words: &Words, view: &View, map: &mut MapView) -> Option<Self> {
        let board = map.board.as_ref()?;
        let shown = Self::of(table, words, view, board, map.reach.as_ref());
        map.layer = shown.as_ref().map(Self::drawing);
        if let Some(reach) = map.layer.as_ref().and_then(|layer| layer.reach.clone()) {
            map.reach = Some(reach);
        }
        shown
    }

    /// What is drawn.
    fn drawing(&self) -> Layer {
        Layer {
            paint: self.sheet.paint,
            places: self.sheet.places.iter().map(|it| it.pattern).collect(),
            reach: self.sheet.reach.clone(),
        }
    }

    /// Whether key sites belong to it.
    pub fn with_sites(&self) -> bool {
        self.layer == MapLayer::Rings
    }
}

/// The box of the button, which keeps its place free on the map.
fn button_box(kit: &Kit, name: &str) -> Rect {
    let high = kit.side(40.0);
    let caps: f32 = (kit.settings().keys.caps("overlay").iter())
        .map(|cap| width_of(cap).max(11.0) + 16.0)
        .sum();
    let wide = if kit.narrow() {
        high
    } else {
        width_of(name) * 1.1 + caps + 62.0
    };
    let right = kit.window().x - column_width(kit) - 6.0;
    let top = bar_height(kit) + 8.0;
    Rect::new(right - wide, top, right, top + high)
}

/// What the button says: the layer on the map, or the plan.
fn name_of(words: &Words, table: &Table) -> String {
    let layer = table.layer().map_or("plan", MapLayer::id);
    words.say(&format!("layer.{layer}"))
}

/// Where the button lies, if there is one.
pub(super) fn button_place(kit: &Kit, words: &Words, table: &Table) -> Rect {
    if table.layers().is_empty() {
        return Rect::EMPTY;
    }
    button_box(kit, &name_of(words, table))
}

/// The button, and the list when it is open.
pub(super) fn button(root: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let layers = table.layers();
    if layers.is_empty() {
        return;
    }
    let lang = words.lang;
    let name = name_of(words, table);
    let place = button_box(kit, &name);
    let right = kit.window().x - place.max.x;
    let label = words.with("layer.button", "layer", &name);
    let means = Semantics::button("overlay", label, Act::MapLayers);
    let node = Node {
        position_type: PositionType::Absolute,
        right: Val::Px(right),
        top: Val::Px(place.min.y),
        height: Val::Px(place.height()),
        min_width: Val::Px(place.height()),
        padding: UiRect::horizontal(Val::Px(if kit.narrow() { 0.0 } else { 12.0 })),
        justify_content: JustifyContent::Center,
        column_gap: Val::Px(8.0),
        ..default()
    };
    let ink = kit.palette().ink;
    let narrow = kit.narrow();
    let icon = kit.icon("layers", 20.0, ink);
    root.spawn((kit.button(means, node), ZIndex(4)))
        .with_children(|button| {
            button.spawn(icon);
            if !narrow {
                button.spawn(kit.line(Role::Button, lang, name, ink));
                kit.caps(button, lang, "overlay", ink);
            }
        });
    if table.layers_open {
        list(root, kit, words, table, &layers, place);
    }
}

fn list(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    layers: &[MapLayer],
    button: Rect,
) {
    let top = button.max.y + 6.0;
    let most = kit.window().y - tray_height(kit) - top - 8.0;
    let high = kit.side(36.0);
    // Each line has a margin of one and a gap of four; the card has its padding and its border.
    let wanted = (layers.len() + 1) as f32 * (high + 6.0) + 26.0;
    let narrow = kit.narrow();
    let width = f32::min(270.0, kit.window().x - 20.0);
    let node = Node {
        position_type: PositionType::Absolute,
        right: Val::Px(if narrow {
            10.0
        } else {
            kit.window().x - button.max.x
        }),
        top: Val::Px(top),
        width: Val::Px(width),
        height: Val::Px(wanted.min(most)),
        padding: UiRect::all(Val::Px(8.0)),
        ..default()
    };
    let card = kit.card("Layers", node);
    root.spawn((card, ZIndex(12))).with_children(|card| {
        let grow = Node {
            flex_grow: 1.0,
            ..column(0.0)
        };
        let part = kit.scrolled("layers", grow);
        part.fill(card, 4.0, |list| {
            let now = table.layer();
            let all = std::iter::once(None).chain(layers.iter().copied().map(Some));
            for layer in all {
                let id = layer.map_or("plan", MapLayer::id);
                let label = words.say(&format!("layer.{id}"));
                let on = layer == now;
                let act = Act::MapLayer(layer);
                let means = Semantics::choice(format!("layer:{id}"), label.as_str(), on, act);
                let node = Node {
                    height: Val::Px(high),
                    padding: UiRect::horizontal(Val::Px(10.0)),
                    margin: UiRect::all(Val::Px(1.0)),
                    column_gap: Val::Px(8.0),
                    flex_shrink: 0.0,
                    ..default()
                };
                let ink = kit.palette().ink;
                let icon = kit.icon(if on { "tick" } else { icon(layer) }, 18.0, ink);
                list.spawn(kit.button(means, node)).with_children(|line| {
                    line.spawn(icon);
                    line.spawn(kit.line(Role::Button, words.lang, label, ink));
                });
            }
        });
    });
}

fn icon(layer: Option<MapLayer>) -> &'static str {
    match layer {
        None => "table",
        Some(MapLayer::Recorded) => "news",
        Some(MapLayer::Forecast) => "analyst",
        Some(MapLayer::Trust) => "trust",
        Some(MapLayer::Safe) => "shield",
        Some(MapLayer::Patrol) => "foot",
        Some(MapLayer::Outreach) => "officer",
        Some(MapLayer::Rings) => "bolt",
        Some(MapLayer::Sensing) => "camera",
        Some(MapLayer::Burden) => "hand",
        Some(MapLayer::Volunteers) => "volunteer",
        Some(MapLayer::Delay) => "clock",
        Some(MapLayer::Pins) => "pin",
    }
}

/// The figures of the layer, one in each precinct that has one.
pub(super) fn figures(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    (board, frame): (&Board, &Frame),
    shown: &Shown,
    space: &mut Space,
) {
    let palette = kit.palette().clone();
    for (at, told) in shown.sheet.places.iter().enumerate() {
        if told.figure.is_empty() {
            continue;
        }
        let precinct = PrecinctIx::from_position(at);
        let size = Vec2::new(width_of(&told.figure) + 20.0, 26.0);
        // Outside its precinct a figure would be read as the neighbour's.
        let spots = marks::inside(board, frame, at);
        let Some(spot) = space.take(size, spots) else {
            continue;
        };
        let id = &table.scenario.world.precincts[at].id;
        let label = [
            words.precinct(precinct),
            &words.say(&format!("layer.{}", shown.layer.id())),
        ];
        let means = Semantics::figure(
            format!("layer-figure:{id}"),
            label.join(&words.say("list.comma")),
            [told.figure.as_str(), &told.class].join(&words.say("list.comma")),
        );
        let node = Node {
            padding: UiRect::axes(Val::Px(8.0), Val::Px(1.0)),
            border: UiRect::all(Val::Px(LINE)),
            border_radius: BorderRadius::all(Val::Px(12.0)),
            ..default()
        };
        let edge = shown.sheet.paint.colour(&palette);
        let look = (BackgroundColor(palette.card), BorderColor::all(edge));
        let text = kit.line(Role::Plate, words.lang, told.figure.as_str(), palette.ink);
        root.spawn((middle_of(spot, size.x, size.y), ZIndex(2)))
            .with_children(|middle| {
                middle
                    .spawn((Name::new("Figure of the layer"), node, look, means))
                    .with_child(text);
            });
    }
}

/// The panel beside the map: what the layer shows, whose knowledge that is, and its patterns.
pub(super) fn panel(root: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, shown: &Shown) {
    let compact = kit.compact();
    let lang = words.lang;
    let palette = kit.palette().clone();
    let (place, most) = beside_map(root, kit, 0.0);
    let place = Node {
        max_height: Val::Px(most),
        row_gap: Val::ZERO,
        ..place
    };
    let card = kit.card("Legend", place);
    root.spawn(card).with_children(|card| {
        let head = Node {
            padding: UiRect::axes(Val::Px(14.0), Val::Px(8.0)),
            border: UiRect::bottom(Val::Px(LINE)),
            flex_shrink: 0.0,
            ..row(10.0)
        };
        let id = shown.layer.id();
        let line = BorderColor::all(palette.ink);
        card.spawn((Name::new("Head"), head, line))
            .with_children(|head| {
                let ink = shown.sheet.paint.colour(&palette);
                head.spawn(kit.icon(icon(Some(shown.layer)), 24.0, ink));
                let title = kit.text(
                    Role::Panel,
                    lang,
                    words.say(&format!("layer.{id}")),
                    palette.ink,
                );
                let source = kit.text(Role::Label, lang, shown.sheet.source.as_str(), palette.ink2);
                head.spawn((Name::new("Title"), filling(0.0)))
                    .with_children(|lines| {
                        lines.spawn((title, Heading));
                        lines.spawn(source);
                    });
                let close =
                    Semantics::button("layer-close", words.say("layer.close"), Act::MapLayer(None));
                kit.square(head, "cross", 36.0, close);
            });
        let grow = Node {
            flex_shrink: 1.0,
            padding: UiRect::all(Val::Px(if compact { 8.0 } else { 12.0 })),
            ..default()
        };
        let part = kit.scrolled("legend", grow);
        part.fill(card, if compact { 6.0 } else { 9.0 }, |page| {
            let about = kit.text(Role::Body, lang, shown.sheet.about.as_str(), palette.ink);
            page.spawn(about);
            for (pattern, word) in &shown.sheet.classes {
                class(page, kit, words, shown.sheet.paint, *pattern, word);
            }
            if shown.with_sites() {
                held(page, kit, words, &shown.sheet);
            }
        });
    });
}

fn class(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    paint: LayerPaint,
    pattern: Swatch,
    word: &str,
) {
    let palette = kit.palette().clone();
    let line = Node {
        flex_shrink: 0.0,
        ..row(10.0)
    };
    page.spawn((Name::new("Class"), line))
        .with_children(|line| {
            let picture = kit.picture(SWATCH.x, SWATCH.y, |canvas, px| {
                swatch(canvas, px, &palette, paint, pattern);
            });
            line.spawn(picture);
            let text = kit.text(Role::Body, words.lang, word, palette.ink);
            line.spawn((Name::new("Word"), filling(0.0)))
                .with_child(text);
        });
}

/// What the panel shows of a class: a pattern of the map, or a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Swatch {
    /// A pattern.
    Of(Pattern),
    /// A ring, from the inner one.
    Ring(usize),
    /// Beyond all rings.
    Beyond,
}

fn swatch(canvas: &mut Canvas, px: f32, palette: &Palette, paint: LayerPaint, what: Swatch) {
    let (w, h) = (SWATCH.x, SWATCH.y);
    let frame = format!(
        "M 1 1 L {} 1 L {} {} L 1 {} Z",
        w - 1.0,
        w - 1.0,
        h - 1.0,
        h - 1.0
    );
    canvas.paint(&frame, px, palette.card);
    let colour = paint.colour(palette);
    let mut path = String::new();
    // Slanting pieces inside the frame, `gap` apart.
    let slanted = |path: &mut String, gap: f32, back: bool| {
        let mut x = -h;
        while x < w {
            let (from, to) = (x.max(1.0), (x + h).min(w - 1.0));
            if to > from {
                let y = |at: f32| if back { at - x } else { h - (at - x) };
                let _ = write!(path, "M {from} {} L {to} {} ", y(from), y(to));
            }
            x += gap;
        }
    };
    let dots = |path: &mut String, gap: f32, r: f32| {
        let mut y = gap / 2.0 + 1.0;
        while y < h - r {
            let mut x = gap / 2.0 + 1.0;
            while x < w - r {
                path.push_str(&crate::app::theme::circle(x, y, r));
                path.push(' ');
                x += gap;
            }
            y += gap;
        }
    };
    let edge: (f32, Vec<f32>, Color) = match what {
        Swatch::Of(_) | Swatch::Beyond => (1.5, Vec::new(), palette.ink),
        Swatch::Ring(0) => (3.0, Vec::new(), palette.safety),
        Swatch::Ring(1) => (2.4, vec![9.0, 5.0], palette.safety),
        Swatch::Ring(_) => (2.4, vec![2.4, 4.6], palette.safety),
    };
    match what {
        Swatch::Of(Pattern::Plain) => {}
        Swatch::Of(Pattern::Dots) | Swatch::Ring(2..) => {
            dots(&mut path, 8.0, 1.5);
            canvas.paint(&path, px, colour);
        }
        Swatch::Of(Pattern::Hatch) | Swatch::Ring(1) => {
            slanted(&mut path, 12.0, false);
            canvas.line(&path, px, 1.8 * px, &[], colour);
        }
        Swatch::Of(Pattern::Dense) => {
            slanted(&mut path, 6.0, false);
            canvas.line(&path, px, 1.8 * px, &[], colour);
        }
        Swatch::Of(Pattern::Cross) => {
            slanted(&mut path, 8.0, false);
            slanted(&mut path, 8.0, true);
            canvas.line(&path, px, 1.6 * px, &[], colour);
        }
        Swatch::Ring(_) => canvas.paint(&frame, px, palette.safety.with_alpha(0.3)),
        Swatch::Beyond => {
            for x in [9.0, 23.0, 37.0] {
                let (l, r, t, b) = (x - 3.0, x + 3.0, h / 2.0 - 3.0, h / 2.0 + 3.0);
                let _ = write!(path, "M {l} {t} L {r} {b} M {l} {b} L {r} {t} ");
            }
            canvas.line(&path, px, 1.6 * px, &[], palette.neg);
        }
    }
    canvas.line(&frame, px, edge.0 * px, &edge.1, edge.2);
}

/// Key sites by grade, and those that help does not reach in time.
fn held(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, sheet: &Sheet) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    page.spawn(kit.rule());
    for (grade, held, all) in &sheet.grades {
        let line = Node {
            flex_shrink: 0.0,
            ..row(10.0)
        };
        let label = words.with("layer.grade", "grade", &words.say(marks::grade_key(*grade)));
        let sum = words.get(
            "layer.held",
            &[("held", &held.to_string()), ("all", &all.to_string())],
        );
        let id = format!("layer-grade:{}", marks::grade_key(*grade));
        let means = Semantics::figure(id, label.as_str(), sum.as_str());
        let mark = kit.badge(marks::badge(*grade), "post", 12.0);
        page.spawn((Name::new("Grade"), line, means))
            .with_children(|line| {
                line.spawn(mark);
                let grow = filling(0.0);
                let text = kit.text(Role::Body, lang, label, palette.ink);
                line.spawn((Name::new("Words"), grow)).with_child(text);
                line.spawn(kit.line(Role::Strong, lang, sum, palette.ink));
            });
    }
    if sheet.not_held.is_empty() {
        return;
    }
    let count = sheet.not_held.len().to_string();
    let title = words.with("layer.not-held", "count", &count);
    page.spawn(kit.text(Role::Strong, lang, title, palette.ink));
    for (grade, name, needs) in &sheet.not_held {
        let line = Node {
            flex_shrink: 0.0,
            ..row(10.0)
        };
        let mark = kit.badge(marks::badge(*grade), "cross", 11.0);
        page.spawn((Name::new("Not held"), line))
            .with_children(|line| {
                line.spawn(mark);
                line.spawn((Name::new("Words"), filling(0.0)))
                    .with_children(|lines| {
                        lines.spawn(kit.text(Role::Strong, lang, name.as_str(), palette.ink));
                        lines.spawn(kit.text(Role::Label, lang, needs.as_str(), palette.neg));
                    });
            });
    }
}
