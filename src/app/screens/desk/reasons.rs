//! Why, in a sign: what an order, an answer or a release goes by, for those who want to say so.

use super::button;
use crate::app::semantics::Semantics;
use crate::app::table::Act;
use crate::app::theme::Role;
use crate::app::widgets::{Kit, row};
use crate::app::words::Words;
use crate::rules::Reason;
use bevy::prelude::*;

/// The sign of a reason.
pub(in crate::app::screens) fn reason_icon(reason: Reason) -> &'static str {
    match reason {
        Reason::Evidence => "analyst",
        Reason::Urgency => "clock",
        Reason::Fairness => "scale",
        Reason::Mandate => "flag",
        Reason::Cost => "coin",
        Reason::Promise => "trust",
        Reason::Hunch => "die",
    }
}

/// The reasons with their signs and words, `name` before theirs in what they are called.
pub(in crate::app::screens) fn reasons(
    part: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    name: &str,
    chosen: Option<Reason>,
) {
    let ink = kit.palette().ink2;
    let worded = !kit.compact();
    reasons_in(part, kit, words, (name, ink, worded), chosen);
}

/// The same by their signs alone, with their label in this colour: a card has no room for more. The
/// chosen one says its words.
pub(in crate::app::screens) fn reason_signs(
    part: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    name: &str,
    chosen: Option<Reason>,
    ink: Color,
) {
    reasons_in(part, kit, words, (name, ink, false), chosen);
}

fn reasons_in(
    part: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    (name, ink, worded): (&str, Color, bool),
    chosen: Option<Reason>,
) {
    let node = Node {
        flex_wrap: FlexWrap::Wrap,
        row_gap: Val::Px(6.0),
        flex_shrink: 0.0,
        ..row(6.0)
    };
    part.spawn((Name::new("Reasons"), node))
        .with_children(|line| {
            line.spawn(kit.line(Role::Label, words.lang, words.say("desk.reason"), ink));
            for reason in Reason::ALL {
                let on = chosen == Some(reason);
                let means = Semantics::choice(
                    format!("{name}:{}", reason.id()),
                    words.reason(reason),
                    on,
                    Act::Reason(reason),
                );
                if on || worded {
                    button(line, kit, words, reason_icon(reason), means);
                } else {
                    kit.square(line, reason_icon(reason), 36.0, means);
                }
            }
        });
}
