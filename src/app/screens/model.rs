//! How the model works: the handbook's chapters with every number of the card, section by section,
//! for whoever wants to know what stands behind a figure. Nobody types to find something.

use super::model_parts as parts;
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Leaf, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::Words;
use crate::report::chapters::{Chapter, Part, Section, chapters};
use crate::rules::world::{OrderKind, Tactic};
use crate::rules::{Rule, World};
use crate::scenario::card::{Card, Entry};
use bevy::prelude::*;

/// Whether the scenario has what a rule speaks of.
fn plays(rule: Rule, world: &World) -> bool {
    let can = |tactic| {
        world
            .kinds
            .iter()
            .any(|kind| kind.tactics.contains(&tactic))
    };
    let open = |kind| world.order(kind).is_some();
    match rule {
        Rule::ProblemSolving => can(Tactic::ProblemSolving),
        Rule::Mediation => can(Tactic::Mediation),
        Rule::Watch | Rule::Volunteering | Rule::Thanks => can(Tactic::Watch),
        Rule::Checks => can(Tactic::BroadChecks) || can(Tactic::PreciseChecks),
        Rule::Cameras | Rule::Sensing | Rule::Leak | Rule::Watching => {
            open(OrderKind::Cameras) || open(OrderKind::OnlineMonitoring)
        }
        Rule::Lighting => open(OrderKind::Lighting),
        Rule::Deterrence => open(OrderKind::Deterrence),
        Rule::Campaign => open(OrderKind::Campaign),
        _ => true,
    }
}

/// Whether a number is of a family or a kind of unit that the scenario does not have.
pub(super) fn foreign(entry: &Entry, world: &World) -> bool {
    let owner = entry.id.split('.').next().unwrap_or_default();
    let card = Card::built_in();
    let family = card.families().iter().any(|one| one.id == owner)
        && !world.families.iter().any(|one| one.id.as_str() == owner);
    let kind = card.kinds().iter().any(|one| one.id == owner)
        && !world.kinds.iter().any(|one| one.id.as_str() == owner);
    family || kind
}

/// Whether a section is about something that the scenario has.
fn concerns(chapter: &Chapter, section: &Section, world: &World) -> bool {
    let has = match chapter.name {
        "institution" => !world.instruments.is_empty(),
        "domains" => !world.domains.is_empty(),
        _ => true,
    };
    let mut rules = section.rules().peekable();
    let rules = rules.peek().is_none() || rules.any(|rule| plays(rule, world));
    let instruments = section.parts.iter().all(|part| match part {
        Part::Instruments(all) => all.iter().any(|one| parts::is_open(one, world)),
        _ => true,
    });
    has && rules && instruments
}

/// The sections that concern the scenario: chapter and section.
fn leaves(table: &Table) -> Vec<(usize, usize)> {
    let world = &table.scenario.world;
    let mut leaves = Vec::new();
    for (at, chapter) in chapters(table.lang).iter().enumerate() {
        for (below, section) in chapter.sections.iter().enumerate() {
            let open = (table.leaf.chapter, table.leaf.section) == (at, below);
            if open || concerns(chapter, section, world) {
                leaves.push((at, below));
            }
        }
    }
    leaves
}

fn turn_to((chapter, section): (usize, usize)) -> Act {
    Act::Leaf(Leaf {
        chapter,
        section,
        ..Leaf::default()
    })
}

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let all = chapters(words.lang);
    let leaf = table.leaf;
    let Some(chapter) = all.get(leaf.chapter) else {
        return;
    };
    let Some(section) = chapter.sections.get(leaf.section) else {
        return;
    };
    let leaves = leaves(table);
    let here = (leaf.chapter, leaf.section);
    let at = leaves.iter().position(|it| *it == here).unwrap_or(0);
    if kit.narrow() {
        narrow_way(page, kit, words, &leaves, at, &chapter.title);
    } else {
        wide_way(page, kit, words, &leaves, leaf);
    }
    page.spawn(kit.rule());
    let palette = kit.palette().clone();
    let title = kit.text(Role::Panel, words.lang, section.title.as_str(), palette.ink);
    page.spawn((title, Heading));
    if !table.scenario.world.draws.is_empty() && section.numbers().next().is_some() {
        let text = words.say(if table.truth_lies_open() {
            "model.city.open"
        } else {
            "model.city"
        });
        page.spawn(kit.text(Role::Label, words.lang, text, palette.ink2));
    }
    parts::section(page, kit, words, table, section);
    let line = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        flex_wrap: FlexWrap::Wrap,
        row_gap: Val::Px(8.0),
        ..row(8.0)
    };
    page.spawn((Name::new("On"), line)).with_children(|line| {
        let steps = [
            (at.checked_sub(1), "before", "left"),
            (Some(at + 1), "after", "right"),
        ];
        for (to, name, icon) in steps {
            if let Some(to) = to.and_then(|to| leaves.get(to)) {
                let label = words.say(&format!("model.{name}"));
                let means = Semantics::button(format!("leaf:{name}"), label, turn_to(*to));
                kit.worded(line, words.lang, icon, means);
            }
        }
    });
}

/// All chapters, and the sections of the one that lies open.
fn wide_way(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    leaves: &[(usize, usize)],
    leaf: Leaf,
) {
    let all = chapters(words.lang);
    let first = |at: usize| leaves.iter().find(|(chapter, _)| *chapter == at);
    let choices = all.iter().enumerate().filter_map(|(at, chapter)| {
        let to = first(at)?;
        let label = match at {
            0 => words.say("model.first"),
            _ => chapter.title.clone(),
        };
        let id = format!("chapter:{}", chapter.name);
        Some(Semantics::choice(
            id,
            label,
            at == leaf.chapter,
            turn_to(*to),
        ))
    });
    kit.choices(page, words.lang, choices.collect::<Vec<_>>());
    let below = leaves
        .iter()
        .filter(|(chapter, _)| *chapter == leaf.chapter);
    let choices = below.map(|(chapter, section)| {
        let label = all[*chapter].sections[*section].title.as_str();
        let id = format!("section:{section}");
        let on = *section == leaf.section;
        Semantics::choice(id, label, on, turn_to((*chapter, *section)))
    });
    let choices: Vec<Semantics> = choices.collect();
    if choices.len() > 1 {
        page.spawn(kit.rule());
        kit.choices(page, words.lang, choices);
    }
}

/// Chapter by chapter, where there is no room for all their names.
fn narrow_way(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    leaves: &[(usize, usize)],
    at: usize,
    title: &str,
) {
    let ink = kit.palette().ink2;
    let chapter = leaves.get(at).map_or(0, |(chapter, _)| *chapter);
    let earlier = leaves.iter().rev().find(|(other, _)| *other < chapter);
    let before = earlier.and_then(|(other, _)| leaves.iter().find(|(it, _)| it == other));
    let after = leaves.iter().find(|(other, _)| *other > chapter);
    page.spawn((Name::new("Chapter"), row(8.0)))
        .with_children(|line| {
            let square = |line: &mut ChildSpawnerCommands, kit: &mut Kit, name: &str, to| {
                let icon = if name == "before" { "left" } else { "right" };
                let label = words.say(&format!("model.chapter-{name}"));
                let means = Semantics::button(format!("chapter:{name}"), label, turn_to(to));
                kit.square(line, icon, 40.0, means);
            };
            if let Some(to) = before {
                square(line, kit, "before", *to);
            }
            let title = kit.text(Role::Strong, words.lang, title, ink);
            line.spawn((Name::new("Title"), filling(0.0)))
                .with_child(title);
            if let Some(to) = after {
                square(line, kit, "after", *to);
            }
        });
}

/// How many numbers stand behind a rule, and how many of them rest on judgement alone.
pub(super) fn behind(rule: Rule, table: &Table, words: &Words) -> Option<(Leaf, String)> {
    let (chapter, below) = crate::report::chapters::place_of(rule)?;
    let section = &chapters(words.lang)[chapter].sections[below];
    let world = &table.scenario.world;
    let entries: Vec<&Entry> = section
        .numbers()
        .filter(|entry| !foreign(entry, world))
        .collect();
    if entries.is_empty() {
        return None;
    }
    let judged = entries
        .iter()
        .filter(|entry| crate::report::written::judged(entry))
        .count();
    let text = words.get(
        "model.behind",
        &[
            ("all", &entries.len().to_string()),
            ("judged", &judged.to_string()),
        ],
    );
    let leaf = Leaf {
        chapter,
        section: below,
        rule: Some(rule),
        ..Leaf::default()
    };
    Some((leaf, text))
}

/// A column that keeps its height.
pub(super) fn stack(gap: f32) -> Node {
    Node {
        flex_shrink: 0.0,
        ..column(gap)
    }
}
