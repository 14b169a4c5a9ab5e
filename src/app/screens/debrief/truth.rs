//! Records, then truth: the same months drawn over each other, and where the two part.

use super::super::inspector::fact;
use super::{Page, chart, hundredths, says, sheet, titled};
use crate::app::semantics::Semantics;
use crate::app::theme::{Role, diamond};
use crate::app::widgets::{Kit, filling, row};
use crate::app::words::{Words, tenths, whole};
use crate::rules::Index;
use crate::rules::id::PrecinctIx;
use crate::rules::units::Amount;
use bevy::prelude::*;

/// Turns at each end of a game that are compared: one alone says little.
const SPAN: usize = 3;

/// The chart.
pub(super) fn record(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    chart::draw(page, side, kit);
}

/// Trust, the precinct that is worst off, who gained and who bore it, and how the guesses went.
pub(super) fn beside(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    trust(page, side, kit);
    worst_off(page, side, kit);
    gains(page, side, kit);
    forecasts(page, side, kit);
}

/// The harm that offences of a turn did in a place, per 1,000 residents.
fn harm(page: &Page, place: PrecinctIx, cells: impl Fn(usize) -> f64) -> f64 {
    let world = &page.table.scenario.world;
    let families = world.families.iter().enumerate();
    let sum: f64 = families
        .map(|(k, family)| family.harm * cells(place.at() * world.families.len() + k))
        .sum();
    1_000.0 * sum / f64::from(world.precincts[place.at()].residents.max(1))
}

fn places(page: &Page) -> impl Iterator<Item = PrecinctIx> + use<> {
    (0..page.table.scenario.world.precincts.len()).map(PrecinctIx::from_position)
}

/// The place with the most of something, and how much.
fn most(page: &Page, of: impl Fn(PrecinctIx) -> f64) -> Option<(PrecinctIx, f64)> {
    places(page)
        .map(|place| (place, of(place)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Who gained and who bore it: what was expected of the true city at the start and at the end,
/// without the luck of single turns.
fn gains(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, hidden) = (page.words, page.debrief.hidden);
    let (Some(first), Some(last)) = (hidden.first(), hidden.last()) else {
        return;
    };
    let change = |place: PrecinctIx| {
        let before = harm(page, place, |cell| first.expected[cell]);
        let now = harm(page, place, |cell| last.expected[cell]);
        now / before.max(1e-9) - 1.0
    };
    let trust =
        |place: PrecinctIx| last.trust[place.at()].to_f64() - first.trust[place.at()].to_f64();
    let told = [
        ("fall", "harm-less", most(page, |it| -change(it)), true),
        ("rise", "harm-more", most(page, change), true),
        ("trust", "trust-more", most(page, trust), false),
        ("scale", "trust-less", most(page, |it| -trust(it)), false),
    ];
    side.spawn(sheet(kit, "Who gained", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "debrief.gained");
            let more = row(if kit.compact() { 8.0 } else { 14.0 });
            for pair in told.chunks(2) {
                let line = Node {
                    align_items: AlignItems::FlexStart,
                    flex_wrap: FlexWrap::Wrap,
                    row_gap: Val::Px(4.0),
                    ..more.clone()
                };
                card.spawn((Name::new("Pair"), line)).with_children(|line| {
                    for (icon, key, found, share) in pair {
                        let Some((place, by)) = found.filter(|(_, by)| *by > 0.005) else {
                            continue;
                        };
                        let by = if *share { hundredths(by) } else { tenths(by) };
                        let text = words.get(
                            &format!("debrief.{key}"),
                            &[("place", words.precinct(place)), ("by", &by)],
                        );
                        let half = Node {
                            min_width: Val::Px(if kit.narrow() { 200.0 } else { 230.0 }),
                            ..filling(0.0)
                        };
                        line.spawn((Name::new("Half"), half))
                            .with_children(|half| fact(half, kit, words, icon, text));
                    }
                });
            }
        });
}

/// Trust of the city: what the survey says, how far it can be off, and what is so.
fn trust(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, debrief) = (page.words, page.debrief);
    let (Some(open), Some(hidden)) = (debrief.open.last(), debrief.hidden.last()) else {
        return;
    };
    let at = Index::Trust as usize;
    let (survey, so) = (open.indices[at].to_f64(), hidden.indices[at].to_f64());
    let error = page.table.survey_error();
    let palette = kit.palette().clone();
    let lang = words.lang;
    side.spawn(sheet(kit, "Trust", 0.0)).with_children(|card| {
        titled(card, kit, words, "debrief.trust");
        let low = (survey - error).min(so).floor() - 1.0;
        let high = (survey + error).max(so).ceil() + 1.0;
        let width = if kit.compact() { 300.0 } else { 420.0 };
        let x = |points: f64| (6.0 + (points - low) / (high - low) * (width - 12.0)) as f32;
        let picture = kit.picture(width as f32, 40.0, |canvas, px| {
            canvas.line(
                &format!("M {} 8 L {} 8", x(low), x(high)),
                px,
                1.5 * px,
                &[],
                palette.line2,
            );
            for tick in (low as i64)..=(high as i64) {
                let x = x(tick as f64);
                canvas.line(
                    &format!("M {x} 4 L {x} 12"),
                    px,
                    1.2 * px,
                    &[],
                    palette.line2,
                );
            }
            let (l, r) = (x(survey - error), x(survey + error));
            let band = format!("M {l} 14 L {r} 14 L {r} 24 L {l} 24 Z");
            canvas.paint(&band, px, palette.safety2);
            canvas.line(&band, px, 1.4 * px, &[], palette.safety);
            let s = x(survey);
            canvas.line(
                &format!("M {s} 11 L {s} 27"),
                px,
                2.6 * px,
                &[],
                palette.safety,
            );
            canvas.paint(&diamond(x(so), 32.0, 6.5), px, palette.trust);
        });
        card.spawn(picture);
        let ends = Node {
            width: Val::Px(width as f32),
            justify_content: JustifyContent::SpaceBetween,
            ..row(8.0)
        };
        card.spawn((Name::new("Scale"), ends))
            .with_children(|line| {
                for end in [low, high] {
                    line.spawn(kit.line(Role::Label, lang, whole(end), palette.ink2));
                }
            });
        let told = [
            (
                "debrief.survey",
                words.get(
                    "debrief.survey.value",
                    &[("points", &tenths(survey)), ("error", &tenths(error))],
                ),
                palette.safety,
            ),
            ("debrief.true", tenths(so), palette.trust),
        ];
        let line = Node {
            flex_wrap: FlexWrap::Wrap,
            ..row(14.0)
        };
        card.spawn((Name::new("Said"), line)).with_children(|line| {
            for (key, text, ink) in told {
                let means =
                    Semantics::figure(format!("{key}:trust"), words.say(key), text.as_str());
                let said = [words.say(key), text].join(" ");
                line.spawn((Name::new("Figure"), row(6.0), means))
                    .with_child(kit.line(Role::Strong, lang, said, ink));
            }
        });
    });
}

/// The precinct with most harm per resident: on record, and in truth, over the last turns.
fn worst_off(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, debrief) = (page.words, page.debrief);
    let lang = words.lang;
    let from = debrief.open.len().saturating_sub(SPAN);
    let sum = |of: &dyn Fn(usize, usize) -> u32, place| {
        harm(page, place, |cell| {
            (from..debrief.open.len())
                .map(|turn| f64::from(of(turn, cell)))
                .sum()
        })
    };
    let on_record = most(page, |it| {
        sum(&|turn, cell| debrief.open[turn].recorded[cell], it)
    });
    let in_truth = most(page, |it| {
        sum(&|turn, cell| debrief.hidden[turn].happened[cell], it)
    });
    let (Some((on_record, _)), Some((in_truth, _))) = (on_record, in_truth) else {
        return;
    };
    let stood = debrief.open.iter().rev().find(|open| {
        let here = |post: &crate::rules::means::Post| post.at.is_some_and(|it| it.0 == in_truth);
        open.posts.iter().any(here)
    });
    let palette = kit.palette().clone();
    side.spawn(sheet(kit, "Worst off", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "debrief.worst");
            let told = [
                ("debrief.worst.recorded", on_record, palette.safety),
                ("debrief.worst.true", in_truth, palette.trust),
            ];
            for (key, place, ink) in told {
                let name = words.precinct(place);
                let means = Semantics::figure(key, words.say(key), name);
                card.spawn((Name::new("Worst"), row(10.0), means))
                    .with_children(|line| {
                        line.spawn((Name::new("By"), filling(0.0)))
                            .with_child(kit.text(Role::Body, lang, words.say(key), palette.ink2));
                        line.spawn(kit.line(Role::Strong, lang, name, ink));
                    });
            }
            let last = match stood {
                Some(open) => {
                    let turn = words.turn_name(open.turn);
                    words.with("debrief.worst.stood", "turn", &turn)
                }
                None => words.say("debrief.worst.never"),
            };
            says(card, kit, words, last);
        });
}

/// How the table's guesses and the room's forecasts went.
fn forecasts(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let (words, table) = (page.words, page.table);
    let guesses: Vec<bool> = table.guesses().iter().filter_map(|it| it.right()).collect();
    let told = &page.debrief.calibration.told;
    if guesses.is_empty() && told.is_empty() {
        return;
    }
    side.spawn(sheet(kit, "Forecasts", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "debrief.forecasts");
            if !guesses.is_empty() {
                let right = guesses.iter().filter(|right| **right).count();
                let text = words.get(
                    "debrief.guesses",
                    &[
                        ("right", &right.to_string()),
                        ("all", &guesses.len().to_string()),
                    ],
                );
                fact(card, kit, words, "analyst", text);
            }
            if !told.is_empty() {
                let right = told.iter().filter(|told| told.inside()).count();
                let width = page.debrief.calibration.width().unwrap_or(0.0);
                let text = words.get(
                    "debrief.room-forecasts",
                    &[
                        ("right", &right.to_string()),
                        ("all", &told.len().to_string()),
                        ("width", &tenths(width)),
                    ],
                );
                fact(card, kit, words, "table", text);
            }
            for told in told {
                row_of_a_forecast(card, kit, words, told);
            }
        });
}

fn row_of_a_forecast(
    card: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    told: &crate::rules::table::ToldForecast,
) {
    let forecast = told.forecast;
    let text = words.get(
        "debrief.room-forecast",
        &[
            ("turn", &words.turn_name(forecast.turn)),
            ("desk", words.seat(forecast.seat)),
            ("low", &forecast.low.to_string()),
            ("high", &forecast.high.to_string()),
            ("came", &tenths(told.published)),
        ],
    );
    let (icon, ink) = if told.inside() {
        ("tick", kit.palette().pos)
    } else {
        ("minus", kit.palette().ink2)
    };
    card.spawn((Name::new("Forecast"), row(8.0)))
        .with_children(|line| {
            line.spawn(kit.icon(icon, 15.0, ink));
            let ink = kit.palette().ink;
            let text = kit.text(Role::Label, words.lang, text, ink);
            line.spawn((Name::new("Words"), filling(0.0)))
                .with_child(text);
        });
}
