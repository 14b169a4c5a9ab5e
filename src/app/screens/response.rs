//! Response: the turn plays. Place by place the map shows what came on record and who came to it,
//! with the same told in words beside it. Any press shows the rest at once.

use super::chrome::{Offers, reading_tray_with, top_bar};
use super::place::{annotations, figure_spots, plate_with, token_radius, token_spot};
use super::root;
use super::warning::{map_frame, sheet_place};
use crate::app::map::{Board, Frame, MapView, Pass, spots, ways};
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Screen, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, whole};
use crate::geometry::Point;
use crate::rules::View;
use crate::rules::id::{FamilyIx, PrecinctIx, UnitIx};
use crate::rules::state::OpenPage;
use crate::rules::world::Measure;
use bevy::prelude::*;

/// At most so many marks in a precinct; one stands for several where more came on record.
const MOST_MARKS: u32 = 6;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let Some(view) = table.view() else {
        return;
    };
    let words = table.words();
    let narrow = kit.narrow();
    let places = view.world().precincts.len();
    let shown = table.told.map_or(places, |told| told.lines);
    // The clock goes on from here in the next frame; what it showed last was another turn.
    map.told = match table.told {
        None => f32::MAX,
        Some(told) => {
            let lines = told.lines as f32;
            Some(map.told)
                .filter(|at| (lines..=lines + 1.0).contains(at))
                .unwrap_or(lines)
        }
    };
    // The one that plays.
    map.chosen = Some(shown).filter(|at| *at < places);
    map.focus = None;
    map.frame = map
        .board
        .as_ref()
        .filter(|_| !narrow)
        .map(|board| map_frame(&kit, board));
    let marks = Marks::of(&view);
    if let (Some(board), Some(frame), Some(marks)) = (&map.board, &map.frame, &marks) {
        let r = token_radius(&kit, board);
        map.pass = marks.pass(&view, board, frame, r);
    }
    commands.spawn(root("Response")).with_children(|root| {
        if let (Some(board), Some(frame)) = (&map.board, &map.frame) {
            let screen = Screen::Response;
            annotations(root, &mut kit, &words, &table, &view, board, frame, screen);
            let all: Vec<usize> = (0..places).collect();
            let spots = figure_spots(&kit, &words, &view, board, frame, &all, 52.0);
            for (at, spot) in spots.into_iter().enumerate().take(shown) {
                let count = count(&view, at).to_string();
                let latest = at + 1 == shown && shown < places;
                let world = view.world();
                let name = words.precinct(PrecinctIx::from_position(at));
                let means = Semantics::figure(
                    format!("all:{}", world.precincts[at].id),
                    name,
                    words.with("response.all", "count", &count),
                );
                plate_with(root, &mut kit, &words, spot, &count, means, latest);
            }
        }
        let node = sheet_place(&kit);
        root.spawn((Name::new("Beside the map"), node))
            .with_children(|side| {
                let marks = marks.as_ref().filter(|_| !narrow);
                log(side, &mut kit, &words, &table, &view, shown, marks);
            });
        let turn = view.pages().last().map_or(1, |page| page.turn);
        let offers = Offers { turn, ..default() };
        top_bar(root, &mut kit, &words, &table, offers);
        let onward = if table.told.is_some() {
            Semantics::button("onward", words.say("response.skip"), Act::Skip)
        } else {
            Semantics::button("onward", words.say("response.onward"), Act::ToFeedback)
        };
        let sentence = words.say("feedback.records");
        reading_tray_with(root, &mut kit, &words, &sentence, onward);
    });
}

/// What the marks on the map stand for: what is gravest on record, in numbers that can be seen. They
/// tell no more than the record, so where in its precinct one lies is drawn by lot.
struct Marks {
    families: Vec<FamilyIx>,
    /// How many on record one mark stands for.
    each: u32,
    /// How many marks each precinct has.
    counts: Vec<u32>,
}

impl Marks {
    /// None before a turn was played.
    fn of(view: &View) -> Option<Self> {
        let (world, page) = (view.world(), view.pages().last()?);
        let harm = |family: &FamilyIx| world.families[family.at()].harm;
        let all = (0..world.families.len()).map(FamilyIx::from_position);
        let most = all.clone().map(|family| harm(&family)).fold(0.0, f64::max);
        // Where the exercise counts one family, that is the one to follow; else the gravest.
        let counted = |family: &FamilyIx| {
            let mut lines = world.objectives.iter().map(|it| it.goal.measure);
            lines.any(|it| it == Measure::Offences(*family))
        };
        let about: Vec<FamilyIx> = all.clone().filter(counted).collect();
        let families = match about.is_empty() {
            true => all.filter(|family| harm(family) > most / 2.0).collect(),
            false => about,
        };
        let on_record = |place: usize| -> u32 {
            let place = PrecinctIx::from_position(place);
            let cells = families.iter().map(|family| world.cell(place, *family));
            cells.map(|cell| page.recorded[cell]).sum()
        };
        let recorded: Vec<u32> = (0..world.precincts.len()).map(on_record).collect();
        let each = recorded.iter().max()?.div_ceil(MOST_MARKS).max(1);
        let marks = |count: &u32| ((count + each / 2) / each).max((*count).min(1));
        let counts = recorded.iter().map(marks).collect();
        Some(Self {
            families,
            each,
            counts,
        })
    }

    /// Who comes to which mark: teams that stand there or next door, else an ordinary car.
    fn pass(&self, view: &View, board: &Board, frame: &Frame, r: f32) -> Pass {
        let Some(page) = view.pages().last() else {
            return Pass::default();
        };
        let places = board.places.len().min(self.counts.len());
        let places = (0..places).map(|place| {
            let count = self.counts[place] as usize;
            if count == 0 {
                return Vec::new();
            }
            let seed = format!("marks-{}-{place}", page.turn);
            let found = spots(board, frame, place, count, &seed);
            let teams = teams_near(view, page, board, frame, place, r);
            ways(board, &found, count, &teams)
        });
        Pass {
            places: places.collect(),
        }
    }

    /// What one mark stands for.
    fn told(&self, words: &Words) -> String {
        let names: Vec<&str> = self.families.iter().map(|it| words.family(*it)).collect();
        let names = names.join(&words.say("list.comma"));
        let key = if self.each == 1 {
            "response.mark"
        } else {
            "response.marks"
        };
        let each = self.each.to_string();
        words.get(key, &[("family", &names), ("count", &each)])
    }
}

/// Where teams stood that come to calls in a precinct: in it or next door.
fn teams_near(
    view: &View,
    page: &OpenPage,
    board: &Board,
    frame: &Frame,
    place: usize,
    r: f32,
) -> Vec<Point> {
    let world = view.world();
    let next_door = &world.precincts[place].neighbours;
    let near = |at: usize| at == place || next_door.iter().any(|(other, _)| other.at() == at);
    let mut from: Vec<usize> = page
        .posts
        .iter()
        .enumerate()
        .filter(|(unit, _)| world.kind_of(UnitIx::from_position(*unit)).comes_to_calls())
        .filter_map(|(_, post)| post.at.map(|(at, _)| at.at()))
        .filter(|at| near(*at))
        .collect();
    from.sort_unstable();
    from.dedup();
    from.into_iter()
        .map(|at| frame.to_city(token_spot(board, frame, at, r)))
        .collect()
}

/// Everything on record in a precinct in the turn just played.
fn count(view: &View, place: usize) -> u32 {
    let place = PrecinctIx::from_position(place);
    let world = view.world();
    let families = (0..world.families.len()).map(FamilyIx::from_position);
    let page = view.pages().last();
    families
        .map(|family| page.map_or(0, |page| page.recorded[world.cell(place, family)]))
        .sum()
}

fn log(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    shown: usize,
    marks: Option<&Marks>,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let pad = if kit.compact() { 14.0 } else { 20.0 };
    let sheet = Node {
        flex_grow: 1.0,
        padding: UiRect::all(Val::Px(pad)),
        min_height: Val::Px(0.0),
        min_width: Val::Px(0.0),
        ..column(8.0)
    };
    side.spawn(kit.card("Log", sheet)).with_children(|card| {
        let title = words.say(&format!("response.title.{}", words.turn_unit()));
        card.spawn((kit.text(Role::Panel, lang, title, palette.ink), Heading));
        let grow = Node {
            flex_grow: 1.0,
            ..column(0.0)
        };
        let part = kit.scrolled("response", grow);
        let before = before(view);
        part.fill(card, 9.0, |lines| {
            for at in 0..shown {
                let place = PrecinctIx::from_position(at);
                line(lines, kit, words, table, view, place, &before);
            }
        });
        if let Some(marks) = marks {
            card.spawn(kit.rule());
            let told = marks.told(words);
            card.spawn(kit.text(Role::Label, lang, told, palette.ink2));
        }
    });
}

/// One precinct: its name, and what came on record there.
fn line(
    lines: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    place: PrecinctIx,
    before: &[f64],
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let Some(page) = view.pages().last() else {
        return;
    };
    let told = recorded(words, table, view, place, before);
    let help = page.circles.get(place.at()).map(|circle| {
        let minutes = format!("{:.1}", circle.minutes);
        words.with("response.help", "minutes", &minutes)
    });
    let told: Vec<String> = [Some(told), help].into_iter().flatten().collect();
    let stood = page
        .posts
        .iter()
        .any(|post| post.at.is_some_and(|(at, _)| at == place));
    let id = &table.scenario.world.precincts[place.at()].id;
    let name = words.precinct(place);
    let spoken = told.join(&words.say("list.stop"));
    let means = Semantics::figure(format!("recorded:{id}"), name, spoken);
    let node = Node {
        align_items: AlignItems::FlexStart,
        flex_shrink: 0.0,
        ..row(10.0)
    };
    lines
        .spawn((Name::new("Place"), node, means))
        .with_children(|line| {
            let icon = if stood { "team" } else { "table" };
            line.spawn(kit.icon(icon, 20.0, palette.ink2));
            let grow = filling(0.0);
            line.spawn((Name::new("Words"), grow))
                .with_children(|lines| {
                    lines.spawn(kit.text(Role::Strong, lang, name, palette.ink));
                    for sentence in told {
                        lines.spawn(kit.text(Role::Body, lang, sentence, palette.ink2));
                    }
                });
        });
}

/// So many families are told of one by one; of more, only what the exercise counts and what changed.
const FEW_FAMILIES: usize = 4;

/// At most so many families of a place are said to have changed, the largest changes first.
const MOST_CHANGES: usize = 2;

/// What the counts are held against, precinct × family: those of the turn before, or of an ordinary
/// one.
fn before(view: &View) -> Vec<f64> {
    match view.pages() {
        [.., before, _] => before.recorded.iter().copied().map(f64::from).collect(),
        _ => view.ordinary(),
    }
}

/// What came on record in a precinct.
///
/// With many families a list of all counts in all precincts is a wall that nobody reads. Then it is
/// the sum, the family that the exercise counts, and where a count left its usual wobble.
fn recorded(
    words: &Words,
    table: &Table,
    view: &View,
    place: PrecinctIx,
    before: &[f64],
) -> String {
    let world = view.world();
    let Some(page) = view.pages().last() else {
        return String::new();
    };
    let all = (0..world.families.len()).map(FamilyIx::from_position);
    let now = |family: FamilyIx| page.recorded[world.cell(place, family)];
    let count = |family: FamilyIx| {
        let (label, now) = (words.family_label(family), now(family).to_string());
        words.get("response.count", &[("family", &label), ("count", &now)])
    };
    let some: Vec<FamilyIx> = all.clone().filter(|family| now(*family) > 0).collect();
    if some.is_empty() {
        return words.say("response.nothing");
    }
    if world.families.len() <= FEW_FAMILIES {
        let told: Vec<String> = some.into_iter().map(count).collect();
        return told.join(&words.say("list.comma"));
    }
    let sum = self::count(view, place.at()).to_string();
    let watched = table.watched();
    let mut told = vec![words.with("response.all", "count", &sum), count(watched)];
    let key = if view.pages().len() > 1 {
        "response.changed"
    } else {
        "response.unusual"
    };
    let moved = |family: FamilyIx| {
        let (before, now) = (before[world.cell(place, family)], f64::from(now(family)));
        (table.swings(before, now), family, before, now)
    };
    let others = all.filter(|family| *family != watched).map(moved);
    let mut changed: Vec<_> = others.filter(|(swings, ..)| *swings > 1.0).collect();
    changed.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    for (_, family, before, now) in changed.into_iter().take(MOST_CHANGES) {
        let slots = [
            ("family", &*words.family_label(family)),
            ("count", &*whole(now)),
            ("before", &*whole(before)),
        ];
        told.push(words.get(key, &slots));
    }
    told.join(&words.say("list.semicolon"))
}
