//! The way of a hand to every order that is not a team on the map: which desk, which page, which
//! sheet, which control.

use super::driver::Step;
use crate::app::table::Table;
use crate::lab::lineup::owner;
use crate::rules::id::SeatIx;
use crate::rules::table::{Reply, Wish};
use crate::rules::world::{OrderKind, Work};
use crate::rules::{Action, Id, Reason};

fn press(id: impl Into<String>) -> Step {
    Step::Press(id.into())
}

/// The steps that take the desk in hand to which an order belongs; none where all lie on one page.
pub(super) fn to_desk(table: &Table, order: &Action) -> Option<Step> {
    let world = &table.scenario.world;
    let seat = match order {
        // Who answers is whoever was asked.
        Action::Reply { ask, .. } => {
            let view = table.view()?;
            view.asks().iter().find(|it| it.id == *ask)?.of
        }
        // Whoever leads the room sits with coordination.
        Action::Tempo { .. } => world.coordination(),
        order => world.seat(&owner(world, order))?,
    };
    table.shows_desks().then_some(Step::Desk(seat))
}

/// The steps of an order that is given on a page of its desk; none for one that is given elsewhere.
pub(super) fn on_a_page(table: &Table, order: &Action) -> Option<Vec<Step>> {
    let world = &table.scenario.world;
    let mut steps: Vec<Step> = to_desk(table, order).into_iter().collect();
    let precinct = |id: &Id| world.precinct(id).map(|place| place.at());
    match order {
        Action::Set { what, at, to } => {
            let index = world.instrument(what)?;
            let over = &world.instruments[index.at()].over;
            let thing = at.as_ref().map_or(Some(0), |at| {
                (0..world.subjects(over)).find(|it| world.subject(over, *it) == Some(at.as_str()))
            })?;
            steps.extend(sheet(format!("tool:{what}"), thing));
            steps.extend(done(format!("set:{to}")));
        }
        Action::Pilot {
            instrument,
            precinct: place,
        } => {
            steps.push(Step::Place(precinct(place)?));
            steps.extend([press("page:tools"), press(format!("tool:{instrument}"))]);
            steps.extend(done("pilot"));
        }
        Action::Duty { district, level } => {
            let thing = district.as_ref().map_or(Some(0), |district| {
                let at = world.districts.iter().position(|id| id == district);
                at.map(|at| at + 1)
            })?;
            steps.extend(sheet(measure(OrderKind::Duty), thing));
            steps.extend(done(format!("duty:{}", level.id())));
        }
        Action::Sense {
            precinct: place,
            level,
            governance,
            live,
        } => {
            let thing = place.as_ref().map_or(Some(0), precinct)?;
            steps.extend(sheet(measure(order.kind()?), thing));
            let live = if *live { "yes" } else { "no" };
            steps.extend([
                press(format!("level:{level}")),
                press(format!("governance:{}", governance.id())),
                press(format!("live:{live}")),
            ]);
            steps.extend(done("sense"));
        }
        Action::Build {
            work: work @ (Work::Lighting | Work::Deterrence),
            precinct: place,
        } => {
            steps.extend(sheet(measure(work.order()), precinct(place)?));
            steps.extend(done("build"));
        }
        Action::Campaign { reminder } => {
            let name = if *reminder { "reminder" } else { "campaign" };
            steps.extend(sheet(measure(OrderKind::Campaign), 0));
            steps.extend(done(format!("campaign:{name}")));
        }
        Action::Train { unit } => {
            steps.extend(sheet(measure(OrderKind::Training), 0));
            steps.extend(done(format!("train:{unit}")));
        }
        Action::Pin { note } => {
            steps.extend([
                press("page:notes"),
                press(format!("pin:{note}")),
                Step::Taken,
            ]);
        }
        Action::AskRelease { reason, .. } => {
            steps.extend(said(*reason, press("ask-release")));
        }
        Action::Release { desk, reason } => {
            steps.extend(said(*reason, press(format!("release:{desk}"))));
        }
        Action::Ask { of, what, .. } => {
            steps.extend(meant(table, what));
            steps.extend([press("page:talk"), press(format!("ask-of:{of}"))]);
            steps.extend([press(wish(what)), Step::Taken]);
        }
        Action::Reply {
            ask,
            reply,
            by,
            reason,
        } => match reply {
            Reply::YesIf(what) => {
                steps.extend(meant(table, what));
                steps.extend(said(*reason, press(format!("if:{ask}"))));
                steps.pop();
                steps.extend([press(wish(what)), Step::Taken]);
            }
            Reply::Yes => {
                let word = if by.is_some() { "later" } else { "yes" };
                steps.extend(said(*reason, press(format!("{word}:{ask}"))));
            }
            Reply::No => steps.extend(said(*reason, press(format!("no:{ask}")))),
        },
        Action::RoomForecast { low, high, .. } => {
            if table.shows_desks() {
                steps.push(press("page:orders"));
            } else {
                // The last order has chosen its place, which is told of where the question was.
                steps.push(Step::IfThere("place-close".to_owned()));
                steps.push(press("foresee"));
            }
            steps.extend([Step::Range(*low, *high), press("forecast-room")]);
            steps.push(Step::Taken);
        }
        Action::Posture { posture, .. } => {
            steps.extend(standing(format!("posture:{}", posture.id())))
        }
        Action::Dial { dial, .. } => steps.extend(standing(format!("dial:{}", dial.id()))),
        Action::Tempo { turn, tempo } => {
            steps.extend(standing(format!("tempo:{turn}:{}", tempo.id())));
        }
        Action::Grant { desk } => steps.extend(standing(format!("grant:{desk}"))),
        Action::Testify { precinct } => steps.extend(witness(format!("testify:{precinct}"))),
        Action::Question { of } => steps.extend(witness(format!("question:{of}"))),
        Action::Endorse { what, support } => {
            let word = if *support { "endorse" } else { "oppose" };
            steps.extend(witness(format!("{word}:{what}")));
        }
        Action::SetUp { .. }
        | Action::Assign { .. }
        | Action::Withdraw { .. }
        | Action::Answer { .. }
        | Action::Controls(_)
        | Action::Standing { .. }
        | Action::Close
        | Action::Emergency(_)
        | Action::EndTurn => return None,
    }
    Some(steps)
}

fn measure(kind: OrderKind) -> String {
    format!("measure:{}", kind.id())
}

fn sheet(tool: String, thing: usize) -> [Step; 3] {
    [press("page:tools"), press(tool), Step::Thing(thing)]
}

fn done(control: impl Into<String>) -> [Step; 3] {
    [press(control), Step::Taken, press("sheet-back")]
}

fn standing(control: String) -> [Step; 3] {
    [press("page:standing"), press(control), Step::Taken]
}

fn witness(control: String) -> [Step; 3] {
    [press("page:orders"), press(control), Step::Taken]
}

/// A word that goes with it is chosen first.
fn said(reason: Option<Reason>, control: Step) -> Vec<Step> {
    let mut steps = vec![press("page:talk")];
    steps.extend(reason.map(|reason| press(format!("reason:{}", reason.id()))));
    steps.extend([control, Step::Taken]);
    steps
}

/// Where something is wanted is chosen on the map.
fn meant(table: &Table, wish: &Wish) -> Option<Step> {
    let Wish::Unit { to: Some(to), .. } = wish else {
        return None;
    };
    table
        .scenario
        .world
        .precinct(to)
        .map(|place| Step::Place(place.at()))
}

fn wish(wish: &Wish) -> String {
    match wish {
        Wish::Word => "wish:word".to_owned(),
        Wish::Funds(sum) => format!("wish:funds:{sum}"),
        Wish::Order(kind) => format!("wish:order:{}", kind.id()),
        Wish::Unit { unit, .. } => format!("wish:unit:{unit}"),
        Wish::Setting { what, to } => format!("wish:setting:{what}:{to}"),
    }
}

/// The control that steps to a thing, or nothing if it is reached.
pub(super) fn next_thing(table: &Table, thing: usize) -> Option<&'static str> {
    (table.desk.thing != thing).then_some("thing-after")
}

/// The control that brings the room's forecast nearer to a range, or nothing if it is there.
pub(super) fn next_end(table: &Table, (low, high): (u16, u16)) -> Option<&'static str> {
    let (now_low, now_high) = table.range()?;
    // The upper end goes first where it goes up, or the lower one would run into it.
    match (now_low.cmp(&low), now_high.cmp(&high)) {
        (_, std::cmp::Ordering::Less) => Some("high-more"),
        (std::cmp::Ordering::Less, _) => Some("low-more"),
        (std::cmp::Ordering::Greater, _) => Some("low-less"),
        (_, std::cmp::Ordering::Greater) => Some("high-less"),
        _ => None,
    }
}

/// The control that brings a desk in hand, or nothing if it is. What is covered is uncovered: the
/// player is at every desk.
pub(super) fn in_hand(table: &Table, seat: SeatIx) -> Option<String> {
    let id = &table.scenario.world.seats[seat.at()].id;
    if table.desk.seat != seat {
        return Some(format!("desk:{id}"));
    }
    table.desk.covered.then(|| "uncover".to_owned())
}
