//! What stands on the map besides names and tokens: key sites by their grade, gates, pinned notes and
//! the names of metro lines. Nothing lies on anything else; what finds no room is left out until the
//! map is larger.

use super::place::{Named, middle_of, name_box, token_boxes, width_of};
use crate::app::map::{Board, Frame};
use crate::app::semantics::Semantics;
use crate::app::theme::{Badge, Role};
use crate::app::widgets::{Kit, LINE, row};
use crate::app::words::Words;
use crate::geometry::Point;
use crate::rules::View;
use crate::rules::id::PrecinctIx;
use crate::rules::world::{Over, SiteGrade};
use bevy::prelude::*;

/// The size of a plate's text line with its padding.
const PLATE: f32 = 26.0;
/// So many letters of a pinned note stand on the map; Han are twice as wide.
const PIN_LETTERS: usize = 20;

/// The room that is left on the map.
pub(super) struct Space {
    taken: Vec<Rect>,
    within: Rect,
}

impl Space {
    /// What names, tokens and captions leave free within a part of the window.
    pub fn left(
        kit: &Kit,
        words: &Words,
        view: &View,
        board: &Board,
        frame: &Frame,
        named: &Named,
    ) -> Self {
        let tokens = token_boxes(kit, view, board, frame).into_iter().flatten();
        let names = (0..board.places.len())
            .filter(|at| named.shown[*at])
            .map(|at| name_box(kit, words, board, frame, at));
        let captions = words.scenario().chart.captions.iter().map(|(at, phrase)| {
            let name = phrase.in_lang(words.lang);
            let spaced = width_of(name) + 2.0 * name.chars().count() as f32;
            Rect::from_center_size(frame.to_window(*at), Vec2::new(spaced, 22.0))
        });
        Self {
            taken: tokens.chain(names).chain(captions).collect(),
            within: named.within,
        }
    }

    /// Keeps boxes free.
    pub fn block(&mut self, boxes: impl IntoIterator<Item = Rect>) {
        self.taken
            .extend(boxes.into_iter().filter(|it| !it.is_empty()));
    }

    /// Takes the first of the spots at which a box of this size lies on nothing.
    pub fn take(&mut self, size: Vec2, spots: impl IntoIterator<Item = Vec2>) -> Option<Vec2> {
        let free = |spot: &Vec2| {
            let here = Rect::from_center_size(*spot, size);
            let inside = self.within.union(here) == self.within;
            inside && self.taken.iter().all(|it| it.intersect(here).is_empty())
        };
        let spot = spots.into_iter().find(free)?;
        self.taken
            .push(Rect::from_center_size(spot, size + Vec2::splat(2.0)));
        Some(spot)
    }
}

/// A spot, then others further and further round it.
pub(super) fn round(spot: Vec2, reach: f32) -> impl Iterator<Item = Vec2> {
    let rings = (1..=3).flat_map(move |ring| {
        (0..8).map(move |turn| {
            let turn = turn as f32 / 8.0 * std::f32::consts::TAU;
            spot + Vec2::from_angle(turn) * (reach * ring as f32 / 3.0)
        })
    });
    std::iter::once(spot).chain(rings)
}

/// So many rows and columns of spots are tried within a precinct.
const GRAIN: i32 = 14;

/// Spots inside a precinct: above and below its name, then others, the nearest to the name first.
pub(super) fn inside(board: &Board, frame: &Frame, place: usize) -> Vec<Vec2> {
    let own = &board.places[place];
    let name = frame.to_window(own.label);
    let mut spots = vec![name - Vec2::new(0.0, 28.0), name + Vec2::new(0.0, 28.0)];
    let bounds = own.shape.bounds();
    let step = |from: f64, to: f64, at: i32| from + (to - from) * f64::from(at) / f64::from(GRAIN);
    let grid = (0..=GRAIN).flat_map(|x| (0..=GRAIN).map(move |y| (x, y)));
    let within = grid
        .map(|(x, y)| {
            let x = step(bounds.min.x, bounds.max.x, x);
            Point::new(x, step(bounds.min.y, bounds.max.y, y))
        })
        .filter(|spot| own.shape.contains(*spot))
        .map(|spot| frame.to_window(spot));
    spots.extend(within);
    spots[2..].sort_by(|a, b| a.distance(name).total_cmp(&b.distance(name)));
    spots
}

/// Draws pins, and all the rest unless a layer needs the room.
pub(super) fn draw(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    (board, frame): (&Board, &Frame),
    space: &mut Space,
    all: bool,
) {
    pins(root, kit, words, view, (board, frame), space);
    if !all || frame.is_small(kit.narrow()) {
        return;
    }
    sites(root, kit, words, view, (board, frame), space);
    gates(root, kit, words, view, frame, space);
    lines(root, kit, words, frame, space);
}

/// Half of a site's mark.
fn reach(kit: &Kit) -> f32 {
    if kit.compact() { 11.0 } else { 13.5 }
}

/// Key sites, the most guarded first: a diamond is graded A, a square B, a circle C.
fn sites(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    (board, frame): (&Board, &Frame),
    space: &mut Space,
) {
    let world = view.world();
    let mut order: Vec<usize> = (0..world.sites.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(view.site_grade(*at)));
    let r = reach(kit);
    for at in order {
        let site = &world.sites[at];
        let wanted = frame.to_window(Point::new(site.at.0, site.at.1));
        // A mark is never in the wrong precinct, nor in a lake.
        let spots = round(wanted, r * 4.0).filter(|spot| {
            let here = frame.to_city(*spot);
            board.place_at(here) == Some(site.precinct.at()) && !board.in_lake(here)
        });
        let Some(spot) = space.take(Vec2::splat(r * 2.0 + 3.0), spots) else {
            continue;
        };
        let grade = view.site_grade(at);
        let kind = words.scenario().chart.sites.get(at).copied();
        let icon = kind.unwrap_or_default().icon();
        let mark = kit.badge(badge(grade), icon, r);
        let name = words.thing(&Over::Sites, at, None);
        let value = words.get(
            "map.site",
            &[
                ("grade", &words.say(grade_key(grade))),
                ("place", words.precinct(site.precinct)),
            ],
        );
        let means = Semantics::figure(format!("site:{}", site.id), name, value);
        root.spawn(middle_of(spot, r * 2.0 + 3.0, r * 2.0 + 3.0))
            .with_children(|middle| {
                middle
                    .spawn((Name::new("Key site"), Node::default(), means))
                    .with_child(mark);
            });
    }
}

/// The mark of a grade.
pub(super) fn badge(grade: SiteGrade) -> Badge {
    match grade {
        SiteGrade::A => Badge::Diamond,
        SiteGrade::B => Badge::Square,
        SiteGrade::C => Badge::Circle,
    }
}

/// The text that names a grade.
pub(super) fn grade_key(grade: SiteGrade) -> &'static str {
    match grade {
        SiteGrade::A => "map.grade.a",
        SiteGrade::B => "map.grade.b",
        SiteGrade::C => "map.grade.c",
    }
}

fn gates(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    frame: &Frame,
    space: &mut Space,
) {
    let r = reach(kit) * 0.75;
    for (at, gate) in view.world().gates.iter().enumerate() {
        let spots = round(frame.to_window(Point::new(gate.at.0, gate.at.1)), r * 2.6);
        let Some(spot) = space.take(Vec2::splat(r * 2.0 + 3.0), spots) else {
            continue;
        };
        let name = words.thing(&Over::Gates, at, None);
        let value = words.with("map.gate", "place", words.precinct(gate.precinct));
        let means = Semantics::figure(format!("gate:{}", gate.id), name, value);
        let mark = kit.badge(Badge::Square, "gate", r);
        root.spawn(middle_of(spot, r * 2.0 + 3.0, r * 2.0 + 3.0))
            .with_children(|middle| {
                middle
                    .spawn((Name::new("Gate"), Node::default(), means))
                    .with_child(mark);
            });
    }
}

/// The notes on the map, with their first words; the whole note is in what is read aloud.
fn pins(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    (board, frame): (&Board, &Frame),
    space: &mut Space,
) {
    let palette = kit.palette().clone();
    for note in view.pinned() {
        let Some(place) = note.hint.and_then(|hint| hint.place) else {
            continue;
        };
        let text = words.note(&note);
        let short = first_words(text);
        let size = Vec2::new(width_of(&short) + 40.0, PLATE);
        let anchor = anchor(board, frame, place);
        let Some(spot) = space.take(size, round(anchor, 84.0)) else {
            continue;
        };
        let label = [words.seat(note.seat), text].join(&words.say("list.colon"));
        let means = Semantics::figure(
            format!("pin:{}", note.id),
            label,
            words.precinct(place).to_owned(),
        );
        let node = Node {
            padding: UiRect::axes(Val::Px(6.0), Val::Px(1.0)),
            border: UiRect::all(Val::Px(LINE)),
            border_radius: BorderRadius::all(Val::Px(5.0)),
            ..row(5.0)
        };
        let look = (BackgroundColor(palette.card), BorderColor::all(palette.ink));
        let icon = kit.icon("pin", 16.0, palette.trust);
        let words_on_it = kit.line(Role::Plate, words.lang, short, palette.ink);
        root.spawn((middle_of(spot, size.x, size.y), ZIndex(2)))
            .with_children(|middle| {
                middle
                    .spawn((Name::new("Pin"), node, look, means))
                    .with_children(|pin| {
                        pin.spawn(icon);
                        pin.spawn(words_on_it);
                    });
            });
    }
}

/// Between the name of a place and its tokens.
pub(super) fn anchor(board: &Board, frame: &Frame, place: PrecinctIx) -> Vec2 {
    let here = &board.places[place.at()];
    let (label, tokens) = (frame.to_window(here.label), frame.to_window(here.tokens));
    label.midpoint(tokens)
}

/// The beginning of a text, as long as a plate may be.
fn first_words(text: &str) -> String {
    let mut out = String::new();
    let mut left = PIN_LETTERS as f32;
    for c in text.chars() {
        left -= if c.is_ascii() { 1.0 } else { 2.0 };
        if left < 0.0 {
            // A Latin word is not cut in two.
            let whole = out.rfind(' ').filter(|_| c.is_ascii() && c != ' ');
            if let Some(whole) = whole {
                out.truncate(whole);
            }
            let end = out
                .trim_end_matches([' ', ',', '.', '，', '。', '、'])
                .len();
            out.truncate(end);
            out.push_str("...");
            break;
        }
        out.push(c);
    }
    out
}

/// The names of metro lines at one of their ends, so that colour alone does not tell them apart.
fn lines(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    frame: &Frame,
    space: &mut Space,
) {
    let palette = kit.palette().clone();
    for (at, line) in words.scenario().chart.metro.iter().enumerate() {
        let name = line.name.in_lang(words.lang);
        if name.is_empty() {
            continue;
        }
        let size = Vec2::new(width_of(name) + 14.0, PLATE);
        let ends = [line.line.first(), line.line.last()];
        let spots = ends.into_iter().flatten();
        let spots = spots.flat_map(|end| round(frame.to_window(*end), 46.0));
        let Some(spot) = space.take(size, spots) else {
            continue;
        };
        let paint = [palette.metro1, palette.metro2][at % 2];
        let node = Node {
            padding: UiRect::axes(Val::Px(5.0), Val::Px(0.0)),
            border: UiRect::all(Val::Px(2.0)),
            border_radius: BorderRadius::all(Val::Px(5.0)),
            ..default()
        };
        let look = (BackgroundColor(palette.card), BorderColor::all(paint));
        root.spawn(middle_of(spot, size.x, size.y))
            .with_children(|middle| {
                middle
                    .spawn((Name::new("Metro line"), node, look))
                    .with_child(kit.line(Role::Plate, words.lang, name, palette.ink));
            });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_on_the_map_begins_with_whole_words() {
        assert_eq!(first_words("One ferry only"), "One ferry only");
        assert_eq!(
            first_words("Four hundred workers will walk over the bridge."),
            "Four hundred workers..."
        );
        assert_eq!(
            first_words("组织方卖了五万二千张票，城里还不知道。"),
            "组织方卖了五万二千张..."
        );
    }

    #[test]
    fn a_box_takes_room_that_the_next_one_does_not_get() {
        let mut space = Space {
            taken: vec![Rect::from_center_size(Vec2::ZERO, Vec2::splat(10.0))],
            within: Rect::from_center_size(Vec2::ZERO, Vec2::splat(100.0)),
        };
        let size = Vec2::splat(8.0);
        let first = space.take(size, round(Vec2::ZERO, 30.0)).expect("room");
        let second = space.take(size, round(Vec2::ZERO, 30.0)).expect("room");
        assert_ne!(first, second);
        assert_eq!(space.take(Vec2::splat(90.0), [Vec2::ZERO]), None);
        assert_eq!(
            space.take(size, [Vec2::splat(48.0)]),
            None,
            "it would stick out"
        );
    }
}
