//! Why an act is refused, in words.

use super::Lexicon;
use crate::rules::world::Tier;
use crate::rules::{Id, Refusal, Remedy};
use crate::text::Lang;

impl Lexicon {
    /// Words one after another.
    fn listed(&self, words: &[String]) -> String {
        words.join(match self.lang {
            Lang::En => ", ",
            Lang::ZhHans => "、",
        })
    }

    /// What the key of a sentence ends in that would name a turn after the last: there is none to
    /// wait for.
    fn too_far(&self, refusal: &Refusal) -> &'static str {
        let turn = match refusal {
            Refusal::TooSoon { until, .. } | Refusal::Tied { until, .. } => *until,
            Refusal::OnceAQuarter { from } => *from,
            _ => return "",
        };
        if turn > self.scenario.world.turns {
            ".never"
        } else {
            ""
        }
    }

    /// Why an act is refused and what can be done instead.
    #[must_use]
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let key = format!("refusal.{}{}", refusal.id(), self.too_far(refusal));
        let say = |slots: &[(&str, &str)]| self.get(&key, slots);
        let guess = |name: &Id, near: &Option<Id>, known: &dyn Fn(&Id) -> String| {
            let hint = near.as_ref().map_or_else(String::new, |near| {
                self.get(
                    "did-you-mean-name",
                    &[("name", &known(near)), ("id", near.as_str())],
                )
            });
            self.join(say(&[("id", name.as_str())]), hint)
        };
        let hint = |nearest: &Option<Id>| {
            nearest.as_ref().map_or_else(String::new, |near| {
                self.get("did-you-mean", &[("name", near.as_str())])
            })
        };
        match refusal {
            Refusal::UnknownSeat(id, near) => guess(id, near, &|id| self.seat_by_id(id)),
            Refusal::UnknownUnit(id, near) => guess(id, near, &|id| self.unit_by_id(id)),
            Refusal::UnknownPrecinct(id, near) => guess(id, near, &|id| self.precinct_by_id(id)),
            Refusal::UnknownDistrict(id, near) => {
                guess(id, near, &|id| self.district(id).to_owned())
            }
            Refusal::UnknownPreset(id, near) => guess(id, near, &|id| self.side(id)),
            Refusal::SameQuestion(one, other) => {
                say(&[("one", &self.side(one)), ("other", &self.side(other))])
            }
            Refusal::UnknownInject(id, near) => guess(id, near, &|id| self.inject_by_id(id)),
            Refusal::UnknownOption {
                inject,
                option,
                nearest,
            } => {
                let hint = hint(nearest);
                let said = say(&[
                    ("id", option.as_str()),
                    ("inject", &self.inject_by_id(inject)),
                ]);
                self.join(said, hint)
            }
            Refusal::NotSetUp | Refusal::AlreadySetUp => say(&[]),
            Refusal::GameOver { turns } => say(&[("turns", &turns.to_string())]),
            Refusal::OtherDesk { owner } => say(&[("owner", &self.seat_by_id(owner))]),
            Refusal::NotHereYet { unit, from } => say(&[
                ("unit", &self.unit_by_id(unit)),
                ("turn", &self.turn_name(*from)),
            ]),
            Refusal::CannotDo { kind, tactic, can } => {
                let can: Vec<String> = can.iter().map(|tactic| self.tactic(*tactic)).collect();
                let can = self.listed(&can);
                say(&[
                    ("kind", &self.kind_by_id(kind)),
                    ("tactic", &self.tactic(*tactic)),
                    ("can", &can),
                ])
            }
            Refusal::AlreadyThere { unit, at } => say(&[
                ("unit", &self.unit_by_id(unit)),
                ("place", &self.precinct_by_id(at)),
            ]),
            Refusal::NotPlaced { unit } => say(&[("unit", &self.unit_by_id(unit))]),
            Refusal::Funds {
                needs,
                free,
                remedy,
                ..
            } => {
                let said = say(&[("needs", &needs.to_string()), ("free", &free.to_string())]);
                let (name, price) = match remedy {
                    Remedy::Instead(kind, price) => (self.kind_by_id(kind), price),
                    Remedy::Withdraw(unit, price) => (self.unit_by_id(unit), price),
                    Remedy::WithdrawAll(price)
                    | Remedy::NextTurn(price)
                    | Remedy::NextTurnWithdrawn(price)
                    | Remedy::Beyond(price) => (String::new(), price),
                };
                let slots = [("name", name.as_str()), ("price", &price.to_string())];
                let key = format!("refusal.funds.{}", remedy.id());
                self.join(said, self.get(&key, &slots))
            }
            Refusal::NotInScenario { order } | Refusal::NoChange { order } => {
                say(&[("order", &self.order(*order))])
            }
            Refusal::NoSuchLevel { level, highest } => say(&[
                ("level", &level.to_string()),
                ("highest", &highest.to_string()),
            ]),
            Refusal::AlreadyBegun { work, precinct } => say(&[
                ("order", &self.order(work.order())),
                ("place", &self.precinct_by_id(precinct)),
            ]),
            Refusal::Tied { unit, at, until } => say(&[
                ("unit", &self.unit_by_id(unit)),
                ("place", &self.precinct_by_id(at)),
                ("turn", &self.turn_name(*until)),
            ]),
            Refusal::InTraining { unit } => say(&[("unit", &self.unit_by_id(unit))]),
            Refusal::TrainingFull { most } => say(&[("most", &most.to_string())]),
            Refusal::Analysts { needs, free } => {
                say(&[("needs", &needs.to_string()), ("free", &free.to_string())])
            }
            Refusal::Goodwill { needs, free } => {
                say(&[("needs", &needs.to_string()), ("free", &free.to_string())])
            }
            Refusal::NobodyToTell { precinct } => say(&[("place", &self.precinct_by_id(precinct))]),
            Refusal::UnknownInstrument(id, near) => guess(id, near, &|id| self.instrument(id)),
            Refusal::UnknownSubject {
                instrument,
                subject,
                nearest,
            } => {
                let hint = hint(nearest);
                let name = self.instrument(instrument);
                let said = match subject {
                    Some(id) => say(&[("id", id.as_str()), ("instrument", &name)]),
                    None => self.get("refusal.no-subject", &[("instrument", &name)]),
                };
                self.join(said, hint)
            }
            Refusal::UnknownSetting {
                instrument,
                setting,
                nearest,
            } => {
                let hint = hint(nearest);
                let name = self.instrument(instrument);
                let said = say(&[("id", setting.as_str()), ("instrument", &name)]);
                self.join(said, hint)
            }
            Refusal::AlreadySet {
                instrument,
                setting,
            } => say(&[
                ("instrument", &self.instrument(instrument)),
                ("setting", &self.setting(instrument, setting)),
            ]),
            Refusal::OneStep { instrument, next } => say(&[
                ("instrument", &self.instrument(instrument)),
                ("next", &self.setting(instrument, next)),
            ]),
            Refusal::NeedsFirst { needs, setting } => say(&[
                ("instrument", &self.instrument(needs)),
                ("setting", &self.setting(needs, setting)),
            ]),
            Refusal::Building { instrument }
            | Refusal::NothingToTry { instrument }
            | Refusal::ByYardstick { instrument } => {
                say(&[("instrument", &self.instrument(instrument))])
            }
            Refusal::TooMany { instrument, most } => say(&[
                ("instrument", &self.instrument(instrument)),
                ("most", &most.to_string()),
            ]),
            Refusal::NotOpenYet {
                instrument,
                from: turn,
            }
            | Refusal::TooLate {
                instrument,
                until: turn,
            }
            | Refusal::TooSoon {
                instrument,
                until: turn,
            } => say(&[
                ("instrument", &self.instrument(instrument)),
                ("turn", &self.turn_name(*turn)),
            ]),
            Refusal::OutOfReach { unit, tier, home } => {
                let world = &self.scenario.world;
                let reach = match (tier, world.precinct(home)) {
                    (Tier::District, Some(home)) => {
                        let district = world.precincts[home.at()].district;
                        self.district(&world.districts[district.at()]).to_owned()
                    }
                    _ => self.precinct_by_id(home),
                };
                say(&[("unit", &self.unit_by_id(unit)), ("reach", &reach)])
            }
            Refusal::NoAlert { domain } => say(&[("domain", &self.domain(*domain))]),
            Refusal::UnknownNote(id, near) => guess(id, near, &|id| id.to_string()),
            Refusal::PinnedAlready { note } => say(&[("note", note.as_str())]),
            Refusal::OnePin { seat }
            | Refusal::OwnAsk { seat }
            | Refusal::NoMandate { seat }
            | Refusal::ReleaseAsked { seat }
            | Refusal::ReleaseNotAsked { seat }
            | Refusal::Released { seat } => say(&[("seat", &self.seat_by_id(seat))]),
            Refusal::TooManyAsks { seat, most } => say(&[
                ("seat", &self.seat_by_id(seat)),
                ("most", &most.to_string()),
            ]),
            Refusal::EmptyRange { low, high } => {
                say(&[("low", &low.to_string()), ("high", &high.to_string())])
            }
            Refusal::UnknownAsk(id, near) => guess(id, near, &|id| id.to_string()),
            Refusal::AskAnswered { ask } => say(&[("ask", ask.as_str())]),
            Refusal::PromiseOutside { by, from, turns } => say(&[
                ("by", &by.to_string()),
                ("from", &from.to_string()),
                ("turns", &turns.to_string()),
            ]),
            Refusal::MapFull { most } => say(&[("most", &most.to_string())]),
            Refusal::NotOpen { inject } => say(&[("inject", &self.inject_by_id(inject))]),
            Refusal::QuietTurn
            | Refusal::NotByStanding
            | Refusal::SetSo
            | Refusal::NoResidents
            | Refusal::NoEmergency
            | Refusal::OrdersClosed
            | Refusal::SettledAtStart => say(&[]),
            Refusal::NoSlot { seat, tempo, most } => say(&[
                ("seat", &self.seat_by_id(seat)),
                ("tempo", &self.tempo(*tempo)),
                ("most", &most.to_string()),
            ]),
            Refusal::NoPosture { seat, can } if can.is_empty() => self.get(
                "refusal.no-posture.none",
                &[("seat", &self.seat_by_id(seat))],
            ),
            Refusal::NoPosture { seat, can } => {
                let can: Vec<String> = can.iter().map(|it| self.posture(*it)).collect();
                let can = self.listed(&can);
                say(&[("seat", &self.seat_by_id(seat)), ("can", &can)])
            }
            Refusal::NotStanding { seat, posture } => say(&[
                ("seat", &self.seat_by_id(seat)),
                ("posture", &self.posture(*posture)),
            ]),
            Refusal::TurnOutside { turn, from, turns } => say(&[
                ("turn", &turn.to_string()),
                ("from", &from.to_string()),
                ("turns", &turns.to_string()),
            ]),
            Refusal::NotWitnessed { precinct, known } => {
                let known: Vec<String> = known.iter().map(|id| self.precinct_by_id(id)).collect();
                let said = say(&[("place", &self.precinct_by_id(precinct))]);
                let hint = match known.as_slice() {
                    [] => self.get("refusal.not-witnessed.yet", &[]),
                    known => {
                        let known = self.listed(known);
                        self.get("refusal.not-witnessed.known", &[("known", &known)])
                    }
                };
                self.join(said, hint)
            }
            Refusal::OnceAQuarter { from } => say(&[("turn", &self.turn_name(*from))]),
            Refusal::NothingToEndorse { what } => say(&[("instrument", &self.instrument(what))]),
            Refusal::NoCapacity { most } => say(&[("most", &most.to_string())]),
        }
    }
}
