//! What is being set: for which thing, to what, and what that takes and does.

use super::{
    chooses, gives, line_of, price_in_words, reasons, says, talk, terms, titled, why_not, wide,
};
use crate::app::screens::setup::desk_icon;
use crate::app::semantics::Semantics;
use crate::app::table::{Act, Sensed, Sheet, Table, stands};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, plain, whole};
use crate::report::instruments::{Does, does_for};
use crate::rules::id::{InstrumentIx, PrecinctIx, UnitIx};
use crate::rules::world::{Duty, Governance, OrderKind, Over, Setting, Work};
use crate::rules::{Action, Id, View};
use crate::scenario::card::Card;
use bevy::prelude::*;

/// So much of what a setting does is said at once; the model card says the rest.
const MOST_EFFECTS: usize = 3;

pub(super) fn draw(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let Some(sheet) = table.desk.sheet else {
        return;
    };
    let title = match sheet {
        Sheet::Instrument(at) => words.instrument_label(&view.world().instruments[at.at()].id),
        Sheet::Measure(kind) => words.order_label(kind),
        Sheet::Ask(of) => words.with("desk.ask-of", "desk", words.seat(of)),
        Sheet::Counter(_) => words.say("desk.counter"),
    };
    card.spawn((Name::new("Sheet's head"), row(8.0)))
        .with_children(|line| {
            let back = Semantics::button("sheet-back", words.say("bar.back"), Act::Sheet(None));
            kit.square(line, "left", 36.0, back);
            let ink = kit.palette().ink;
            line.spawn((Name::new("Title"), filling(0.0)))
                .with_child(kit.text(Role::Strong, words.lang, title, ink));
        });
    match sheet {
        Sheet::Instrument(at) => {
            instrument(card, kit, words, table, view, at);
            reasons(card, kit, words, "reason", table.desk.reason);
        }
        Sheet::Measure(kind) => {
            things(card, kit, words, table, kind == OrderKind::Duty);
            if kind == OrderKind::Duty {
                district_of(card, kit, words, view, table.desk.thing);
            }
            if let Some(order) = about(table, view, kind) {
                felt(card, kit, words, view, &order);
            }
            measure(card, kit, words, table, view, kind);
            reasons(card, kit, words, "reason", table.desk.reason);
        }
        Sheet::Ask(of) => talk::wishes(card, kit, words, table, view, of, None),
        Sheet::Counter(at) => talk::counter(card, kit, words, table, view, at),
    }
}

/// For which of several things: the one before, its name, the next. What lies on the map can be
/// chosen there.
fn things(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    duty: bool,
) {
    let count = table.things();
    if count < 2 {
        return;
    }
    let (lang, ink) = (words.lang, kit.palette().ink);
    let at = table.desk.thing;
    let name = if duty {
        match at.checked_sub(1) {
            None => words.whole_city(),
            Some(at) => words
                .district(&table.scenario.world.districts[at])
                .to_owned(),
        }
    } else {
        let own = match table.desk.sheet {
            Some(Sheet::Instrument(at)) => Some(at),
            _ => None,
        };
        words.thing(table.over().unwrap_or(&Over::City), at, own)
    };
    card.spawn((Name::new("For what"), row(8.0)))
        .with_children(|line| {
            let step = |id: &str, to| {
                Semantics::button(id, words.say(&format!("tool.{id}")), Act::Thing(to))
            };
            kit.square(
                line,
                "left",
                36.0,
                step("thing-before", (at + count - 1) % count),
            );
            let means = Semantics::figure("thing", words.say("tool.thing"), name.as_str());
            line.spawn((Name::new("Thing"), filling(0.0), means))
                .with_child(kit.centred(Role::Strong, lang, name, ink));
            kit.square(line, "right", 36.0, step("thing-after", (at + 1) % count));
        });
}

/// Which precincts a district has: the map shows its colour, not its name.
fn district_of(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    thing: usize,
) {
    let Some(district) = thing.checked_sub(1) else {
        return;
    };
    let precincts = view.world().precincts.iter().enumerate();
    let inside = precincts.filter(|(_, it)| it.district.at() == district);
    let names: Vec<&str> = inside
        .map(|(at, _)| words.precinct(PrecinctIx::from_position(at)))
        .collect();
    says(card, kit, words, names.join(&words.say("list.comma")));
}

fn instrument(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    index: InstrumentIx,
) {
    let world = view.world();
    let instrument = &world.instruments[index.at()];
    let about = table.scenario.names.instruments.get(index.at());
    if let Some(about) = about.map(|it| it.about.in_lang(words.lang)) {
        says(card, kit, words, about);
    }
    things(card, kit, words, table, false);
    let thing = table.desk.thing;
    let own = words.thing_about(index, thing);
    if !own.is_empty() {
        says(card, kit, words, own);
    }
    let Some(pointer) = view.pointers(index).get(thing).copied() else {
        return;
    };
    let at = world.subject(&instrument.over, thing).map(Id::from);
    if let Some(first) = instrument.settings.first() {
        let (what, to) = (instrument.id.clone(), first.id.clone());
        felt(card, kit, words, view, &Action::Set { what, at, to });
    }
    if instrument.over == Over::Domains {
        reported(card, kit, words, view, thing);
    }
    if let Some(coming) = pointer.coming {
        let next = &instrument.settings[usize::from(coming.setting)].id;
        let text = words.get(
            "tool.comes",
            &[
                ("setting", &words.setting(&instrument.id, next)),
                ("months", &plain_number(coming.months)),
            ],
        );
        says(card, kit, words, text);
    }
    let mut graded = false;
    for (at, setting) in instrument.settings.iter().enumerate() {
        let order = Action::Set {
            what: instrument.id.clone(),
            at: world.subject(&instrument.over, thing).map(Id::from),
            to: setting.id.clone(),
        };
        let on = usize::from(pointer.ordered()) == at;
        let mut parts = standing_terms(words, setting);
        let mut lines = Vec::new();
        if !on {
            match table.price(&order) {
                Ok(price) => parts.insert(0, price_in_words(words, price)),
                // Why it cannot be set is a sentence of its own.
                Err(refusal) => lines.push(why_not(words, &refusal)),
            }
        }
        if !parts.is_empty() {
            lines.push(parts.join(&words.say("list.then")));
        }
        let effects = effects(instrument.id.as_str(), at, thing, words);
        graded |= !effects.is_empty();
        lines.extend(effects);
        let aside = lines.join("\n");
        let means = chooses(
            format!("set:{}", setting.id),
            words.setting_label(&instrument.id, &setting.id),
            on,
            order,
        );
        wide(card, kit, words, "", &aside, means);
    }
    if graded {
        says(card, kit, words, words.say("tool.grades"));
    }
    pilot(card, kit, words, table, view, &instrument.id);
}

/// What is reported of a domain, and how sure anybody is: a look at it moves the figure.
fn reported(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    thing: usize,
) {
    let domain = view.world().domains[thing].domain;
    for alert in view.alerts().iter().filter(|it| it.domain == domain) {
        let slots = [
            ("place", words.precinct(alert.place)),
            ("cases", &*whole(alert.confidence * 100.0)),
        ];
        says(card, kit, words, words.get("tool.reported", &slots));
    }
}

/// An order of a measure, for whatever it is being set.
fn about(table: &Table, view: &View, kind: OrderKind) -> Option<Action> {
    let (world, thing) = (view.world(), table.desk.thing);
    let place = || world.precincts[thing].id.clone();
    let sense = |precinct| Action::Sense {
        precinct,
        level: 0,
        governance: Governance::default(),
        live: false,
    };
    Some(match kind {
        OrderKind::Duty => Action::Duty {
            district: thing.checked_sub(1).map(|at| world.districts[at].clone()),
            level: Duty::III,
        },
        OrderKind::Cameras => sense(Some(place())),
        OrderKind::OnlineMonitoring => sense(None),
        OrderKind::Lighting => Action::Build {
            work: Work::Lighting,
            precinct: place(),
        },
        OrderKind::Deterrence => Action::Build {
            work: Work::Deterrence,
            precinct: place(),
        },
        OrderKind::Campaign => Action::Campaign { reminder: false },
        // A team is its desk's own.
        OrderKind::Training => return None,
    })
}

/// Which other desks will feel it, by sign and name.
fn felt(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    order: &Action,
) {
    let seats = view.felt(order);
    if seats.is_empty() {
        return;
    }
    let ink = kit.palette().ink2;
    let text = words.felt_by(&seats);
    let means = Semantics::figure("felt-by", words.say("tool.felt-by"), text.as_str());
    let part = Node {
        flex_shrink: 0.0,
        ..column(4.0)
    };
    card.spawn((Name::new("Felt by"), part, means))
        .with_children(|part| {
            part.spawn(kit.text(Role::Label, words.lang, text, ink));
            part.spawn((Name::new("Desks"), row(8.0)))
                .with_children(|line| {
                    for seat in seats {
                        let icon = desk_icon(view.world().seats[seat.at()].id.as_str());
                        line.spawn(kit.icon(icon, 18.0, ink));
                    }
                });
        });
}

/// What a setting does for a thing by the card, its first lines.
fn effects(instrument: &str, setting: usize, thing: usize, words: &Words) -> Vec<String> {
    let mut all = Card::built_in().instruments().iter();
    let one = all.find(|one| one.id == instrument);
    let found = one.and_then(|one| Some((one, one.settings.get(setting)?)));
    let lines = found.map(|(one, setting)| does_for(one, setting, thing, words.lang));
    let lines = lines.into_iter().flatten().take(MOST_EFFECTS);
    lines
        .map(|does| match does {
            Does::Effect(line) | Does::Aside(line) => line,
        })
        .collect()
}

/// What a setting takes as long as it stands, and until it works.
fn standing_terms(words: &Words, setting: &Setting) -> Vec<String> {
    let parts = [
        ("tool.upkeep", setting.upkeep.0 != 0, plain(setting.upkeep)),
        (
            "tool.analysts",
            setting.analysts != 0,
            setting.analysts.to_string(),
        ),
        (
            "tool.months",
            setting.months > 0.0,
            plain_number(setting.months),
        ),
    ];
    let asked = parts.into_iter().filter(|(_, asked, _)| *asked);
    asked
        .map(|(key, _, count)| words.with(key, "count", &count))
        .collect()
}

fn plain_number(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    format!("{tenths}")
}

/// An instrument can be tried in one precinct before it is rolled out.
fn pilot(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    instrument: &Id,
) {
    let world = view.world();
    let place = table.chosen.unwrap_or_else(|| match table.over() {
        Some(Over::Precincts) => PrecinctIx::from_position(table.desk.thing),
        _ => PrecinctIx(0),
    });
    let order = Action::Pilot {
        instrument: instrument.clone(),
        precinct: world.precincts[place.at()].id.clone(),
    };
    if view.check(&order).is_err() {
        return;
    }
    card.spawn(kit.rule());
    let label = words.with("tool.pilot", "place", words.precinct(place));
    let aside = terms(words, table, &order);
    wide(card, kit, words, "", &aside, gives("pilot", label, order));
}

fn measure(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    kind: OrderKind,
) {
    match kind {
        OrderKind::Duty => duty(card, kit, words, table, view),
        OrderKind::Cameras | OrderKind::OnlineMonitoring => {
            sense(card, kit, words, table, view, kind)
        }
        OrderKind::Lighting => work(card, kit, words, table, view, Work::Lighting),
        OrderKind::Deterrence => work(card, kit, words, table, view, Work::Deterrence),
        OrderKind::Campaign => {
            for (reminder, name) in [(false, "campaign"), (true, "reminder")] {
                let order = Action::Campaign { reminder };
                let aside = terms(words, table, &order);
                let label = words.say(&format!("tool.{name}"));
                wide(
                    card,
                    kit,
                    words,
                    "",
                    &aside,
                    gives(format!("campaign:{name}"), label, order),
                );
            }
        }
        OrderKind::Training => training(card, kit, words, table, view),
    }
}

fn duty(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table, view: &View) {
    let district = table.desk.thing.checked_sub(1);
    for level in Duty::ALL {
        let order = Action::Duty {
            district: district.map(|at| view.world().districts[at].clone()),
            level,
        };
        let on = match district {
            Some(at) => view.duty()[at].level == level,
            None => view.duty().iter().all(|it| it.level == level),
        };
        let about = words.say(&format!("duty.{}.about", level.id()));
        let aside = if on {
            about
        } else {
            [about, terms(words, table, &order)].join("\n")
        };
        let means = chooses(format!("duty:{}", level.id()), words.duty(level), on, order);
        wide(card, kit, words, "", &aside, means);
    }
}

/// Level, safeguards and whether somebody watches are chosen first and ordered together.
fn sense(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    kind: OrderKind,
) {
    let now = table.desk.sensed;
    let most = if kind == OrderKind::Cameras { 3 } else { 1 };
    titled(card, kit, words, words.say("sense.level"));
    let levels = (0..=most).map(|level| {
        let label = words.say(&format!("sense.level.{level}"));
        let to = Sensed { level, ..now };
        Semantics::choice(
            format!("level:{level}"),
            label,
            now.level == level,
            Act::Sensed(to),
        )
    });
    line_of(card, kit, words, levels.collect());
    titled(card, kit, words, words.say("sense.governance"));
    let packages = Governance::ALL.map(|governance| {
        let label = words.say(&format!("governance.{}", governance.id()));
        let to = Sensed { governance, ..now };
        let on = now.governance == governance;
        Semantics::choice(
            format!("governance:{}", governance.id()),
            label,
            on,
            Act::Sensed(to),
        )
    });
    line_of(card, kit, words, packages.into());
    titled(card, kit, words, words.say("sense.live"));
    let live = [false, true].map(|live| {
        let name = if live { "yes" } else { "no" };
        let to = Sensed { live, ..now };
        let label = words.say(&format!("sense.live.{name}"));
        Semantics::choice(
            format!("live:{name}"),
            label,
            now.live == live,
            Act::Sensed(to),
        )
    });
    line_of(card, kit, words, live.into());
    let order = Action::Sense {
        precinct: (kind == OrderKind::Cameras)
            .then(|| view.world().precincts[table.desk.thing].id.clone()),
        level: now.level,
        governance: now.governance,
        live: now.live,
    };
    let aside = terms(words, table, &order);
    let on = stands(view, &order);
    let label = words.say(if on { "tool.as-it-is" } else { "tool.order" });
    wide(
        card,
        kit,
        words,
        "",
        &aside,
        chooses("sense", label, on, order),
    );
}

fn work(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
    work: Work,
) {
    let order = Action::Build {
        work,
        precinct: view.world().precincts[table.desk.thing].id.clone(),
    };
    says(
        card,
        kit,
        words,
        words.say(&format!("work.{}", work.order().id())),
    );
    let aside = terms(words, table, &order);
    wide(
        card,
        kit,
        words,
        "",
        &aside,
        gives("build", words.say("tool.build"), order),
    );
}

/// The desk's own teams that can be trained, each with where it stands.
fn training(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    says(card, kit, words, words.say("tool.training.about"));
    let world = view.world();
    let units = view.units().filter(|(unit, _)| {
        let order = Action::Train {
            unit: world.units[unit.at()].id.clone(),
        };
        view.teams()[unit.at()].training || view.check(&order).is_ok()
    });
    let units: Vec<(UnitIx, _)> = units.collect();
    for (unit, post) in units {
        let id = world.units[unit.at()].id.clone();
        let on = view.teams()[unit.at()].training;
        let place = post.at.map(|(place, _)| words.precinct(place).to_owned());
        let order = Action::Train { unit: id.clone() };
        let aside = [place, (!on).then(|| terms(words, table, &order))];
        let aside: Vec<String> = aside.into_iter().flatten().collect();
        let aside = aside.join(&words.say("list.then"));
        let means = chooses(format!("train:{id}"), words.unit_label(unit), on, order);
        wide(card, kit, words, "", &aside, means);
    }
}
