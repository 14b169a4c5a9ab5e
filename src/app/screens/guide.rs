//! Hints for whoever learns the game: a slip of paper beside the thing it speaks of, one at a time.

use super::chrome::bar_height;
use crate::app::semantics::{Cover, Semantics};
use crate::app::shell::Settings;
use crate::app::table::{Act, Hint, Screen, Setting, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, column, filling};
use crate::app::words::{Words, plain};
use bevy::prelude::*;

/// Where the slip points: to what it speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tip {
    Left,
    Right,
    Up,
    Down,
    /// Nowhere: it lies above everything it could speak of.
    None,
}

/// The length of the tip, and half its width.
const TIP: f32 = 10.0;

/// A hint in words.
pub(super) struct Slip {
    hint: Hint,
    text: String,
}

impl Slip {
    /// The hint of this screen; `by_key` tells that the keys point at the map.
    pub(super) fn of(
        kit: &Kit,
        words: &Words,
        table: &Table,
        screen: Screen,
        by_key: bool,
    ) -> Option<Self> {
        let hint = table.hint(screen)?;
        // Where one thing lies on another, whoever has laid it there wants to see it.
        if kit.narrow() && (table.layers_open || table.layer().is_some()) {
            return None;
        }
        let text = match hint {
            Hint::Team if has_key(kit.settings(), "take") => words.say("hint.team"),
            Hint::Team => words.say("hint.team-mouse"),
            Hint::Place if kit.narrow() => words.say("hint.place-narrow"),
            Hint::Place if by_key => {
                let key = kit.settings().keys.caps("place").join(" ");
                words.with("hint.place-keys", "key", &key)
            }
            Hint::Place => words.say("hint.place"),
            Hint::Look => {
                let free = table.view().map(|view| plain(view.free_funds()));
                let key = if kit.narrow() {
                    "hint.look-narrow"
                } else {
                    "hint.look"
                };
                words.with(key, "free", &free.unwrap_or_default())
            }
            Hint::EndTurn if nothing_more(table) => words.say("hint.end-turn-only"),
            Hint::EndTurn => words.say("hint.end-turn"),
            Hint::FirstRecord => words.say("hint.first-record"),
            Hint::Bar if kit.narrow() => words.say("hint.bar-narrow"),
            Hint::Bar => words.say("hint.bar"),
        };
        Some(Self { hint, text })
    }

    /// Where it points in the tray, if what it speaks of stands there.
    pub(super) fn in_tray(&self, kit: &Kit) -> Option<Tip> {
        match self.hint {
            _ if kit.narrow() => None,
            Hint::Team => Some(Tip::Left),
            Hint::EndTurn => Some(Tip::Right),
            _ => None,
        }
    }

    /// Where it points in the column beside the map, if it belongs there.
    pub(super) fn beside_map(&self, kit: &Kit) -> Option<Tip> {
        match self.hint {
            _ if kit.narrow() => None,
            Hint::Place => Some(Tip::Left),
            Hint::Look => Some(Tip::Up),
            _ => None,
        }
    }

    /// The slip with the way to be rid of all of them; `upright` puts that below the words.
    pub(super) fn lay(
        &self,
        parent: &mut ChildSpawnerCommands,
        kit: &mut Kit,
        words: &Words,
        tip: Tip,
        place: Node,
        upright: bool,
    ) {
        let palette = kit.palette().clone();
        let lang = words.lang;
        let node = Node {
            padding: UiRect::axes(Val::Px(12.0), Val::Px(5.0)),
            border: UiRect::all(Val::Px(LINE)),
            border_radius: BorderRadius::all(Val::Px(8.0)),
            flex_direction: if upright {
                FlexDirection::Column
            } else {
                FlexDirection::Row
            },
            align_items: if upright {
                AlignItems::Stretch
            } else {
                AlignItems::Center
            },
            column_gap: Val::Px(10.0),
            row_gap: Val::Px(6.0),
            flex_shrink: 0.0,
            ..place
        };
        let paper = (
            BackgroundColor(palette.gold2),
            BorderColor::all(palette.ink),
        );
        parent
            .spawn((Name::new("Hint"), Cover, node, paper))
            .with_children(|slip| {
                let role = if kit.compact() {
                    Role::Label
                } else {
                    Role::Body
                };
                let grow = if upright { column(0.0) } else { filling(0.0) };
                // The words themselves are the alert, or they would be heard twice.
                let means = Semantics::alert("hint", self.text.as_str(), "");
                let text = kit.text(role, lang, self.text.as_str(), palette.ink);
                slip.spawn((Name::new("Words"), grow))
                    .with_child((text, means));
                let act = Act::Set(Setting::Hints(false));
                let means = Semantics::button("hint-off", words.say("hint.off"), act);
                let button = Node {
                    height: Val::Px(kit.side(34.0)),
                    padding: UiRect::horizontal(Val::Px(10.0)),
                    align_self: if upright {
                        AlignSelf::FlexEnd
                    } else {
                        AlignSelf::Center
                    },
                    justify_content: JustifyContent::Center,
                    flex_shrink: 0.0,
                    ..default()
                };
                let label = means.label.clone();
                slip.spawn(kit.button(means, button)).with_child(kit.line(
                    Role::Plate,
                    lang,
                    label,
                    palette.ink,
                ));
                if tip != Tip::None {
                    point(slip, kit, tip);
                }
            });
    }
}

fn has_key(settings: &Settings, shortcut: &str) -> bool {
    !settings.touch && !settings.keys.caps(shortcut).is_empty()
}

/// The tip of a slip: a corner of the same paper, over its border.
fn point(slip: &mut ChildSpawnerCommands, kit: &mut Kit, tip: Tip) {
    let palette = kit.palette().clone();
    let (long, wide) = (TIP, TIP * 2.0);
    let across = matches!(tip, Tip::Left | Tip::Right);
    let (width, height) = if across { (long, wide) } else { (wide, long) };
    let path = match tip {
        Tip::Left => format!("M {long} 1 L 1 {TIP} L {long} {}", wide - 1.0),
        Tip::Right => format!("M 0 1 L {} {TIP} L 0 {}", long - 1.0, wide - 1.0),
        Tip::Up => format!("M 1 {long} L {TIP} 1 L {} {long}", wide - 1.0),
        _ => format!("M 1 0 L {TIP} {} L {} 0", long - 1.0, wide - 1.0),
    };
    let (name, picture, node) = kit.picture(width, height, |canvas, px| {
        canvas.paint(&format!("{path} Z"), px, palette.gold2);
        canvas.line(&path, px, LINE * px, &[], palette.ink);
    });
    // Its root lies on the border, so that paper goes into paper.
    let out = Val::Px(-long);
    let edge = Node {
        position_type: PositionType::Absolute,
        ..node
    };
    let edge = match tip {
        Tip::Left | Tip::Right => Node {
            left: if tip == Tip::Left { out } else { Val::Auto },
            right: if tip == Tip::Right { out } else { Val::Auto },
            top: Val::Percent(50.0),
            margin: UiRect::top(Val::Px(-TIP)),
            ..edge
        },
        _ => Node {
            left: Val::Px(26.0),
            top: if tip == Tip::Up { out } else { Val::Auto },
            bottom: if tip == Tip::Up { Val::Auto } else { out },
            ..edge
        },
    };
    slip.spawn((name, picture, edge));
}

/// From the bar to the strip, and from the strip to what lies below.
const GAP: f32 = 6.0;

/// The height of the strip where one thing fits at a time.
fn strip(kit: &Kit) -> f32 {
    kit.side(34.0) + 14.0
}

/// How far the strip reaches down below the bar, if there is one.
pub(super) fn strip_height(kit: &Kit, slip: Option<&Slip>) -> f32 {
    if kit.narrow() && slip.is_some() {
        strip(kit) + GAP
    } else {
        0.0
    }
}

/// The strip below the bar, where one thing fits at a time. It leaves the corner to the button of the
/// map's layers.
pub(super) fn lay_strip(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    slip: &Slip,
) {
    let corner = if table.panel || table.layers().is_empty() {
        GAP
    } else {
        kit.side(40.0) + 2.0 * GAP
    };
    let place = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(GAP),
        right: Val::Px(corner),
        top: Val::Px(bar_height(kit) + GAP),
        height: Val::Px(strip(kit)),
        ..default()
    };
    slip.lay(root, kit, words, Tip::None, place, false);
}

/// Whether nothing that is left in the tray can be paid for.
fn nothing_more(table: &Table) -> bool {
    table.view().is_some_and(|view| {
        let mut left = view.units().filter(|(_, post)| post.at.is_none());
        !left.any(|(unit, _)| view.world().kind_of(unit).price <= view.free_funds())
    })
}
