//! The tray: the units that are left, what the one in hand can do, and the end of the turn.

use super::chrome::main_button;
use super::guide::Slip;
use super::place::{disc, tactic_icon, token_art, token_spot, width_of};
use crate::app::input::Pointer;
use crate::app::map::{Board, Frame};
use crate::app::semantics::{Cover, Semantics};
use crate::app::table::{Act, Table};
use crate::app::theme::{Role, TokenLook};
use crate::app::widgets::{Kit, LINE, column, row};
use crate::app::words::{Words, plain};
use crate::rules::id::{KindIx, UnitIx};
use crate::rules::{Cents, Tactic, View};
use bevy::prelude::*;

/// The token in the hand; it follows the pointer without anything being drawn anew.
#[derive(Component)]
pub struct HandNode;

/// The height of the tray.
pub(super) fn tray_height(kit: &Kit) -> f32 {
    match (kit.narrow(), kit.compact()) {
        (true, _) => 64.0,
        (false, true) => 108.0,
        (false, false) => 116.0,
    }
}

pub(super) fn tray(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    hint: Option<&Slip>,
) {
    let (compact, narrow) = (kit.compact(), kit.narrow());
    let height = tray_height(kit);
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
            let means = Semantics::button("tray", words.say("tray.stow"), Act::Stow);
            tray.spawn(kit.bare(means, true, stow));
        }
        let slots = Node {
            column_gap: Val::Px(if compact { 4.0 } else { 8.0 }),
            ..default()
        };
        tray.spawn((Name::new("Slots"), slots))
            .with_children(|slots| {
                for (at, kind) in table.kinds().into_iter().enumerate() {
                    slot(slots, kit, words, table, view, kind, at);
                }
            });
        let middle = Node {
            flex_grow: 1.0,
            flex_basis: Val::Px(0.0),
            flex_shrink: 1.0,
            min_width: Val::Px(0.0),
            padding: UiRect::left(Val::Px(if narrow { 0.0 } else { 8.0 })),
            ..column(6.0)
        };
        // A hint says it better than the usual words, which make way.
        let led = hint.and_then(|slip| Some((slip, slip.in_tray(kit)?)));
        tray.spawn((Name::new("In hand"), middle))
            .with_children(|middle| {
                if let Some((slip, tip)) = led {
                    slip.lay(middle, kit, words, tip, Node::default(), false);
                    return;
                }
                match (table.hand, narrow) {
                    (Some(hand), _) => tactics(middle, kit, words, table, hand.unit, hand.tactic),
                    (None, false) => {
                        let by_mouse = kit.settings().keys.caps("take").is_empty();
                        let all_out = (view.units())
                            .filter(|(unit, _)| {
                                table.kinds().contains(&view.world().units[unit.at()].kind)
                            })
                            .all(|(_, post)| post.at.is_some());
                        let waits = super::inspector::unanswered(view);
                        let in_sight = super::inspector::in_sight(table, kit);
                        let hint = if waits > in_sight {
                            // Those that are scrolled away must not be forgotten.
                            words.with("tray.cards-wait", "count", &waits.to_string())
                        } else {
                            words.say(if table.kinds().is_empty() {
                                "desk.no-teams"
                            } else if all_out {
                                "command.tray-hint-out"
                            } else if by_mouse {
                                "command.tray-hint-mouse"
                            } else {
                                "command.tray-hint"
                            })
                        };
                        middle.spawn(kit.text(Role::Body, lang, hint, palette.onwalnut2));
                    }
                    (None, true) => {}
                }
            });
        if narrow {
            let label = words.say(if table.panel {
                "tray.map"
            } else {
                "tray.panel"
            });
            let means = Semantics::button("panel", label, Act::Panel);
            kit.square(
                tray,
                if table.panel { "layers" } else { "note" },
                44.0,
                means,
            );
        }
        let size = Vec2::new(if compact { 150.0 } else { 200.0 }, height - 20.0);
        let means = Semantics::button("end-turn", words.say("command.end-turn"), Act::EndTurn);
        let ready = table.desk.ready.len();
        let means = if table.shows_desks() && ready > 0 {
            let desks = table.desks_played();
            let count = [("ready", ready.to_string()), ("desks", desks.to_string())];
            let slots: Vec<(&str, &str)> = count.iter().map(|(k, v)| (*k, v.as_str())).collect();
            means.with_value(words.get("desk.count-ready", &slots))
        } else if table.shows_desks() && !table.desk.ahead.all.is_empty() {
            let ahead = &table.desk.ahead;
            let count = ahead.all.len().to_string();
            let (sum, key) = match ahead.price.0 {
                0 => (String::new(), "tray.standing"),
                _ => (words.funds(ahead.price), "tray.standing.price"),
            };
            means.with_value(words.get(key, &[("count", &*count), ("sum", &*sum)]))
        } else {
            means
        };
        main_button(tray, kit, words, means, "end-turn", size);
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
    let (compact, narrow) = (kit.compact(), kit.narrow());
    let palette = kit.palette().clone();
    let world = view.world();
    let what = &world.kinds[kind.at()];
    let in_hand = table.held();
    let free = view
        .units()
        .filter(|(unit, post)| world.units[unit.at()].kind == kind && post.at.is_none())
        .filter(|(unit, _)| !in_hand.contains(unit))
        .count();
    let held = table
        .hand
        .is_some_and(|hand| world.units[hand.unit.at()].kind == kind);
    let (wide, high) = match (narrow, compact) {
        (true, _) => (56.0, 56.0),
        (false, true) => (124.0, 66.0),
        (false, false) => (130.0, 74.0),
    };
    let node = Node {
        width: Val::Px(wide),
        padding: UiRect::axes(Val::Px(1.0), Val::Px(3.0)),
        border: UiRect::all(Val::Px(2.5)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        align_items: AlignItems::Center,
        ..column(2.0)
    };
    let label = words.kind_label(kind);
    let left = words.with("tray.left", "count", &free.to_string());
    let means = Semantics::choice(
        format!("take:{}", what.id),
        label.as_str(),
        held,
        Act::Take(kind),
    )
    .with_value(left);
    let frame = BorderColor::all(if held { palette.gold } else { Color::NONE });
    slots
        .spawn((kit.bare(means, true, node), frame))
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
                    let dear = what.price > view.free_funds();
                    let look = if free == 0 || dear {
                        TokenLook::Dim
                    } else {
                        TokenLook::Own
                    };
                    let r = match (narrow, compact) {
                        (true, _) => 15.0,
                        (false, true) => 18.0,
                        (false, false) => 22.0,
                    };
                    hole.spawn(kit.token(paint, icon, r, look));
                    let corner = |left: bool| Node {
                        position_type: PositionType::Absolute,
                        left: if left { Val::Px(6.0) } else { Val::Auto },
                        right: if left { Val::Auto } else { Val::Px(3.0) },
                        top: if left { Val::Px(2.0) } else { Val::Auto },
                        bottom: if left { Val::Auto } else { Val::Px(3.0) },
                        ..default()
                    };
                    if !narrow && !kit.settings().keys.caps("take").is_empty() {
                        let number = (at + 1).to_string();
                        let number = kit.line(Role::Label, words.lang, number, palette.onwalnut2);
                        hole.spawn((Name::new("Number key"), corner(true)))
                            .with_child(number);
                    }
                    if dear && free > 0 && !narrow {
                        let node = Node {
                            column_gap: Val::Px(2.0),
                            align_items: AlignItems::Center,
                            ..corner(true)
                        };
                        let node = Node {
                            top: Val::Auto,
                            bottom: Val::Px(3.0),
                            ..node
                        };
                        let price = plain(what.price);
                        let says = words.with("tray.dear", "price", &price);
                        let means =
                            Semantics::figure(format!("dear:{}", what.id), label.as_str(), says);
                        hole.spawn((Name::new("Price"), node, means))
                            .with_children(|line| {
                                line.spawn(kit.icon("lock", 13.0, palette.onwalnut2));
                                line.spawn(kit.line(
                                    Role::Label,
                                    words.lang,
                                    price,
                                    palette.onwalnut2,
                                ));
                            });
                    }
                    let count = Node {
                        min_width: Val::Px(if narrow { 20.0 } else { 25.0 }),
                        height: Val::Px(if narrow { 19.0 } else { 22.0 }),
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
                    let role = if narrow { Role::Plate } else { Role::Strong };
                    hole.spawn((Name::new("Left in the tray"), count, BackgroundColor(paper)))
                        .with_child(kit.line(role, words.lang, free.to_string(), ink));
                });
            if !narrow {
                slot.spawn(kit.line(Role::Label, words.lang, label, palette.onwalnut));
            }
        });
}

/// More things than these are shown as icons, with the word of the chosen one.
const MOST_WORDS: usize = 3;

/// What the unit in hand can do, and how to put it back.
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
    let narrow = kit.narrow();
    let can = &table.scenario.world.kind_of(unit).tactics;
    let rows = Node {
        flex_wrap: if narrow {
            FlexWrap::NoWrap
        } else {
            FlexWrap::Wrap
        },
        row_gap: Val::Px(6.0),
        ..row(if narrow { 4.0 } else { 8.0 })
    };
    if can.len() > 1 {
        middle
            .spawn((Name::new("Tactics"), rows))
            .with_children(|buttons| {
                for tactic in can {
                    let on = *tactic == chosen;
                    let means = Semantics::choice(
                        format!("tactic:{}", tactic.id()),
                        words.say(&format!("order.{}", tactic.id())),
                        on,
                        Act::Turn(*tactic),
                    );
                    let icon = if on { "tick" } else { tactic_icon(*tactic) };
                    if narrow || (can.len() > MOST_WORDS && !on) {
                        kit.square(buttons, tactic_icon(*tactic), 40.0, means);
                    } else {
                        kit.worded(buttons, lang, icon, means);
                    }
                }
            });
    }
    let several = table.most_in_hand() > 1;
    if several && !narrow {
        how_many(middle, kit, words, table);
        return;
    }
    if !kit.compact() || (can.len() < 2 && !narrow) {
        let said = |shortcut| kit.settings().keys.caps(shortcut).join(" ");
        let (turn, back) = (said("tactic"), said("back"));
        let hint = if can.len() > 1 && !turn.is_empty() {
            words.get("command.hand-hint", &[("turn", &turn), ("back", &back)])
        } else {
            words.with("command.hand-hint-one", "back", &back)
        };
        middle.spawn(kit.text(Role::Label, lang, hint, palette.onwalnut2));
    }
}

/// How many of a kind are in hand, and whether a press places them all.
fn how_many(parent: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let Some(hand) = table.hand else {
        return;
    };
    let (lang, ink) = (words.lang, kit.palette().onwalnut);
    let (held, most) = (table.held().len(), table.most_in_hand());
    parent
        .spawn((Name::new("How many"), row(6.0)))
        .with_children(|line| {
            let fewer = Semantics {
                enabled: held > 1,
                ..Semantics::button("take-fewer", words.say("hand.fewer"), Act::TakeFewer)
            };
            kit.square(line, "minus", 36.0, fewer);
            let slots = [("count", held.to_string()), ("all", most.to_string())];
            let slots: Vec<(&str, &str)> = slots.iter().map(|(k, v)| (*k, v.as_str())).collect();
            let text = words.get("hand.count", &slots);
            let means = Semantics::figure("in-hand", words.say("hand.in-hand"), text.as_str());
            line.spawn((Name::new("In hand"), Node::default(), means))
                .with_child(kit.line(Role::Strong, lang, text, ink));
            let more = Semantics {
                enabled: held < most,
                ..Semantics::button("take-more", words.say("hand.more"), Act::TakeMore)
            };
            kit.square(line, "plus", 36.0, more);
            let all = words.say("hand.all");
            let all = Semantics::choice("take-all", all, held == most, Act::TakeAll);
            kit.worded(line, lang, "", all);
            if held > 1 {
                let each = words.say("hand.each");
                let each = Semantics::choice("deal", each, hand.deal, Act::Deal(!hand.deal));
                kit.worded(line, lang, if hand.deal { "tick" } else { "" }, each);
            }
        });
}

/// Where the tray has no room for it, how many are in hand is chosen above it.
pub(super) fn above(root: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    if !kit.narrow() || table.panel || table.most_in_hand() < 2 {
        return;
    }
    let palette = kit.palette().clone();
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(6.0),
        bottom: Val::Px(tray_height(kit) + 6.0),
        padding: UiRect::all(Val::Px(4.0)),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        ..default()
    };
    let wood = (
        BackgroundColor(palette.walnut),
        BorderColor::all(palette.ink),
        ZIndex(5),
    );
    root.spawn((Name::new("Above the tray"), Cover, node, wood))
        .with_children(|strip| how_many(strip, kit, words, table));
}

/// What is in the hand, with what it would cost.
pub(super) fn hand(
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
    let count = table.held().len();
    let price = if standing {
        Cents(0)
    } else {
        Cents(kind.price.0 * count as i64)
    };
    root.spawn((Name::new("Hand"), HandNode, node, ZIndex(15)))
        .with_children(|held| {
            held.spawn((Name::new("Token in hand"), Node::default()))
                .with_children(|spot| {
                    spot.spawn(kit.token(paint, icon, r, TokenLook::Own));
                    if count > 1 {
                        disc(spot, kit, words, &count.to_string(), r);
                    }
                });
            // Beside a token in the tray it would hide what else can be taken, so it stands above.
            let in_tray = spot.y > kit.window().y - tray_height(kit);
            if price != Cents(0) {
                let sum = words.funds(price);
                let mut plate = Node {
                    padding: UiRect::axes(Val::Px(10.0), Val::Px(5.0)),
                    border: UiRect::all(Val::Px(LINE)),
                    border_radius: BorderRadius::all(Val::Px(5.0)),
                    align_items: AlignItems::Center,
                    column_gap: Val::Px(6.0),
                    ..default()
                };
                // At the right edge of the window it stands on the other side.
                let room = kit.window().x - spot.x - r * 1.1 - 10.0;
                if in_tray {
                    plate.position_type = PositionType::Absolute;
                    plate.bottom = Val::Percent(100.0);
                    plate.left = Val::Px(0.0);
                    plate.margin = UiRect::bottom(Val::Px(tray_height(kit) * 0.4));
                } else if room < width_of(&sum) * 1.15 + 48.0 {
                    plate.position_type = PositionType::Absolute;
                    plate.right = Val::Percent(100.0);
                    plate.margin = UiRect::right(Val::Px(10.0));
                }
                let paper = (BackgroundColor(palette.card), BorderColor::all(palette.ink));
                let means = Semantics::figure("price", words.say("plan.price"), sum.as_str());
                held.spawn((Name::new("Price"), plate, paper, means))
                    .with_children(|plate| {
                        plate.spawn(kit.icon("coin", 18.0, palette.ink));
                        plate.spawn(kit.line(Role::Strong, words.lang, sum, palette.ink));
                    });
            }
        });
}
