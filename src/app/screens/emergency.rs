//! The emergency: the board stops for a minute and a half, and three desks decide one thing each.

use super::cards::{dial, number, veil};
use super::chrome::bar_height;
use crate::app::semantics::{Cover, Heading, Semantics};
use crate::app::table::{Act, BEATS, EMERGENCY_SECONDS, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, whole};
use crate::rules::View;
use crate::rules::emergency::{Beat, Emergency, FirstIn, Prepared, Statement};
use crate::rules::model::Coefficient as C;
use crate::rules::world::Tier;
use bevy::prelude::*;

/// The three decisions, in their order; `beat.<id>` is the question.
const PARTS: [&str; 3] = ["first-in", "in-command", "say"];

/// Which of the three it is, and the name of the answer.
fn names(beat: Beat) -> (usize, &'static str) {
    match beat {
        Beat::FirstIn(FirstIn::Nearest) => (0, "nearest"),
        Beat::FirstIn(FirstIn::Right) => (0, "right"),
        Beat::InCommand(Tier::Station) => (1, "station"),
        Beat::InCommand(Tier::District) => (1, "district"),
        Beat::InCommand(Tier::City) => (1, "city"),
        Beat::Say(Statement::Now) => (2, "now"),
        Beat::Say(Statement::Verified) => (2, "verified"),
        Beat::Say(Statement::Nothing) => (2, "nothing"),
    }
}

/// The name of the control that decides so.
pub(in crate::app) fn beat_id(beat: Beat) -> String {
    let (part, name) = names(beat);
    format!("beat:{}:{name}", PARTS[part])
}

/// Whether this is what was decided; none while nobody has.
fn decided(now: &Emergency, beat: Beat) -> Option<bool> {
    match beat {
        Beat::FirstIn(first) => now.first.map(|it| it == first),
        Beat::InCommand(tier) => now.command.map(|it| it == tier),
        Beat::Say(said) => now.said.map(|it| it == said),
    }
}

/// Whether this is what stands where nobody decides.
fn by_the_book(beat: Beat) -> bool {
    match beat {
        Beat::FirstIn(first) => first == FirstIn::default(),
        Beat::InCommand(tier) => tier == Tier::District,
        Beat::Say(said) => said == Statement::default(),
    }
}

/// The page, over the whole window.
pub(super) fn page(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let (Some(now), Some(prepared)) = (view.emergency(), view.prepared()) else {
        return;
    };
    let palette = kit.palette().clone();
    veil(root, &palette, 0.0, 0.0);
    let (compact, narrow) = (kit.compact(), kit.narrow());
    let top = match (narrow, compact) {
        (true, _) => 0.0,
        (false, true) => bar_height(kit),
        (false, false) => (kit.window().y - 660.0).max(bar_height(kit)),
    };
    let pad = if compact { 10.0 } else { 20.0 };
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(0.0),
        right: Val::Px(0.0),
        top: Val::Px(top),
        bottom: Val::Px(0.0),
        border: UiRect::top(Val::Px(2.0)),
        padding: UiRect::all(Val::Px(pad)),
        ..column(if compact { 6.0 } else { 10.0 })
    };
    let wood = (
        BackgroundColor(palette.walnut),
        BorderColor::all(palette.ink),
        ZIndex(10),
    );
    root.spawn((Name::new("Emergency"), Cover, node, wood))
        .with_children(|page| {
            let grow = Node {
                flex_grow: 1.0,
                min_height: Val::Px(0.0),
                ..column(0.0)
            };
            let part = kit.scrolled("emergency", grow);
            part.fill(page, if compact { 8.0 } else { 12.0 }, |body| {
                head(body, kit, words, table, now);
                body.spawn(prepared_node(kit)).with_children(|lines| {
                    for (icon, text) in told(words, view, &prepared) {
                        let line = Node {
                            align_items: AlignItems::FlexStart,
                            ..row(8.0)
                        };
                        lines
                            .spawn((Name::new("Line"), line))
                            .with_children(|line| {
                                line.spawn(kit.icon(icon, 19.0, palette.onwalnut2));
                                let text = kit.text(Role::Body, words.lang, text, palette.onwalnut);
                                line.spawn((Name::new("Words"), filling(0.0)))
                                    .with_child(text);
                            });
                    }
                });
                let parts = Node {
                    flex_direction: if narrow {
                        FlexDirection::Column
                    } else {
                        FlexDirection::Row
                    },
                    column_gap: Val::Px(12.0),
                    row_gap: Val::Px(12.0),
                    flex_shrink: 0.0,
                    ..default()
                };
                body.spawn((Name::new("Decisions"), parts))
                    .with_children(|parts| {
                        for at in 0..PARTS.len() {
                            decision(parts, kit, words, view, now, &prepared, at);
                        }
                    });
            });
            foot(page, kit, words, now);
        });
}

/// What was prepared lies in two columns where there is room for them.
fn prepared_node(kit: &Kit) -> impl Bundle + use<> {
    let node = if kit.narrow() {
        Node {
            flex_shrink: 0.0,
            ..column(4.0)
        }
    } else {
        Node {
            display: Display::Grid,
            grid_template_columns: RepeatedGridTrack::flex(2, 1.0),
            column_gap: Val::Px(24.0),
            row_gap: Val::Px(4.0),
            flex_shrink: 0.0,
            ..default()
        }
    };
    (Name::new("Prepared"), node)
}

/// What has come, where, and how long there is.
fn head(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    now: &Emergency,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let compact = kit.compact();
    let node = Node {
        flex_shrink: 0.0,
        ..row(if compact { 12.0 } else { 20.0 })
    };
    body.spawn((Name::new("Head"), node)).with_children(|head| {
        dial(head, kit, words, (table.grave, EMERGENCY_SECONDS));
        head.spawn((Name::new("Words"), filling(4.0)))
            .with_children(|lines| {
                let domain = words.domain(now.domain);
                let place = words.precinct(now.place);
                let title = words.get("emergency.title", &[("domain", &domain), ("place", place)]);
                let role = if compact { Role::Panel } else { Role::Title };
                lines.spawn((
                    kit.text(role, lang, title.as_str(), palette.onwalnut),
                    Heading,
                ));
                let about = words.say("emergency.about");
                let means = Semantics::alert("emergency", title, about.as_str());
                lines.spawn((kit.text(Role::Body, lang, about, palette.onwalnut2), means));
            });
    });
}

/// What earlier choices do now, with an icon for each.
fn told(words: &Words, view: &View, prepared: &Prepared) -> Vec<(&'static str, String)> {
    let model = &view.world().model;
    let lost = in_100(model.get(C::EmergencyChannel));
    let parts = [
        ("book", "plan", prepared.plan),
        ("bolt", "rings", prepared.rings),
        ("link", "channel", prepared.channel),
        ("ask", "cell", prepared.cell),
    ];
    let known = parts.into_iter().filter_map(|(icon, part, is)| {
        let way = if is? { "ready" } else { "missing" };
        let key = format!("emergency.{part}.{way}");
        Some((icon, words.with(&key, "lost", &lost)))
    });
    let step = in_100(model.get(C::EmergencyStep));
    let step = words.with("emergency.step", "harm", &step);
    known.chain([("clock", step)]).collect()
}

/// A share, in cases of a hundred.
fn in_100(share: f64) -> String {
    whole(share * 100.0)
}

/// One of the three: whose it is, and what can be decided.
fn decision(
    parts: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    now: &Emergency,
    prepared: &Prepared,
    part: usize,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let choices = BEATS.iter().enumerate();
    let choices: Vec<(usize, Beat)> = choices
        .map(|(at, beat)| (at, *beat))
        .filter(|(_, beat)| names(*beat).0 == part)
        .collect();
    let node = Node {
        flex_grow: 1.0,
        flex_basis: if kit.narrow() {
            Val::Auto
        } else {
            Val::Px(0.0)
        },
        min_width: Val::Px(0.0),
        flex_shrink: 0.0,
        padding: UiRect::all(Val::Px(3.0)),
        ..column(8.0)
    };
    parts
        .spawn((Name::new("Decision"), node))
        .with_children(|side| {
            let question = words.say(&format!("beat.{}", PARTS[part]));
            let text = kit.text(Role::Strong, lang, question, palette.onwalnut);
            side.spawn((text, Heading));
            let desk = choices.first().map(|(_, beat)| view.world().decides(*beat));
            if let Some(desk) = desk {
                let whose = words.with("beat.desk", "desk", words.seat(desk));
                side.spawn(kit.text(Role::Label, lang, whose, palette.onwalnut2));
            }
            for (at, beat) in choices {
                let says = says(words, view, prepared, beat);
                choice(side, kit, words, (at, beat), decided(now, beat), says);
            }
        });
}

/// What a decision costs and brings, as the model card has it.
fn says(words: &Words, view: &View, prepared: &Prepared, beat: Beat) -> String {
    let model = &view.world().model;
    let share = |coefficient| in_100(model.get(coefficient));
    let points = |coefficient| whole(model.get(coefficient));
    let (part, id) = names(beat);
    let key = format!("beat.{}.{id}.about", PARTS[part]);
    match beat {
        Beat::FirstIn(FirstIn::Nearest) if prepared.plan == Some(true) => {
            words.say("beat.first-in.nearest.planned")
        }
        Beat::FirstIn(FirstIn::Nearest) => words.get(
            &key,
            &[
                ("cases", &share(C::EmergencyWrongKind)),
                ("harm", &share(C::EmergencyWrong)),
            ],
        ),
        Beat::FirstIn(FirstIn::Right) => words.with(&key, "harm", &share(C::EmergencyRight)),
        Beat::InCommand(tier) => {
            let tiers = if tier == Tier::City { 2.0 } else { 1.0 };
            let less = in_100(model.get(C::EmergencyCommand) * tiers);
            words.with(&key, "harm", &less)
        }
        Beat::Say(Statement::Now) if prepared.cell == Some(true) => words.with(
            "beat.say.now.staffed",
            "points",
            &points(C::EmergencySayNow),
        ),
        Beat::Say(Statement::Now) => {
            let trust = format!("{:.1}", model.get(C::EmergencyFalseTrust));
            words.get(
                &key,
                &[
                    ("points", &points(C::EmergencySayNow)),
                    ("cases", &share(C::EmergencySayFalse)),
                    ("more", &points(C::EmergencyFalsePressure)),
                    ("trust", &trust),
                ],
            )
        }
        Beat::Say(Statement::Verified) => {
            words.with(&key, "points", &points(C::EmergencySayVerified))
        }
        Beat::Say(Statement::Nothing) => {
            words.with(&key, "points", &points(C::EmergencySayNothing))
        }
    }
}

fn choice(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    (at, beat): (usize, Beat),
    decided: Option<bool>,
    says: String,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let compact = kit.compact();
    let (part, id) = names(beat);
    let label = words.say(&format!("beat.{}.{id}", PARTS[part]));
    let book = by_the_book(beat).then(|| words.say("beat.book"));
    let stop = words.say("list.stop");
    let told: Vec<&str> = [Some(says.as_str()), book.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let chosen = decided == Some(true);
    let id = beat_id(beat);
    let means = Semantics::choice(id, label.as_str(), chosen, Act::Decide(beat))
        .with_value(told.join(&stop));
    let pad = if compact { 6.0 } else { 8.0 };
    let node = Node {
        padding: UiRect::axes(Val::Px(10.0), Val::Px(pad)),
        column_gap: Val::Px(10.0),
        min_height: Val::Px(48.0),
        flex_shrink: 0.0,
        ..default()
    };
    side.spawn(kit.button(means, node)).with_children(|button| {
        number(button, kit, words, at, (30.0, Role::Strong));
        button
            .spawn((Name::new("Words"), filling(1.0)))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Strong, lang, label, palette.ink));
                lines.spawn(kit.text(Role::Label, lang, says, palette.ink2));
                if let Some(book) = book.filter(|_| decided.is_none()) {
                    lines.spawn(kit.text(Role::Label, lang, book, palette.ink));
                }
            });
        if chosen {
            button.spawn(kit.icon("tick", 20.0, palette.ink));
        }
    });
}

/// What stands where nobody decides, and the way on.
fn foot(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, now: &Emergency) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let open: Vec<String> = [
        now.first.is_none().then_some("first-in.nearest"),
        now.command.is_none().then_some("in-command.district"),
        now.said.is_none().then_some("say.verified"),
    ]
    .into_iter()
    .flatten()
    .map(|id| words.say(&format!("beat.{id}")))
    .collect();
    let node = Node {
        flex_shrink: 0.0,
        ..row(12.0)
    };
    page.spawn((Name::new("Foot"), node)).with_children(|foot| {
        let text = if open.is_empty() {
            words.say("emergency.decided")
        } else {
            let open = open.join(&words.say("list.and-then"));
            words.with("emergency.open", "answers", &open)
        };
        let role = if kit.compact() {
            Role::Label
        } else {
            Role::Body
        };
        foot.spawn((Name::new("Open"), filling(0.0)))
            .with_child(kit.text(role, lang, text, palette.onwalnut2));
        let means = Semantics::button("emergency-go", words.say("emergency.go"), Act::GoIn);
        super::chrome::main_button(foot, kit, words, means, "press", Vec2::new(180.0, 52.0));
    });
}
