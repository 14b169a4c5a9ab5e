//! What would stand on the map, drawn beside what does: dashed, each under a flag that says why it
//! is not there. A letter is a suggestion, a clock the standing order, a cross what was ordered
//! otherwise.

use super::desk::LETTERS;
use super::marks::{Space, anchor, round};
use super::place::{middle_of, row_width, token_art, token_radius, token_spot};
use crate::app::map::{Board, Frame};
use crate::app::semantics::Semantics;
use crate::app::table::{Ghost, Pending, Shape};
use crate::app::theme::{Badge, Role, TokenLook};
use crate::app::widgets::{Kit, LINE, column};
use crate::app::words::Words;
use crate::rules::View;
use bevy::prelude::*;

/// The height of a flag.
const FLAG: f32 = 20.0;
/// So much of a flag lies on what it belongs to.
const OVERLAP: f32 = 5.0;

pub(super) fn draw(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    (board, frame): (&Board, &Frame),
    space: &mut Space,
    ghosts: &[Ghost],
) {
    let r = token_radius(kit, board);
    let size = Vec2::new((r * 2.0 + 4.0).max(30.0), r * 2.0 + 4.0 + FLAG - OVERLAP);
    for ghost in ghosts {
        let here = token_spot(board, frame, ghost.place.at(), r);
        // Its middle lies higher than that of the tokens, for the flag.
        let row = here - Vec2::new(0.0, (FLAG - OVERLAP) / 2.0);
        let aside = Vec2::new((row_width(view, ghost.place, r) + size.x) / 2.0 + 3.0, 0.0);
        let beside = [row + aside, row - aside];
        let near = round(anchor(board, frame, ghost.place), r * 5.0);
        let mut spots: Vec<Vec2> = beside
            .into_iter()
            .chain(near)
            .chain(round(here, r * 7.0))
            .collect();
        // In its own precinct if there is room; a spot next door still names the place.
        let inside = |spot: &Vec2| board.place_at(frame.to_city(*spot)) == Some(ghost.place.at());
        spots.sort_by_key(|spot| !inside(spot));
        let means = means(words, ghost);
        let Some(spot) = space.take(size, spots) else {
            // Where the map has no room it is told all the same.
            root.spawn(middle_of(here, 1.0, 1.0)).with_child((
                Name::new("Ghost"),
                Node::default(),
                means,
            ));
            continue;
        };
        root.spawn((middle_of(spot, size.x, size.y), ZIndex(2)))
            .with_children(|middle| one(middle, kit, words, ghost, r, means));
    }
}

fn one(
    middle: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    ghost: &Ghost,
    r: f32,
    means: Semantics,
) {
    let struck = ghost.pending == Pending::Replaced;
    let node = Node {
        align_items: AlignItems::Center,
        ..column(0.0)
    };
    middle
        .spawn((Name::new("Ghost"), node, means))
        .with_children(|ghost_node| {
            flag(ghost_node, kit, words, ghost);
            match ghost.shape {
                Shape::Unit(kind) => {
                    let (paint, icon) = token_art(&words.scenario().world.kinds[kind.at()]);
                    let look = if struck {
                        TokenLook::Struck
                    } else {
                        TokenLook::Ghost
                    };
                    ghost_node.spawn(kit.token(paint, icon, r, look));
                }
                Shape::Mark(icon) => {
                    ghost_node.spawn(kit.badge(Badge::Ghost, icon, r));
                }
            }
        });
}

/// Why it is not there, in a sign.
fn flag(ghost_node: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, ghost: &Ghost) {
    let palette = kit.palette().clone();
    let paper = match ghost.pending {
        Pending::Offer { taken: true, .. } => palette.gold,
        Pending::Replaced => palette.neg2,
        _ => palette.card,
    };
    let node = Node {
        min_width: Val::Px(28.0),
        height: Val::Px(FLAG),
        margin: UiRect::bottom(Val::Px(-OVERLAP)),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(5.0)),
        padding: UiRect::horizontal(Val::Px(4.0)),
        column_gap: Val::Px(3.0),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    };
    let look = (
        BackgroundColor(paper),
        BorderColor::all(palette.ink),
        ZIndex(1),
    );
    let count = ghost.orders.len();
    ghost_node
        .spawn((Name::new("Flag"), node, look))
        .with_children(|flag| {
            match ghost.pending {
                Pending::Offer { at, .. } => {
                    let letter = LETTERS[at.min(LETTERS.len() - 1)];
                    flag.spawn(kit.line(Role::Plate, words.lang, letter, palette.ink));
                }
                Pending::Standing => {
                    flag.spawn(kit.icon("clock", 14.0, palette.ink));
                }
                Pending::Replaced => {
                    flag.spawn(kit.icon("cross", 14.0, palette.neg));
                }
            }
            if count > 1 {
                flag.spawn(kit.line(Role::Plate, words.lang, count.to_string(), palette.ink));
            }
        });
}

fn means(words: &Words, ghost: &Ghost) -> Semantics {
    let (name, label) = match ghost.pending {
        Pending::Offer { slot, at, taken } => {
            let letter = LETTERS[at.min(LETTERS.len() - 1)];
            let key = if taken { "ghost.taken" } else { "ghost.offer" };
            (
                format!("{}:{at}", slot.id()),
                words.with(key, "letter", letter),
            )
        }
        Pending::Standing => ("standing".to_owned(), words.say("ghost.standing")),
        Pending::Replaced => ("replaced".to_owned(), words.say("ghost.replaced")),
    };
    let what = match ghost.shape {
        Shape::Unit(kind) => words.scenario().world.kinds[kind.at()].id.as_str(),
        Shape::Mark(icon) => icon,
    };
    let place = &words.scenario().world.precincts[ghost.place.at()].id;
    let orders: Vec<String> = ghost.orders.iter().map(|it| words.act_label(it)).collect();
    let value = orders.join(&words.say("list.stop"));
    Semantics::figure(format!("ghost:{name}:{place}:{what}"), label, value)
}
