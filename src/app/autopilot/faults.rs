//! What is wrong with a screen as it lies there: cut-off texts, controls on each other, names twice,
//! words of another language.

use crate::app::layout::Layout;
use crate::app::semantics::{Cited, Cover, Role, Scrolled, Semantics, Tree, Under};
use crate::app::shell::Settings;
use crate::app::table::Table;
use crate::text::Lang;
use bevy::prelude::*;
use bevy::text::TextLayoutInfo;
use bevy::ui::UiGlobalTransform;
use std::collections::BTreeSet;

/// Sides of a main control and of one inside a panel, at text size 100.
const MAIN: f32 = 40.0;
const PANEL: f32 = 34.0;
/// Sides of every control for fingers.
const TOUCH: f32 = 44.0;
/// Latin words that Chinese texts may hold: keys, and names of things that are typed as they are.
const LATIN: [&str; 12] = [
    "Ctrl",
    "Enter",
    "Esc",
    "Shift",
    "Backspace",
    "Tab",
    "PageUp",
    "PageDown",
    "English",
    "GB",
    "json",
    "cwlog",
];

fn rect(node: &ComputedNode, place: &UiGlobalTransform) -> Rect {
    Rect::from_center_size(place.transform_point2(Vec2::ZERO), node.size())
}

fn holds(outer: Rect, inner: Rect) -> bool {
    let outer = outer.inflate(1.5);
    outer.union(inner) == outer
}

/// A box that a text must not leave.
type Boxes<'w, 's> = Query<
    'w,
    's,
    (
        &'static ComputedNode,
        &'static UiGlobalTransform,
        Option<&'static BackgroundColor>,
        Option<&'static Semantics>,
        Has<Cover>,
        Has<Scrolled>,
    ),
>;

/// Everything that is wrong now.
pub(super) fn now(
    layout: Res<Layout>,
    settings: Res<Settings>,
    table: Res<Table>,
    tree: Res<Tree>,
    texts: Query<(
        Entity,
        &Text,
        &TextLayoutInfo,
        &ComputedNode,
        &UiGlobalTransform,
        Has<Cited>,
    )>,
    boxes: Boxes,
    parents: Query<&ChildOf>,
) -> Vec<String> {
    let mut faults = Vec::new();
    let window = Rect::from_corners(Vec2::ZERO, layout.window * layout.physical);
    for (entity, text, shaped, node, place, cited) in &texts {
        let about = text.0.chars().take(40).collect::<String>();
        if shaped.glyphs.is_empty() && !text.0.trim().is_empty() {
            faults.push(format!("\"{about}\" has no glyphs"));
        }
        // In the interface's pixels, as nothing else here is.
        let size = shaped.size * layout.physical;
        // A broken line counts the space at its end, which nobody sees.
        let space = 6.0 * layout.physical;
        if size.x > node.size().x + space || size.y > node.size().y + 1.5 {
            faults.push(format!("\"{about}\" is {size} in a box of {}", node.size()));
        }
        let here = rect(node, place);
        let mut within_window = holds(window, here);
        for above in parents.iter_ancestors(entity) {
            let Ok((outer, outer_place, paint, means, cover, scrolled)) = boxes.get(above) else {
                break;
            };
            let outer = rect(outer, outer_place);
            if scrolled {
                // What is scrolled away is there all the same, but it may not be too wide.
                within_window = holds(window, outer);
                if here.min.x < outer.min.x - 1.5 || here.max.x > outer.max.x + 1.5 {
                    faults.push(format!("\"{about}\" is wider than what it is scrolled in"));
                }
                break;
            }
            let painted = paint.is_some_and(|paint| paint.0.alpha() > 0.0);
            let control = means.is_some_and(|means| means.act.is_some());
            if (painted || control || cover) && !holds(outer, here) {
                faults.push(format!("\"{about}\" leaves its box"));
                break;
            }
        }
        if !within_window {
            faults.push(format!("\"{about}\" leaves the window: {here:?}"));
        }
        faults.extend(foreign(&text.0, table.lang).filter(|_| !cited));
    }
    faults.extend(names(&tree, table.lang));
    faults.extend(controls(&tree, &settings));
    faults.extend(map_marks(&tree));
    faults
}

/// Words of the other language.
fn foreign(text: &str, lang: Lang) -> Option<String> {
    let about = || text.chars().take(40).collect::<String>();
    match lang {
        Lang::En => {
            // The button that leads to the other language says so in that language.
            let switch = crate::text::get(lang, "language.other", &[]);
            let names = [switch.as_str(), Lang::ZhHans.name()];
            let han = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            (han && !names.contains(&text)).then(|| format!("\"{}\" is not English", about()))
        }
        Lang::ZhHans => text
            .split(|c: char| !c.is_ascii_alphabetic())
            .find(|word| word.len() >= 3 && !LATIN.contains(word))
            .filter(|_| !text.contains("0x"))
            .map(|word| format!("\"{}\" holds {word}", about())),
    }
}

/// Names and labels: there, and each once.
fn names(tree: &Tree, lang: Lang) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for thing in tree.things() {
        let means = &thing.means;
        if !seen.insert(means.id.as_str()) {
            faults.push(format!("{} is there twice", means.id));
        }
        if means.label.trim().is_empty() {
            faults.push(format!("{} has no label", means.id));
        }
        if means.role != Role::Text {
            let told = [means.label.as_str(), means.value.as_str()];
            faults.extend(told.into_iter().filter_map(|text| foreign(text, lang)));
        }
    }
    faults
}

/// Controls: large enough, on the screen, and not on each other.
fn controls(tree: &Tree, settings: &Settings) -> Vec<String> {
    let mut faults = Vec::new();
    let window = tree.window().inflate(1.5);
    // The tray takes drops everywhere below its own controls.
    let all: Vec<_> = tree
        .controls()
        .filter(|thing| thing.means.id != "tray" && !tree.is_behind(thing))
        .collect();
    let on_top = |id: &str, at: Vec2| tree.under(at) == Under::Control(id.to_owned());
    for (at, thing) in all.iter().enumerate() {
        let (id, area) = (thing.means.id.as_str(), thing.area);
        if thing.within.is_none() && window.union(area) != window {
            faults.push(format!("{id} leaves the window: {area:?}"));
        }
        let token = id.starts_with("stack:");
        let least = match (settings.touch, is_main(id)) {
            (true, _) => TOUCH,
            (false, true) => MAIN,
            (false, false) => PANEL,
        };
        let small = area.width().min(area.height()) < least - 0.5;
        if small && !token && !id.starts_with("cause:") {
            faults.push(format!("{id} is {} small", area.size()));
        }
        if !on_top(id, thing.seen.center()) {
            continue;
        }
        for other in &all[at + 1..] {
            let shared = thing.seen.intersect(other.seen);
            let other_id = other.means.id.as_str();
            let both = on_top(other_id, other.seen.center());
            if both && shared.width() > 1.0 && shared.height() > 1.0 {
                faults.push(format!("{id} and {other_id} lie on each other"));
            }
        }
    }
    faults
}

/// Names, tokens, key sites, gates, pins and figures of the map: none on another.
fn map_marks(tree: &Tree) -> Vec<String> {
    let marks: Vec<_> = tree
        .things()
        .iter()
        .filter(|thing| {
            let on_map = [
                "stack:",
                "ghost:",
                "site:",
                "gate:",
                "pin:",
                "layer-figure:",
            ];
            let id = &thing.means.id;
            thing.means.role == Role::Place || on_map.iter().any(|kind| id.starts_with(kind))
        })
        // A page that lies over the map names notes, too.
        .filter(|thing| thing.within.is_none())
        .filter(|thing| thing.area.width() > 1.0 && thing.area.height() > 1.0)
        .collect();
    let mut faults = Vec::new();
    for (at, mark) in marks.iter().enumerate() {
        for other in &marks[at + 1..] {
            let shared = mark.area.intersect(other.area);
            if shared.width() > 2.0 && shared.height() > 2.0 {
                let (a, b) = (&mark.means.id, &other.means.id);
                faults.push(format!("{a} and {b} lie on each other on the map"));
            }
        }
    }
    faults
}

/// Whether a control is one of those that a room presses most.
fn is_main(id: &str) -> bool {
    [
        "end-turn",
        "onward",
        "start",
        "set-up",
        "begin",
        "continue",
        "browse",
        "home-end",
        "emergency-go",
    ]
    .contains(&id)
}
