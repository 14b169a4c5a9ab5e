//! Plans: orders written down beforehand, turn by turn, as an author or a class gives them.
//!
//! ```ron
//! Plan(
//!     desks: {Street: "hotspot"},
//!     turns: [
//!         [Assign(unit: "officer-1", to: "drum-tower", tactic: Outreach)],
//!         [],
//!         [Withdraw(unit: "officer-1"), Answer(inject: "survey-offer", option: "ask")],
//!     ],
//! )
//! ```

use crate::rules::emergency::Beat;
use crate::rules::table::{Reply, Wish};
use crate::rules::world::{Controls, Dial, Duty, Governance, Posture, Tempo, Work};
use crate::rules::{Action, Id, Tactic};
use crate::scenario::{Report, read_one};
use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::fmt;

/// Orders written down beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename = "Plan")]
pub struct Plan {
    /// Desks that a policy commands, by name; the others do only what the plan says.
    #[serde(default, deserialize_with = "desks")]
    pub desks: Vec<(Desk, String)>,
    /// The orders of each turn, from the first.
    #[serde(default)]
    pub turns: Vec<Vec<Order>>,
}

/// An order of a plan. The desk that owns it gives it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Order {
    /// Puts a unit in a precinct with a tactic; moves it if it stands elsewhere.
    Assign {
        /// The unit.
        unit: Id,
        /// The precinct.
        to: Id,
        /// What it does there.
        tactic: Tactic,
    },
    /// Takes a unit off the map.
    Withdraw {
        /// The unit.
        unit: Id,
    },
    /// Sends a unit to be trained in fair treatment.
    Train {
        /// The unit.
        unit: Id,
    },
    /// Sets the duty level of a district, or of the whole city.
    Duty {
        /// The district; the whole city if not given.
        #[serde(default)]
        district: Option<Id>,
        /// The level.
        level: Duty,
    },
    /// Switches cameras in a precinct, or monitoring online.
    Sense {
        /// The precinct; monitoring online if not given.
        #[serde(default)]
        precinct: Option<Id>,
        /// 0 (off) to 3.
        level: u8,
        /// The safeguards; none if not given.
        #[serde(default)]
        governance: Governance,
        /// Whether somebody watches live; not if not given.
        #[serde(default)]
        live: bool,
    },
    /// Begins a work in a precinct.
    Build {
        /// What.
        work: Work,
        /// Where.
        precinct: Id,
    },
    /// Warns people of fraud.
    Campaign {
        /// Whether they are reminded later; not if not given.
        #[serde(default)]
        reminder: bool,
    },
    /// Sets an instrument of the institution.
    Set {
        /// The instrument.
        what: Id,
        /// What it is set for; none for the whole city.
        #[serde(default)]
        at: Option<Id>,
        /// The setting.
        to: Id,
    },
    /// Tries an instrument's next setting in one precinct.
    Pilot {
        /// The instrument.
        instrument: Id,
        /// Where.
        precinct: Id,
    },
    /// Answers an inject.
    Answer {
        /// The inject.
        inject: Id,
        /// The option.
        option: Id,
    },
    /// Pins a note to the map.
    Pin {
        /// The note.
        note: Id,
    },
    /// Asks for the release of a desk from its mandate.
    AskRelease {
        /// The desk.
        seat: Id,
    },
    /// Releases a desk that has asked.
    Release {
        /// The desk.
        desk: Id,
    },
    /// Says what the room expects of the published figure.
    RoomForecast {
        /// The desk.
        seat: Id,
        /// The least.
        low: u16,
        /// The most.
        high: u16,
    },
    /// Asks something of another desk.
    Ask {
        /// The desk that asks.
        seat: Id,
        /// The desk that is asked.
        of: Id,
        /// What.
        what: Wish,
    },
    /// Answers an ask.
    Reply {
        /// The ask.
        ask: Id,
        /// The answer.
        reply: Reply,
        /// The turn by whose end it will be done; this one if not given.
        #[serde(default)]
        by: Option<u16>,
    },
    /// Takes a standing order for the turns to come.
    Posture {
        /// The desk.
        seat: Id,
        /// The posture.
        posture: Posture,
    },
    /// Says who plays a desk.
    Dial {
        /// The desk.
        seat: Id,
        /// Who.
        dial: Dial,
    },
    /// Gives a turn to come another tempo.
    Tempo {
        /// The turn, from 1.
        turn: u16,
        /// The tempo.
        tempo: Tempo,
    },
    /// Says how freely desks order, before the first order of the game.
    Controls(Controls),
    /// Gives a desk an order beyond its slots.
    Grant {
        /// The desk.
        desk: Id,
    },
    /// Puts on the map what really happened in a place that the residents' seat knows.
    Testify {
        /// The place.
        precinct: Id,
    },
    /// The residents' seat puts a question to a desk.
    Question {
        /// The desk.
        of: Id,
    },
    /// The residents' seat stands behind a project of this turn, or against it.
    Endorse {
        /// The instrument that has been ordered.
        what: Id,
        /// Behind it.
        support: bool,
    },
    /// Closes the orders of the turn; an emergency is then on the table.
    Close,
    /// Decides one of the three things of an emergency; refused where there is none.
    Emergency(Beat),
}

impl Order {
    /// The act that gives this order.
    #[must_use]
    pub fn action(&self) -> Action {
        match self.clone() {
            Self::Assign { unit, to, tactic } => Action::Assign { unit, to, tactic },
            Self::Withdraw { unit } => Action::Withdraw { unit },
            Self::Train { unit } => Action::Train { unit },
            Self::Duty { district, level } => Action::Duty { district, level },
            Self::Sense {
                precinct,
                level,
                governance,
                live,
            } => Action::Sense {
                precinct,
                level,
                governance,
                live,
            },
            Self::Build { work, precinct } => Action::Build { work, precinct },
            Self::Campaign { reminder } => Action::Campaign { reminder },
            Self::Set { what, at, to } => Action::Set { what, at, to },
            Self::Pilot {
                instrument,
                precinct,
            } => Action::Pilot {
                instrument,
                precinct,
            },
            Self::Answer { inject, option } => Action::Answer { inject, option },
            Self::Pin { note } => Action::Pin { note },
            Self::RoomForecast { seat, low, high } => Action::RoomForecast { seat, low, high },
            Self::Ask { seat, of, what } => Action::Ask { seat, of, what },
            Self::Reply { ask, reply, by } => Action::Reply {
                ask,
                reply,
                by,
                reason: None,
            },
            Self::AskRelease { seat } => Action::AskRelease { seat, reason: None },
            Self::Release { desk } => Action::Release { desk, reason: None },
            Self::Posture { seat, posture } => Action::Posture { seat, posture },
            Self::Dial { seat, dial } => Action::Dial { seat, dial },
            Self::Tempo { turn, tempo } => Action::Tempo { turn, tempo },
            Self::Controls(controls) => Action::Controls(controls),
            Self::Grant { desk } => Action::Grant { desk },
            Self::Testify { precinct } => Action::Testify { precinct },
            Self::Question { of } => Action::Question { of },
            Self::Endorse { what, support } => Action::Endorse { what, support },
            Self::Close => Action::Close,
            Self::Emergency(beat) => Action::Emergency(beat),
        }
    }
}

/// The name of a desk in a plan, as in the scenario: `Street` and `"street"` are the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Desk(pub Id);

impl<'de> Deserialize<'de> for Desk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let written = raw.get_ron().trim();
        let quoted = written
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        Ok(Self(Id(match quoted {
            Some(name) => name.to_owned(),
            None => hyphenated(written),
        })))
    }
}

/// `KeySites` as `key-sites`.
fn hyphenated(word: &str) -> String {
    let mut name = String::with_capacity(word.len() + 4);
    for (at, c) in word.chars().enumerate() {
        if c.is_ascii_uppercase() && at > 0 {
            name.push('-');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

impl Plan {
    /// Reads the plan in the file `name`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as for a scenario.
    pub fn read(name: &str, text: Vec<u8>) -> Result<Self, Report> {
        read_one(name, text)
    }
}

/// The desks in the order in which they are written, so that one given twice can be told.
fn desks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(Desk, String)>, D::Error> {
    struct V;
    impl<'de> Visitor<'de> for V {
        type Value = Vec<(Desk, String)>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table of desks")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut desks = Vec::new();
            while let Some(row) = map.next_entry()? {
                desks.push(row);
            }
            Ok(desks)
        }
    }
    deserializer.deserialize_map(V)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn read(text: &str) -> Result<Plan, Report> {
        Plan::read("plan.ron", text.as_bytes().to_vec())
    }

    #[test]
    fn a_plan_reads_as_it_is_written() {
        let plan = read(
            r#"Plan(
                desks: {Street: "hotspot", "community": "even", KeySites: "idle"},
                turns: [[Assign(unit: "foot-1", to: "drum-tower", tactic: HotSpot)], []],
            )"#,
        );
        let plan = plan.unwrap();
        let desks: Vec<(&str, &str)> = plan
            .desks
            .iter()
            .map(|(desk, policy)| (desk.0.as_str(), policy.as_str()))
            .collect();
        assert_eq!(
            desks,
            [
                ("street", "hotspot"),
                ("community", "even"),
                ("key-sites", "idle")
            ]
        );
        assert_eq!(
            plan.turns[0][0].action(),
            Action::Assign {
                unit: Id::from("foot-1"),
                to: Id::from("drum-tower"),
                tactic: Tactic::HotSpot
            }
        );
        assert_eq!(plan.turns.len(), 2);
    }

    #[test]
    fn what_is_said_at_the_table_can_be_planned() {
        let plan = read(
            r#"Plan(turns: [[
                Pin(note: "street-1"),
                Ask(seat: "data", of: "street", what: Unit(unit: "foot-1", to: "quay")),
                Reply(ask: "data-1", reply: YesIf(Funds(2)), by: 4),
                RoomForecast(seat: "data", low: 84, high: 88),
                AskRelease(seat: "street"), Release(desk: "street"),
            ]])"#,
        );
        let orders: Vec<Action> = plan.unwrap().turns[0].iter().map(Order::action).collect();
        let wish = Wish::Unit {
            unit: Id::from("foot-1"),
            to: Some(Id::from("quay")),
        };
        let answer = Action::Reply {
            ask: Id::from("data-1"),
            reply: Reply::YesIf(Wish::Funds(2)),
            by: Some(4),
            reason: None,
        };
        assert!(matches!(&orders[1], Action::Ask { what, .. } if *what == wish));
        assert_eq!(orders[2], answer);
        assert_eq!(orders.len(), 6);
    }

    #[test]
    fn the_pace_of_a_game_can_be_planned() {
        let plan = read(
            r#"Plan(turns: [[
                Controls(Slots), Dial(seat: "street", dial: Delegated),
                Posture(seat: "street", posture: EvenCover), Tempo(turn: 3, tempo: Quiet),
                Grant(desk: "street"), Testify(precinct: "quay"), Question(of: "data"),
                Endorse(what: "one-map", support: true), Close,
                Emergency(FirstIn(Right)), Emergency(InCommand(City)), Emergency(Say(Now)),
            ]])"#,
        );
        let orders: Vec<Action> = plan.unwrap().turns[0].iter().map(Order::action).collect();
        assert_eq!(orders[0], Action::Controls(Controls::Slots));
        assert_eq!(orders[8], Action::Close);
        let tempo = Tempo::Quiet;
        assert_eq!(orders[3], Action::Tempo { turn: 3, tempo });
        assert_eq!(orders.len(), 12);
    }

    #[test]
    fn a_mistake_is_told_with_its_place_in_both_languages() {
        let wrong = |text: &str| {
            let report = read(text).expect_err("no plan");
            let first = &report.diagnostics[0];
            let said = Lang::ALL.map(|lang| first.message(lang) + " " + &first.help(lang));
            (first.code.id(), first.spot.line, first.spot.column, said)
        };
        let (_, line, column, said) = wrong("Plan(\n  turns: [[Asign(unit: \"foot-1\")]],\n)");
        assert_eq!((line, column), (2, 12));
        assert!(said[0].contains("Assign"), "{said:?}");
        assert!(
            said[1].contains("Assign") && said[1].contains('“'),
            "{said:?}"
        );
        assert_eq!(wrong("Plan(turns: [[EndTurn]])").1, 1);
        assert_eq!(
            wrong("Plan(\r\n turns: [[Withdraw(unit: “foot-1”)]])").0,
            "CW1106"
        );
        assert_eq!(wrong("Plan(turns: [], turns: [])").0, "CW1108");
        wrong("");
        wrong("hello");
        wrong(&"[".repeat(10_000));
        wrong(&format!("Plan(desks: {{{}", "[".repeat(10_000)));
    }

    #[test]
    fn a_byte_order_mark_is_no_mistake() {
        assert_eq!(read("\u{feff}Plan(turns: [])").unwrap(), Plan::default());
    }
}
