//! What stands on the map: names, tokens, and small figures beside them.

use crate::app::map::{Board, Frame};
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Screen, Table};
use crate::app::theme::{Paint, Role, TokenLook};
use crate::app::widgets::{Kit, LINE, column};
use crate::app::words::{Words, points};
use crate::rules::id::{KindIx, PrecinctIx, UnitIx};
use crate::rules::world::UnitKind;
use crate::rules::{Tactic, View};
use bevy::prelude::*;

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

/// The least radius of a token: several may stand side by side in a precinct of two fingers.
const SMALLEST: f32 = 6.0;

/// The radius of a token on the map.
pub(super) fn token_radius(kit: &Kit, board: &Board) -> f32 {
    match (kit.narrow(), kit.compact()) {
        // In the smallest window with the largest text the whole map is two fingers high.
        (true, _) if kit.window().y < 360.0 && board.places.len() >= 12 => SMALLEST,
        (true, _) if kit.window().y < 360.0 => 8.0,
        (true, _) => 11.5,
        (false, true) => 15.0,
        // Where many places lie close, tokens leave more of the map free.
        (false, false) if board.places.len() >= 12 => 17.0,
        (false, false) => 20.0,
    }
}

/// Where the middle of a precinct's tokens lies, clear of its name.
pub(super) fn token_spot(board: &Board, frame: &Frame, place: usize, r: f32) -> Vec2 {
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

/// Names of the map, tokens with their counts. On the screen of orders precincts and tokens are
/// controls; elsewhere they are read. Which names are shown comes back.
pub(super) fn annotations(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    board: &Board,
    frame: &Frame,
    screen: Screen,
) -> Named {
    let compact = kit.compact();
    let palette = kit.palette().clone();
    let r = token_radius(kit, board);
    if !kit.narrow() {
        // Where a sheet lies on the map, a name would be cut in two.
        let right = match screen {
            Screen::Command if compact || table.chosen.is_some() => {
                kit.window().x - super::command::column_width(kit)
            }
            Screen::Command => kit.window().x,
            _ => kit.window().x - super::warning::column_width(kit) - 40.0,
        };
        for (at, phrase) in &table.scenario.chart.captions {
            let spot = frame.to_window(*at);
            let box_of_it = Rect::from_center_size(spot, Vec2::new(220.0, 22.0));
            if spot.x + 110.0 > right || !frame.shows(box_of_it) {
                continue;
            }
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
    }
    let named = named(kit, words, table, view, board, frame);
    let boxes = token_boxes(kit, view, board, frame);
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
        let id = &table.scenario.world.precincts[at].id;
        let act = (screen == Screen::Command).then_some(Act::Precinct(precinct));
        let means = Semantics::place(format!("precinct:{id}"), name.as_str(), act)
            .with_value(spoken(words, table, view, precinct));
        let means = Semantics {
            chosen: act_chosen(table, precinct, screen),
            ..means
        };
        root.spawn(middle_of(frame.to_window(place.label), 220.0, 28.0))
            .with_children(|spot| {
                if named.shown[at] {
                    spot.spawn((plate, means)).with_child(kit.line(
                        role,
                        words.lang,
                        name,
                        palette.ink,
                    ));
                } else {
                    spot.spawn((Name::new("Precinct"), Node::default(), means));
                }
            });
        let stacks = stacks(view, precinct);
        if stacks.is_empty() {
            continue;
        }
        let Some(own) = boxes[at].filter(|own| frame.shows(*own)) else {
            continue;
        };
        root.spawn(middle_of(own.center(), 300.0, r * 2.6))
            .with_children(|row| {
                for stack in &stacks {
                    token(row, kit, words, table, stack, precinct, r, screen);
                }
            });
    }
    named
}

/// Which precincts have their names on the map, and the part of the window they lie in.
pub(super) struct Named {
    /// Precinct by precinct.
    pub shown: Vec<bool>,
    /// The part of the window.
    pub within: Rect,
}

/// Which precincts have their names on the map. Where the map is large all have; where it is small,
/// those with something to say come first, and no name lies on another or on tokens.
fn named(
    kit: &Kit,
    words: &Words,
    table: &Table,
    view: &View,
    board: &Board,
    frame: &Frame,
) -> Named {
    let count = board.places.len();
    let within = frame.area;
    if !kit.narrow() {
        // Of a map larger than its part of the window, what sticks out is left away.
        let whole = |at| {
            let plate = name_box(kit, words, board, frame, at);
            frame.shows(plate)
        };
        let shown = (0..count).map(whole).collect();
        return Named { shown, within };
    }
    let tokens = token_boxes(kit, view, board, frame);
    let mut taken: Vec<Rect> = tokens.iter().flatten().copied().collect();
    let mut order: Vec<usize> = (0..count).collect();
    let chosen = table.chosen.map(PrecinctIx::at);
    order.sort_by_key(|at| (chosen != Some(*at), tokens[*at].is_none()));
    let mut named = vec![false; count];
    for at in order {
        let plate = name_box(kit, words, board, frame, at);
        if frame.shows(plate) && is_free(plate, &taken) {
            taken.push(plate);
            named[at] = true;
        }
    }
    Named {
        shown: named,
        within,
    }
}

/// How wide the row of a place's tokens is.
pub(super) fn row_width(view: &View, place: PrecinctIx, r: f32) -> f32 {
    (r * 2.0 + 14.0) * stacks(view, place).len() as f32
}

/// How often rows of tokens that lie on each other are moved apart.
const ROUNDS: usize = 6;

/// Where tokens stand, place by place. Where much stands side by side, neighbours make room.
pub(super) fn token_boxes(
    kit: &Kit,
    view: &View,
    board: &Board,
    frame: &Frame,
) -> Vec<Option<Rect>> {
    let r = token_radius(kit, board);
    let places = 0..board.places.len();
    let here = places.map(|at| {
        let width = row_width(view, PrecinctIx::from_position(at), r);
        let size = Vec2::new(width, r * 2.6);
        let spot = token_spot(board, frame, at, r);
        (width > 0.0).then(|| Rect::from_center_size(spot, size))
    });
    let mut boxes: Vec<Option<Rect>> = here.collect();
    for _ in 0..ROUNDS {
        let mut moved = false;
        for one in 0..boxes.len() {
            for other in one + 1..boxes.len() {
                let (Some(a), Some(b)) = (boxes[one], boxes[other]) else {
                    continue;
                };
                let both = a.intersect(b);
                if both.is_empty() {
                    continue;
                }
                // The shorter way, each half of it and a hair more.
                let step = if both.height() <= both.width() {
                    Vec2::new(
                        0.0,
                        (both.height() / 2.0 + 0.5).copysign(b.center().y - a.center().y),
                    )
                } else {
                    Vec2::new(
                        (both.width() / 2.0 + 0.5).copysign(b.center().x - a.center().x),
                        0.0,
                    )
                };
                let by =
                    |it: Rect, step: Vec2| Rect::from_center_size(it.center() + step, it.size());
                boxes[one] = Some(by(a, -step));
                boxes[other] = Some(by(b, step));
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    boxes
}

/// Where the name of a place lies, about.
pub(super) fn name_box(kit: &Kit, words: &Words, board: &Board, frame: &Frame, at: usize) -> Rect {
    let name = words.precinct(PrecinctIx::from_position(at));
    let large = if kit.compact() { 1.0 } else { 16.0 / 14.0 };
    let spot = frame.to_window(board.places[at].label);
    let size = Vec2::new(width_of(name) * large + 14.0, 24.0 * large);
    Rect::from_center_size(spot, size)
}

/// The width of a name on a plate, about: Han are as wide as they are high, Latin letters half of it.
pub(super) fn width_of(name: &str) -> f32 {
    let wide = |c: char| if c.is_ascii() { 8.6 } else { 14.5 };
    name.chars().map(wide).sum()
}

fn is_free(it: Rect, taken: &[Rect]) -> bool {
    taken.iter().all(|other| other.intersect(it).is_empty())
}

/// How much of a box others cover.
fn covered(it: Rect, taken: &[Rect]) -> f32 {
    let areas = taken.iter().map(|other| {
        let both = other.intersect(it);
        both.width() * both.height()
    });
    areas.sum()
}

/// Where a figure of each of these places stands, `width` wide: above the name, else beside it, where
/// no token and no other name lies.
pub(super) fn figure_spots(
    kit: &Kit,
    words: &Words,
    view: &View,
    board: &Board,
    frame: &Frame,
    places: &[usize],
    width: f32,
) -> Vec<Vec2> {
    let names: Vec<Rect> = (0..board.places.len())
        .map(|at| name_box(kit, words, board, frame, at))
        .collect();
    let tokens = token_boxes(kit, view, board, frame);
    let captions = words.scenario().chart.captions.iter().map(|(at, phrase)| {
        let name = phrase.in_lang(words.lang);
        let spaced = width_of(name) + 2.0 * name.chars().count() as f32;
        Rect::from_center_size(frame.to_window(*at), Vec2::new(spaced, 22.0))
    });
    let mut taken: Vec<Rect> = tokens.into_iter().flatten().chain(captions).collect();
    taken.extend(&names);
    let size = Vec2::new(width, 26.0);
    // The sheet beside the map begins there.
    let right = kit.window().x - super::warning::column_width(kit) - 24.0;
    let mut spots = Vec::new();
    for name in places.iter().filter_map(|at| names.get(*at)) {
        let above = name.center() - Vec2::new(0.0, 29.0);
        let aside = Vec2::new((name.width() + width) / 2.0 + 2.0, 0.0);
        let shift = Vec2::new(width * 0.8, 0.0);
        let beside = [name.center() + aside, name.center() - aside];
        let spot = [above, beside[0], beside[1], above + shift, above - shift]
            .into_iter()
            .filter(|spot| spot.x + width / 2.0 < right)
            // Where nothing is free, as little as can be is covered.
            .min_by(|a, b| {
                let hides = |spot: &Vec2| covered(Rect::from_center_size(*spot, size), &taken);
                hides(a).total_cmp(&hides(b))
            })
            .unwrap_or(above);
        taken.push(Rect::from_center_size(spot, size));
        spots.push(spot);
    }
    spots
}

fn act_chosen(table: &Table, precinct: PrecinctIx, screen: Screen) -> Option<bool> {
    (screen == Screen::Command).then_some(table.chosen == Some(precinct))
}

/// What is known of a precinct, in one breath.
fn spoken(words: &Words, table: &Table, view: &View, place: PrecinctIx) -> String {
    let mut parts = Vec::new();
    if let Some(page) = view.pages().last() {
        let safe = points(page.feel_safe[place.at()]);
        parts.push(words.with("precinct.safe", "points", &safe));
        let trust = points(page.trust[place.at()]);
        parts.push(words.with("precinct.trust", "points", &trust));
        let count = page.recorded[view.world().cell(place, table.family)].to_string();
        parts.push(words.get(
            "precinct.recorded",
            &[("family", words.family(table.family)), ("count", &count)],
        ));
    }
    let here = stacks(view, place);
    for stack in &here {
        parts.push(stack_label(words, stack));
    }
    if here.is_empty() {
        parts.push(words.say("precinct.none"));
    }
    parts.join(&words.say("list.stop"))
}

fn stack_label(words: &Words, stack: &Stack) -> String {
    words.get(
        "stack.label",
        &[
            ("kind", &words.kind_label(stack.kind)),
            ("count", &stack.count.to_string()),
            ("does", &words.say(&format!("order.{}", stack.tactic.id()))),
        ],
    )
}

fn token(
    row: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    stack: &Stack,
    precinct: PrecinctIx,
    r: f32,
    screen: Screen,
) {
    let world = &table.scenario.world;
    let kind = &world.kinds[stack.kind.at()];
    let (paint, icon) = token_art(kind);
    let held = table
        .hand
        .is_some_and(|hand| hand.unit == stack.first && stack.count == 1);
    let theirs = table.shows_desks() && kind.owner != table.desk.seat;
    let look = match (held, screen) {
        (true, _) => TokenLook::Ghost,
        (false, Screen::Command) if theirs => TokenLook::Theirs,
        _ => TokenLook::Own,
    };
    let token = kit.token(paint, icon, r, look);
    let node = Node {
        margin: UiRect::horizontal(Val::Px(if r > SMALLEST { 3.0 } else { 1.0 })),
        ..default()
    };
    // With a unit in hand a press on the precinct places it, so tokens step aside; so they do under
    // the list of layers.
    let aside = table.hand.is_some() || table.layers_open;
    let mut spot = if screen != Screen::Command || aside {
        row.spawn((Name::new("Token spot"), node))
    } else {
        let place = &world.precincts[precinct.at()].id;
        let id = format!("stack:{place}:{}:{}", kind.id, stack.tactic.id());
        // The same team may stand in two places; the place tells which.
        let label = [words.precinct(precinct), &stack_label(words, stack)];
        let label = label.join(&words.say("list.colon"));
        let means = Semantics::button(id, label, Act::Lift(stack.first));
        row.spawn(kit.bare(means, false, node))
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

pub(super) fn disc(spot: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, count: &str, r: f32) {
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
        Tactic::ProblemSolving => "gear",
        Tactic::BroadChecks => "hand",
        Tactic::PreciseChecks => "analyst",
        Tactic::Watch => "volunteer",
    }
}

/// A figure on a small plate, beside a precinct's name.
pub(super) fn plate_with(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    spot: Vec2,
    text: &str,
    means: Semantics,
    bright: bool,
) {
    let palette = kit.palette().clone();
    let node = Node {
        padding: UiRect::axes(Val::Px(8.0), Val::Px(2.0)),
        min_width: Val::Px(30.0),
        justify_content: JustifyContent::Center,
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(12.0)),
        ..default()
    };
    let paper = if bright { palette.gold2 } else { palette.card };
    let look = (BackgroundColor(paper), BorderColor::all(palette.ink));
    root.spawn((middle_of(spot, 160.0, 28.0), ZIndex(3)))
        .with_children(|middle| {
            middle
                .spawn((Name::new("Figure on the map"), node, look, means))
                .with_child(kit.line(Role::Plate, words.lang, text, palette.ink));
        });
}

/// A box whose middle lies at a spot of the window.
pub(super) fn middle_of(spot: Vec2, width: f32, height: f32) -> impl Bundle {
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

/// A column beside the map.
pub(super) fn beside(kit: &Kit, top: f32, width: f32) -> Node {
    let gap = if kit.compact() { 10.0 } else { 20.0 };
    Node {
        position_type: PositionType::Absolute,
        right: Val::Px(gap),
        top: Val::Px(top + gap),
        width: Val::Px(width),
        ..column(10.0)
    }
}
