//! What the words mean: those of the exercise on the table first, then those of the whole game.

use super::model::stack;
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Gloss, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, row};
use crate::app::words::{Words, capital};
use crate::rules::world::{Domain, Duty, InjectKind, OrderKind, Tactic};
use crate::rules::{Index, World};
use crate::scenario::Scenario;
use crate::scenario::card::Card;
use crate::text::{self, Lang};
use bevy::prelude::*;

/// The groups of words, in order.
const GROUPS: [&str; 6] = [
    "table",
    "known",
    "means",
    "offences",
    "domains",
    "instruments",
];
/// Words of the table.
const TABLE: [&str; 18] = [
    "desk",
    "precinct",
    "district",
    "funds",
    "analysts",
    "goodwill",
    "card",
    "call",
    "standing-order",
    "tempo",
    "note",
    "pin",
    "ask",
    "mandate",
    "residents",
    "site",
    "tier",
    "seed",
];
/// Words for what is known and counted, before the indices.
const KNOWN: [&str; 11] = [
    "recorded",
    "published",
    "true",
    "survey",
    "forecast",
    "wobble",
    "unexplained",
    "card-of-model",
    "hot-spot",
    "freshness",
    "pilot",
];
/// What is narrower in the game than in the account that it follows.
const NARROWED: [&str; 4] = [
    "departure.political",
    "departure.stability",
    "departure.online",
    "departure.registry",
];

/// A word and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, the same in every language.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub is: String,
    /// Whether the exercise on the table has it.
    pub here: bool,
}

fn has(word: &str, scenario: &Scenario) -> bool {
    let world = &scenario.world;
    let cards = |call: bool| {
        let is_call = |kind: &InjectKind| matches!(kind, InjectKind::HotCall(_));
        world.injects.iter().any(|it| is_call(&it.kind) == call)
    };
    match word {
        "district" => world.districts.len() > 1,
        "analysts" => world.analysts > 0,
        "goodwill" => !world.instruments.is_empty() || can(Tactic::Watch, world),
        "card" => cards(false),
        "call" => cards(true),
        "note" | "pin" => !scenario.names.desk_notes.is_empty(),
        "ask" | "standing-order" => world.seats.iter().any(|seat| !seat.postures.is_empty()),
        "tempo" => !world.tempo.is_empty(),
        "mandate" => !scenario.names.mandates.is_empty(),
        "residents" => world.seats.iter().any(|seat| seat.oversight),
        "site" => !world.sites.is_empty() || !world.gates.is_empty(),
        "tier" => world.units.iter().any(|unit| unit.tier.is_some()),
        "pilot" => !world.instruments.is_empty(),
        _ => true,
    }
}

fn can(tactic: Tactic, world: &World) -> bool {
    world
        .kinds
        .iter()
        .any(|kind| kind.tactics.contains(&tactic))
}

fn said(lang: Lang, key: &str) -> String {
    text::get(lang, key, &[])
}

/// A word whose name stands in another table.
fn of(lang: Lang, id: &str, name: String, here: bool) -> Entry {
    Entry {
        is: said(lang, &format!("glossary.{id}.is")),
        name: capital(&name),
        id: id.to_owned(),
        here,
    }
}

fn plain(lang: Lang, id: &str, here: bool) -> Entry {
    of(lang, id, said(lang, &format!("glossary.{id}")), here)
}

/// The words of a group, those of the exercise first.
#[must_use]
pub fn entries(group: &str, scenario: &Scenario, lang: Lang) -> Vec<Entry> {
    let world = &scenario.world;
    let card = Card::built_in();
    let mut entries: Vec<Entry> = match group {
        "table" => TABLE
            .iter()
            .map(|id| plain(lang, id, has(id, scenario)))
            .collect(),
        "known" => {
            let known = KNOWN.iter().map(|id| plain(lang, id, has(id, scenario)));
            let indices = Index::ALL.iter().map(|index| {
                let id = format!("index.{}", index.id());
                of(lang, &id, said(lang, &id), true)
            });
            known.chain(indices).collect()
        }
        "means" => {
            let tactics = Tactic::ALL.iter().map(|tactic| {
                let id = format!("tactic.{}", tactic.id());
                of(lang, &id, said(lang, &id), can(*tactic, world))
            });
            let orders = OrderKind::ALL.iter().map(|order| {
                let id = format!("order.{}", order.id());
                of(lang, &id, said(lang, &id), world.order(*order).is_some())
            });
            let duty = world.order(OrderKind::Duty).is_some();
            let levels = Duty::ALL.iter().map(|level| {
                let id = format!("duty.{}", level.id());
                plain(lang, &id, duty)
            });
            tactics.chain(orders).chain(levels).collect()
        }
        "offences" => {
            let families = card.families().iter().map(|family| {
                let here = world.families.iter().any(|it| it.id.as_str() == family.id);
                let name = family.name.in_lang(lang).to_owned();
                of(lang, &format!("family.{}", family.id), name, here)
            });
            families.collect()
        }
        "domains" => {
            let domains = Domain::ALL.iter().filter_map(|domain| {
                let known = card.domains().iter().find(|it| it.domain == *domain)?;
                Some(Entry {
                    id: format!("domain.{}", domain.id()),
                    name: known.name.in_lang(lang).to_owned(),
                    is: known.about.in_lang(lang).to_owned(),
                    here: world.domain(*domain).is_some(),
                })
            });
            let narrowed = NARROWED.iter();
            let narrowed = narrowed.map(|id| plain(lang, id, !world.domains.is_empty()));
            domains.chain(narrowed).collect()
        }
        _ => {
            let instruments = card.instruments().iter().map(|one| Entry {
                id: format!("instrument.{}", one.id),
                name: one.name.in_lang(lang).to_owned(),
                is: one.about.in_lang(lang).to_owned(),
                here: super::model_parts::is_open(one, world),
            });
            instruments.collect()
        }
    };
    entries.sort_by_key(|entry| !entry.here);
    entries
}

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let scenario = &*table.scenario;
    let Gloss { group, all } = table.gloss;
    let wanted = |at: usize| {
        let entries = entries(GROUPS[at], scenario, lang).into_iter();
        entries
            .filter(|entry| all || entry.here)
            .collect::<Vec<_>>()
    };
    let scopes = [(false, "here"), (true, "all")].map(|(scope, name)| {
        let label = words.say(&format!("glossary.{name}"));
        let act = Act::Gloss(Gloss { group, all: scope });
        Semantics::choice(format!("glossary:{name}"), label, scope == all, act)
    });
    kit.choices(page, lang, scopes);
    let groups = GROUPS.iter().enumerate();
    let groups = groups.filter(|(at, _)| !wanted(*at).is_empty());
    let choices = groups.map(|(at, name)| {
        let label = words.say(&format!("glossary.{name}"));
        let act = Act::Gloss(Gloss { group: at, all });
        Semantics::choice(format!("glossary:{name}"), label, at == group, act)
    });
    kit.choices(page, lang, choices.collect::<Vec<_>>());
    page.spawn(kit.rule());
    let shown = wanted(group);
    if shown.is_empty() {
        let text = words.say("glossary.empty");
        page.spawn((Name::new("None"), stack(0.0)))
            .with_child(kit.text(Role::Body, lang, text, palette.ink2));
    }
    for entry in shown {
        if Some(entry.id.as_str()) == NARROWED.first().copied() {
            let text = words.say("glossary.narrowed");
            page.spawn((Name::new("Narrowed"), stack(0.0)))
                .with_child(kit.text(Role::Panel, lang, text, palette.ink));
        }
        let means = Semantics::figure(
            format!("word:{}", entry.id),
            entry.name.as_str(),
            entry.is.as_str(),
        );
        page.spawn((Name::new("Word"), stack(1.0), means))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Strong, lang, entry.name, palette.ink));
                lines.spawn(kit.text(Role::Body, lang, entry.is, palette.ink));
            });
    }
    if GROUPS[group] == "domains" || GROUPS[group] == "instruments" {
        page.spawn(kit.rule());
        let text = words.say("glossary.judgement");
        page.spawn((Name::new("Judgement"), stack(0.0)))
            .with_child(kit.text(Role::Label, lang, text, palette.ink2));
    }
    let line = Node {
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(4.0)),
        ..row(8.0)
    };
    page.spawn((Name::new("To the model"), line))
        .with_children(|line| {
            let act = Act::Show(crate::app::table::Overlay::Model);
            let means = Semantics::button("glossary:model", words.say("menu.model"), act);
            kit.worded(line, lang, "book", means);
        });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{built_in, load};

    #[test]
    fn every_word_of_every_exercise_is_explained_in_both_languages() {
        for shipped in built_in() {
            let scenario = load(&shipped.source()).expect("it is good").scenario;
            let world = &scenario.world;
            for lang in Lang::ALL {
                let all: Vec<Entry> = GROUPS
                    .iter()
                    .flat_map(|group| entries(group, &scenario, lang))
                    .collect();
                for entry in &all {
                    let told = !entry.name.contains("glossary.") && !entry.name.contains("duty.");
                    assert!(told && !entry.name.is_empty(), "{lang} {}", entry.id);
                    let told = !entry.is.starts_with("glossary.") && !entry.is.is_empty();
                    assert!(told, "{lang} {}", entry.id);
                    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
                    assert_eq!(entry.is.contains(han), lang == Lang::ZhHans, "{}", entry.id);
                }
                let here = |id: String| {
                    let found = all.iter().find(|entry| entry.id == id);
                    assert!(found.is_some_and(|entry| entry.here), "{lang} {id}");
                };
                for one in &world.instruments {
                    here(format!("instrument.{}", one.id));
                }
                for order in &world.orders {
                    here(format!("order.{}", order.kind.id()));
                }
                for tactic in world.kinds.iter().flat_map(|kind| &kind.tactics) {
                    here(format!("tactic.{}", tactic.id()));
                }
                for family in &world.families {
                    here(format!("family.{}", family.id));
                }
                for open in &world.domains {
                    here(format!("domain.{}", open.domain.id()));
                }
                for index in Index::ALL {
                    here(format!("index.{}", index.id()));
                }
            }
        }
    }
}
