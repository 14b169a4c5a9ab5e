//! Orders: teams are taken from the tray and put on the map.

use super::cards;
use super::chrome::{BAR, main_button, notice, top_bar};
use super::inspector;
use super::root;
use crate::app::input::Pointer;
use crate::app::map::{Board, Frame, MapView};
use crate::app::table::{Act, Slip, Table};
use crate::app::theme::{Paint, Role, TokenLook};
use crate::app::widgets::{Cover, Kit, LINE, column, row};
use crate::app::words::Words;
use crate::rules::id::{KindIx, PrecinctIx, UnitIx};
use crate::rules::world::UnitKind;
use crate::rules::{Cents, Tactic, View};
use bevy::prelude::*;

/// The token in the hand; it follows the pointer without anything being drawn anew.
#[derive(Component)]
pub struct HandNode;

/// Where the card column begins, from the right edge.
pub(super) const COLUMN: f32 = 404.0;
const COLUMN_COMPACT: f32 = 324.0;

/// The height of the tray.
pub(super) fn tray_height(compact: bool) -> f32 {
    if compact { 108.0 } else { 116.0 }
}

pub(super) fn column_width(compact: bool) -> f32 {
    if compact { COLUMN_COMPACT } else { COLUMN }
}

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
    pointer: Res<Pointer>,
) {
    let Some(view) = table.view() else {
        return;
    };
    let words = table.words();
    let (window, compact) = (kit.window(), kit.compact());
    let tray = tray_height(compact);
    map.frame = map.board.as_ref().map(|board| {
        let pad = if compact { 16.0 } else { 34.0 };
        let right = window.x - column_width(compact) - 8.0;
        let view = Rect::new(pad, BAR + pad * 0.7, right, window.y - tray - pad * 0.7);
        Frame::fit(board, window, view)
    });
    map.chosen = table.chosen.map(PrecinctIx::at);
    map.focus = pointer.on_map().then_some(pointer.place).flatten();
    commands.spawn(root("Orders")).with_children(|root| {
        if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
            annotations(root, &mut kit, &words, &table, &view, board, frame);
            if let Some(slip) = &table.slip {
                slip_of_paper(root, &mut kit, &words, slip, board, frame);
            }
        }
        inspector::draw(root, &mut kit, &words, &table, &view, pointer.place);
        top_bar(
            root,
            &mut kit,
            &words,
            &table,
            view.turn(),
            table.orders > 0,
        );
        tray_of(root, &mut kit, &words, &table, &view);
        if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
            hand(root, &mut kit, &words, &table, board, frame, &pointer);
        }
        if let Some(inject) = table.card {
            cards::card(root, &mut kit, &words, &view, inject);
        }
        if let Some(call) = table.call {
            cards::call(root, &mut kit, &words, &view, call);
        }
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

/// The shape and icon of a kind's token.
pub(super) fn token_art(kind: &UnitKind) -> (Paint, &'static str) {
    match kind.id.as_str() {
        "foot" => (Paint::Patrol, "foot"),
        "vehicle" => (Paint::Patrol, "car"),
        "officer" => (Paint::Outreach, "officer"),
        "mediator" => (Paint::Outreach, "mediator"),
        "volunteer" => (Paint::Outreach, "volunteer"),
        _ => (Paint::Outreach, "team"),
    }
}

/// The kinds that have units in play, in the order of the tray.
pub fn kinds_in_play(view: &View) -> Vec<KindIx> {
    let world = view.world();
    let in_play = |kind: &KindIx| {
        view.units()
            .any(|(unit, _)| world.units[unit.at()].kind == *kind)
    };
    (0..world.kinds.len())
        .map(KindIx::from_position)
        .filter(in_play)
        .collect()
}

/// Units that stand together: same place, kind and tactic.
struct Stack {
    first: UnitIx,
    kind: KindIx,
    tactic: Tactic,
    count: usize,
}

fn stacks(view: &View, place: PrecinctIx) -> Vec<Stack> {
    let mut stacks: Vec<Stack> = Vec::new();
    for (unit, post) in view.units() {
        let Some((at, tactic)) = post.at else {
            continue;
        };
        if at != place {
            continue;
        }
        let kind = view.world().units[unit.at()].kind;
        match stacks
            .iter_mut()
            .find(|stack| stack.kind == kind && stack.tactic == tactic)
        {
            Some(stack) => stack.count += 1,
            None => stacks.push(Stack {
                first: unit,
                kind,
                tactic,
                count: 1,
            }),
        }
    }
    stacks.sort_by_key(|stack| (stack.kind, stack.tactic));
    stacks
}

/// Where the middle of a precinct's tokens lies, clear of its name.
fn token_spot(board: &Board, frame: &Frame, place: usize, r: f32) -> Vec2 {
    let (label, tokens) = (
        frame.to_window(board.places[place].label),
        frame.to_window(board.places[place].tokens),
    );
    let gap = r + 20.0;
    if (tokens.x - label.x).abs() < 90.0 && (tokens.y - label.y).abs() < gap {
        Vec2::new(tokens.x, label.y + gap)
    } else {
        tokens
    }
}

fn annotations(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    board: &Board,
    frame: &Frame,
) {
    let compact = kit.compact();
    let palette = kit.palette().clone();
    let r = if compact { 15.0 } else { 20.0 };
    for (at, phrase) in &table.scenario.chart.captions {
        let spot = frame.to_window(*at);
        root.spawn(middle_of(spot, 220.0, 22.0)).with_child((
            kit.line(
                Role::Plate,
                words.lang,
                phrase.in_lang(words.lang),
                palette.waterink,
            ),
            bevy::text::LetterSpacing::Px(2.0),
        ));
    }
    for (at, place) in board.places.iter().enumerate() {
        let precinct = PrecinctIx::from_position(at);
        let plate = (
            Name::new("Plate"),
            Node {
                padding: UiRect::axes(Val::Px(7.0), Val::Px(2.0)),
                border_radius: BorderRadius::all(Val::Px(5.0)),
                ..default()
            },
            BackgroundColor(palette.card.with_alpha(0.88)),
        );
        let role = if compact { Role::Plate } else { Role::Strong };
        let name = words.precinct(precinct).to_owned();
        root.spawn(middle_of(frame.to_window(place.label), 220.0, 28.0))
            .with_children(|spot| {
                spot.spawn(plate)
                    .with_child(kit.line(role, words.lang, name, palette.ink));
            });
        let stacks = stacks(view, precinct);
        if stacks.is_empty() {
            continue;
        }
        let spot = token_spot(board, frame, at, r);
        root.spawn(middle_of(spot, 300.0, r * 2.6))
            .with_children(|row| {
                for stack in &stacks {
                    token_on_map(row, kit, words, table, stack, precinct, r);
                }
            });
    }
}

fn token_on_map(
    row: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    stack: &Stack,
    precinct: PrecinctIx,
    r: f32,
) {
    let world = &table.scenario.world;
    let kind = &world.kinds[stack.kind.at()];
    let (paint, icon) = token_art(kind);
    let held = table
        .hand
        .is_some_and(|hand| hand.unit == stack.first && stack.count == 1);
    let look = if held {
        TokenLook::Ghost
    } else {
        TokenLook::Own
    };
    let token = kit.token(paint, icon, r, look);
    let node = Node {
        margin: UiRect::horizontal(Val::Px(3.0)),
        ..default()
    };
    // With a unit in hand a press on the precinct places it, so tokens step aside.
    let mut spot = if table.hand.is_some() {
        row.spawn((Name::new("Token spot"), node))
    } else {
        let place = &world.precincts[precinct.at()].id;
        let id = format!("stack:{place}:{}:{}", kind.id, stack.tactic.id());
        row.spawn(kit.bare(id, Act::Lift(stack.first), false, node))
    };
    spot.with_children(|spot| {
        spot.spawn(token);
        if stack.count > 1 {
            disc(spot, kit, words, &stack.count.to_string(), r);
        }
        if kind.tactics.len() > 1 {
            tactic_mark(spot, kit, stack.tactic, r);
        }
    });
}

fn disc(spot: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, count: &str, r: f32) {
    let palette = kit.palette();
    let place = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(r * 1.95 - 8.0),
        top: Val::Px(r * 1.95 - 6.0),
        width: Val::Px(21.0),
        height: Val::Px(21.0),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(10.5)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    };
    let paper = (BackgroundColor(palette.card), BorderColor::all(palette.ink));
    spot.spawn((Name::new("Count"), place, paper))
        .with_child(kit.line(Role::Plate, words.lang, count, palette.ink));
}

/// A small mark that tells what a patrol or team does here.
fn tactic_mark(spot: &mut ChildSpawnerCommands, kit: &mut Kit, tactic: Tactic, r: f32) {
    let palette = kit.palette().clone();
    let place = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(-7.0),
        top: Val::Px(r * 1.95 - 8.0),
        width: Val::Px(20.0),
        height: Val::Px(20.0),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    };
    let paper = (BackgroundColor(palette.card), BorderColor::all(palette.ink));
    spot.spawn((Name::new("Tactic"), place, paper))
        .with_child(kit.icon(tactic_icon(tactic), 13.0, palette.ink));
}

pub(super) fn tactic_icon(tactic: Tactic) -> &'static str {
    match tactic {
        Tactic::Visible => "eye",
        Tactic::HotSpot => "pin",
        Tactic::Outreach => "home",
        Tactic::Mediation => "scale",
    }
}

fn middle_of(spot: Vec2, width: f32, height: f32) -> impl Bundle {
    (
        Name::new("Spot"),
        Node {
            position_type: PositionType::Absolute,
            left: Val::Px(spot.x - width / 2.0),
            top: Val::Px(spot.y - height / 2.0),
            width: Val::Px(width),
            height: Val::Px(height),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
    )
}

fn slip_of_paper(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    slip: &Slip,
    board: &Board,
    frame: &Frame,
) {
    let palette = kit.palette().clone();
    let (window, compact) = (kit.window(), kit.compact());
    let width = 272.0;
    let low = window.y - tray_height(compact) - 150.0;
    let spot = match slip.place {
        Some(place) => token_spot(board, frame, place.at(), 20.0) + Vec2::new(40.0, -30.0),
        None => Vec2::new(20.0, low + 30.0),
    };
    if let (Some(place), Some(kind)) = (slip.place, slip.kind) {
        let (paint, icon) = token_art(&kit_kind(words, kind));
        let ghost = kit.token(paint, icon, 18.0, TokenLook::Ghost);
        let at = token_spot(board, frame, place.at(), 20.0);
        root.spawn((middle_of(at, 60.0, 60.0), ZIndex(6)))
            .with_child(ghost);
    }
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(spot.x.clamp(10.0, window.x - width - 10.0)),
        top: Val::Px(spot.y.clamp(BAR + 8.0, low)),
        width: Val::Px(width),
        padding: UiRect::axes(Val::Px(14.0), Val::Px(10.0)),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(8.0)),
        ..column(4.0)
    };
    let paper = (
        BackgroundColor(palette.neg2),
        BorderColor::all(palette.neg),
        ZIndex(7),
    );
    root.spawn((Name::new("Refusal"), Cover, node, paper))
        .with_children(|slip_node| {
            slip_node
                .spawn((Name::new("Head"), row(8.0)))
                .with_children(|head| {
                    head.spawn(kit.icon("lock", 20.0, palette.neg));
                    head.spawn(kit.line(
                        Role::Strong,
                        words.lang,
                        slip.title.as_str(),
                        palette.neg,
                    ));
                });
            slip_node.spawn(kit.text(Role::Body, words.lang, slip.body.as_str(), palette.ink));
        });
}

fn kit_kind(words: &Words, kind: KindIx) -> UnitKind {
    words.scenario().world.kinds[kind.at()].clone()
}

fn tray_of(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let compact = kit.compact();
    let height = tray_height(compact);
    let palette = kit.palette().clone();
    let lang = words.lang;
    root.spawn(kit.tray(height)).with_children(|tray| {
        let stow = Node {
            position_type: PositionType::Absolute,
            left: Val::Px(0.0),
            right: Val::Px(0.0),
            top: Val::Px(0.0),
            bottom: Val::Px(0.0),
            ..default()
        };
        if table.hand.is_some() {
            tray.spawn(kit.bare("tray", Act::Stow, true, stow));
        }
        let slots = Node {
            column_gap: Val::Px(if compact { 4.0 } else { 8.0 }),
            ..default()
        };
        tray.spawn((Name::new("Slots"), slots))
            .with_children(|slots| {
                for (at, kind) in kinds_in_play(view).into_iter().enumerate() {
                    slot(slots, kit, words, table, view, kind, at);
                }
            });
        let middle = Node {
            flex_grow: 1.0,
            flex_basis: Val::Px(0.0),
            flex_shrink: 1.0,
            min_width: Val::Px(0.0),
            padding: UiRect::left(Val::Px(8.0)),
            ..column(6.0)
        };
        tray.spawn((Name::new("In hand"), middle))
            .with_children(|middle| match table.hand {
                Some(hand) => tactics(middle, kit, words, table, hand.unit, hand.tactic),
                None => {
                    let hint = words.say("command.tray-hint");
                    middle.spawn(kit.text(Role::Body, lang, hint, palette.onwalnut2));
                }
            });
        let keys = ["Ctrl", "Enter"];
        let label = words.say("command.end-turn");
        let size = Vec2::new(if compact { 150.0 } else { 200.0 }, height - 20.0);
        main_button(
            tray,
            kit,
            words,
            ("end-turn", Act::EndTurn, label, &keys),
            size,
        );
    });
}

fn slot(
    slots: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    kind: KindIx,
    at: usize,
) {
    let compact = kit.compact();
    let palette = kit.palette().clone();
    let world = view.world();
    let what = &world.kinds[kind.at()];
    let free = view
        .units()
        .filter(|(unit, post)| world.units[unit.at()].kind == kind && post.at.is_none())
        .filter(|(unit, _)| table.hand.is_none_or(|hand| hand.unit != *unit))
        .count();
    let held = table
        .hand
        .is_some_and(|hand| world.units[hand.unit.at()].kind == kind);
    let (wide, high) = if compact {
        (124.0, 66.0)
    } else {
        (130.0, 74.0)
    };
    let node = Node {
        width: Val::Px(wide),
        padding: UiRect::axes(Val::Px(1.0), Val::Px(3.0)),
        border: UiRect::all(Val::Px(2.5)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        align_items: AlignItems::Center,
        ..column(2.0)
    };
    let id = format!("take:{}", what.id);
    let frame = BorderColor::all(if held { palette.gold } else { Color::NONE });
    slots
        .spawn((kit.bare(id, Act::Take(kind), true, node), frame))
        .with_children(|slot| {
            let hole = Node {
                align_self: AlignSelf::Stretch,
                height: Val::Px(high - 8.0),
                border: UiRect::all(Val::Px(LINE)),
                border_radius: BorderRadius::all(Val::Px(8.0)),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                ..default()
            };
            let wood = (
                BackgroundColor(palette.walnut2),
                BorderColor::all(Color::BLACK.with_alpha(0.35)),
            );
            slot.spawn((Name::new("Hole"), hole, wood))
                .with_children(|hole| {
                    let (paint, icon) = token_art(what);
                    let look = if free == 0 {
                        TokenLook::Dim
                    } else {
                        TokenLook::Own
                    };
                    hole.spawn(kit.token(paint, icon, if compact { 18.0 } else { 22.0 }, look));
                    let corner = |left: bool| Node {
                        position_type: PositionType::Absolute,
                        left: if left { Val::Px(6.0) } else { Val::Auto },
                        right: if left { Val::Auto } else { Val::Px(4.0) },
                        top: if left { Val::Px(2.0) } else { Val::Auto },
                        bottom: if left { Val::Auto } else { Val::Px(4.0) },
                        ..default()
                    };
                    let number = (at + 1).to_string();
                    hole.spawn((Name::new("Number key"), corner(true)))
                        .with_child(kit.line(Role::Label, words.lang, number, palette.onwalnut2));
                    let count = Node {
                        min_width: Val::Px(25.0),
                        height: Val::Px(22.0),
                        border_radius: BorderRadius::all(Val::Px(6.0)),
                        align_items: AlignItems::Center,
                        justify_content: JustifyContent::Center,
                        ..corner(false)
                    };
                    let (paper, ink) = if free == 0 {
                        (palette.walnut3, palette.onwalnut)
                    } else {
                        (palette.card, palette.ink)
                    };
                    hole.spawn((Name::new("Left in the tray"), count, BackgroundColor(paper)))
                        .with_child(kit.line(Role::Strong, words.lang, free.to_string(), ink));
                });
            let label = words.kind_label(kind);
            slot.spawn(kit.line(Role::Label, words.lang, label, palette.onwalnut));
        });
}

/// What the unit in hand can do, as two buttons, and how to put it back.
fn tactics(
    middle: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    unit: UnitIx,
    chosen: Tactic,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let can = &table.scenario.world.kind_of(unit).tactics;
    let rows = Node {
        flex_wrap: FlexWrap::Wrap,
        row_gap: Val::Px(6.0),
        ..row(8.0)
    };
    if can.len() > 1 {
        middle
            .spawn((Name::new("Tactics"), rows))
            .with_children(|buttons| {
                for tactic in can {
                    let node = Node {
                        height: Val::Px(36.0),
                        padding: UiRect::horizontal(Val::Px(10.0)),
                        column_gap: Val::Px(7.0),
                        ..default()
                    };
                    let id = format!("tactic:{}", tactic.id());
                    let on = *tactic == chosen;
                    let mut button = buttons.spawn(kit.button(id, Act::Turn(*tactic), node));
                    if on {
                        button.insert(BackgroundColor(palette.gold2));
                    }
                    button.with_children(|button| {
                        let icon = if on { "tick" } else { tactic_icon(*tactic) };
                        button.spawn(kit.icon(icon, 18.0, palette.ink));
                        let label = words.say(&format!("order.{}", tactic.id()));
                        button.spawn(kit.line(Role::Button, lang, label, palette.ink));
                    });
                }
            });
    }
    if !kit.compact() || can.len() < 2 {
        let hint = words.say(if can.len() > 1 {
            "command.hand-hint"
        } else {
            "command.hand-hint-one"
        });
        middle.spawn(kit.text(Role::Label, lang, hint, palette.onwalnut2));
    }
}

fn hand(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    board: &Board,
    frame: &Frame,
    pointer: &Pointer,
) {
    let Some(hand) = table.hand else {
        return;
    };
    let palette = kit.palette().clone();
    let world = &table.scenario.world;
    let kind = world.kind_of(hand.unit);
    let (paint, icon) = token_art(kind);
    let r = if kit.compact() { 20.0 } else { 25.0 };
    let spot = match pointer.place.filter(|_| pointer.by_key) {
        Some(place) => token_spot(board, frame, place, r),
        None => pointer.at,
    };
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(spot.x - r * 1.1),
        top: Val::Px(spot.y - r * 1.1),
        align_items: AlignItems::Center,
        column_gap: Val::Px(10.0),
        ..default()
    };
    let standing = table.view().is_some_and(|view| {
        view.units()
            .any(|(u, post)| u == hand.unit && post.at.is_some())
    });
    let price = if standing { Cents(0) } else { kind.price };
    root.spawn((Name::new("Hand"), HandNode, node, ZIndex(15)))
        .with_children(|held| {
            held.spawn(kit.token(paint, icon, r, TokenLook::Own));
            if price != Cents(0) {
                let plate = Node {
                    padding: UiRect::axes(Val::Px(10.0), Val::Px(5.0)),
                    border: UiRect::all(Val::Px(LINE)),
                    border_radius: BorderRadius::all(Val::Px(5.0)),
                    align_items: AlignItems::Center,
                    column_gap: Val::Px(6.0),
                    ..default()
                };
                let paper = (BackgroundColor(palette.card), BorderColor::all(palette.ink));
                held.spawn((Name::new("Price"), plate, paper))
                    .with_children(|plate| {
                        plate.spawn(kit.icon("coin", 18.0, palette.ink));
                        plate.spawn(kit.line(
                            Role::Strong,
                            words.lang,
                            words.funds(price),
                            palette.ink,
                        ));
                    });
            }
        });
}
