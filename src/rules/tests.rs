//! Laws that only the inside of the engine can state: what hidden values may not do, and what a
//! digest must notice.

#[path = "../../tests/engine/support.rs"]
mod support;

use super::id::{FamilyIx, InjectIx, InstrumentIx, PrecinctIx, SeatIx};
use super::institution::{Finding, Known, Owed, Pilot};
use super::ledger::Stock;
use super::means::Campaign;
use super::state::{Pending, Shock, State};
use super::table::{Ask, Pin, Release, RoomForecast, Wish};
use super::world::{
    Domain, Duty, Effect, Governance, Instrument, OpenDomain, Over, Setting, Stays, Strand, Tactic,
    Variant, What,
};
use super::{Action, Cents, Id, Ledger, Micro, Table, command, view};

/// A game in its fourth turn, with units on the map, cards answered and a survey told.
fn under_way() -> State {
    let street = Id::from("street");
    let mut book = Ledger::without_detail();
    let mut state = State::new(support::small_world(), 21);
    let mut act = |state: &State, action: Action| {
        command::apply(state, &street, &action, &mut book).expect("a legal act")
    };
    state = act(
        &state,
        Action::SetUp {
            table: Table::Shared,
            presets: Vec::new(),
        },
    );
    for (unit, to, tactic) in [
        ("foot-1", "north-west", Tactic::HotSpot),
        ("officer", "south-west", Tactic::Outreach),
    ] {
        state = act(
            &state,
            Action::Assign {
                unit: Id::from(unit),
                to: Id::from(to),
                tactic,
            },
        );
    }
    state = act(&state, Action::EndTurn);
    let answer = Action::Answer {
        inject: Id::from("survey-offer"),
        option: Id::from("ask"),
    };
    state = act(&state, answer);
    state = act(&state, Action::EndTurn);
    act(&state, Action::EndTurn)
}

/// Everything that a table can see, ask or be refused.
fn everything_open(state: &State) -> String {
    let mut out = String::new();
    for seat in ["street", "community"] {
        let view = view::view(state, &Id::from(seat));
        out += &format!(
            "{} {:?} {:?}\n",
            view.digest(),
            view.indices(),
            view.forecast()
        );
        out += &format!("{:?}\n", view.why(None, None));
        out += &format!("{:?}\n", view.open_injects().collect::<Vec<_>>());
        for action in view.legal_placements() {
            out += &format!("{action:?} {:?}\n", view.preview(&action));
        }
        for unit in &state.world().units {
            for to in ["north-west", "nowhere"] {
                let action = Action::Assign {
                    unit: unit.id.clone(),
                    to: Id::from(to),
                    tactic: Tactic::HotSpot,
                };
                out += &format!("{:?}\n", command::check(state, &Id::from(seat), &action));
            }
        }
        for objective in 0..state.world().objectives.len() {
            out += &format!(
                "{:?}\n",
                view.outcome(super::id::ObjectiveIx(objective as u16))
            );
        }
    }
    out
}

#[test]
fn hidden_values_are_seen_nowhere() {
    let state = under_way();
    let mut other = state.clone();
    other.seed ^= 0x5555;
    for stock in &mut other.truth.trust {
        *stock = Stock::new(Micro::points(3));
    }
    for stock in &mut other.truth.feel_safe {
        *stock = Stock::new(Micro::points(97));
    }
    other.truth.wrongs = Stock::new(Micro::points(40));
    for cell in &mut other.truth.cells {
        cell.carry += 5.0;
        cell.displaced += 2.0;
        cell.residual = 0.1;
    }
    other.truth.shocks.push(Shock {
        inject: InjectIx(0),
        place: None,
        family: None,
        factor: 2.0,
        until: 9,
    });
    other.truth.scores.raw = [1.0; 6];
    other.truth.scandal = 0.7;
    // Another city behind the same records: every number that may differ does.
    let mut city = super::World::clone(&other.city);
    for &coefficient in super::model::Coefficient::ALL {
        let (low, high) = coefficient.domain();
        city.model.set(coefficient, f64::midpoint(low, high));
    }
    for family in &mut city.families {
        for &number in super::world::FamilyNumber::ALL {
            family.set(number, family.get(number) * 0.5 + 0.01);
        }
    }
    other.city = std::sync::Arc::new(city);
    for page in other.hidden.iter_mut() {
        page.happened.fill(999);
        page.expected.fill(999.0);
        page.trust.fill(Micro(1));
        page.indices = [Micro(5); 6];
    }
    assert_ne!(state.digest(), other.digest());
    assert_eq!(everything_open(&state), everything_open(&other));
}

/// Which arcs were drawn and what lies behind a card shows nowhere before it has consequences.
#[test]
fn what_the_seed_settled_about_the_cards_is_seen_nowhere() {
    let variant = |id: &str| Variant {
        id: Id::from(id),
        weight: 1.0,
    };
    let world = support::small_world_with(|world| {
        world.injects[0].variants = vec![variant("real"), variant("rumour")];
        let wrong = Effect {
            variant: Some(1),
            ..Effect::new(0, What::Wrong(5.0))
        };
        world.injects[0].options[0].effects.push(wrong);
        world.arcs = [1, 2]
            .map(|card| Strand {
                id: Id(format!("arc-{card}")),
                cards: vec![InjectIx(card)],
                variants: Vec::new(),
            })
            .to_vec();
        world.arcs_drawn = 1;
    });
    let street = Id::from("street");
    let mut book = Ledger::without_detail();
    let mut act =
        |state: &State, action| command::apply(state, &street, &action, &mut book).expect("legal");
    let mut state = State::new(std::sync::Arc::new(world), 5);
    for action in [
        Action::SetUp {
            table: Table::Shared,
            presets: Vec::new(),
        },
        Action::Assign {
            unit: Id::from("officer"),
            to: Id::from("south-west"),
            tactic: Tactic::Outreach,
        },
        Action::EndTurn,
        Action::Answer {
            inject: Id::from("survey-offer"),
            option: Id::from("ask"),
        },
    ] {
        state = act(&state, action);
    }
    let mut other = state.clone();
    other.truth.deal.variants[0] ^= 1;
    for drawn in &mut other.truth.deal.arcs {
        *drawn = !*drawn;
    }
    assert_ne!(state.digest(), other.digest());
    assert_eq!(everything_open(&state), everything_open(&other));
    let (state, other) = (act(&state, Action::EndTurn), act(&other, Action::EndTurn));
    assert_ne!(state.truth.wrongs, other.truth.wrongs, "it matters");
}

/// A world with a chain of goods of three stages.
fn with_a_chain() -> std::sync::Arc<super::World> {
    let setting = |id: &str| Setting {
        id: Id::from(id),
        price: Cents(0),
        upkeep: Cents(0),
        months: 0.0,
        analysts: 0,
        goodwill: Micro(0),
        effects: Vec::new(),
        later: Vec::new(),
        later_turns: 0,
        fade: 0.0,
    };
    let chain = Instrument {
        id: Id::from("goods-chain"),
        row: Id::from("R4"),
        owner: SeatIx(0),
        over: Over::Named(["sale", "storage", "use"].map(Id::from).to_vec()),
        ladder: false,
        settings: vec![setting("not"), setting("inspected")],
        start: 0,
        most: 1,
        stays: Stays::Turn,
        needs: Vec::new(),
        from: 1,
        until: 0,
    };
    std::sync::Arc::new(support::small_world_with(|world| {
        world.instruments.push(chain);
        world.domains.push(OpenDomain {
            domain: Domain::MassHarm,
            start: Micro::points(45),
        });
    }))
}

#[test]
fn where_the_chain_is_weak_and_when_aid_is_asked_back_is_in_no_view() {
    let street = Id::from("street");
    let set_up = Action::SetUp {
        table: Table::Shared,
        presets: Vec::new(),
    };
    let look = Action::Set {
        what: Id::from("goods-chain"),
        at: Some(Id::from("use")),
        to: Id::from("inspected"),
    };
    let book = &mut Ledger::without_detail();
    let state = State::new(with_a_chain(), 5);
    let state = command::apply(&state, &street, &set_up, book).expect("the first act");
    let state = command::apply(&state, &street, &look, book).expect("one look");
    let (mut views, mut found) = (Vec::new(), Vec::new());
    for weak in 0..3 {
        let mut other = state.clone();
        other.truth.secrets.chain.weak = weak;
        other.truth.secrets.owed = vec![Owed {
            from: 5 + weak,
            until: 6,
        }];
        views.push(everything_open(&other));
        let over = command::apply(&other, &street, &Action::EndTurn, book).expect("it ends");
        found.push(over.open[0].found.clone());
    }
    assert!(views.iter().all(|seen| *seen == views[0]));
    // What the look found is told, and nothing of the other stages.
    assert_eq!(found[0], found[1]);
    assert_ne!(found[0], found[2]);
}

/// Changing any leaf of a state changes its digest.
#[test]
fn a_digest_notices_every_leaf() {
    type Change = fn(&mut State);
    const OWED: Owed = Owed { from: 4, until: 4 };
    const PILOT: Pilot = Pilot {
        instrument: InstrumentIx(0),
        setting: 1,
        precinct: PrecinctIx(0),
        left: 3.0,
    };
    let changes: &[(&str, Change)] = &[
        ("seed", |s| s.seed += 1),
        ("table", |s| s.means.table = Some(Table::Desks)),
        ("turn", |s| s.means.turn += 1),
        ("over", |s| s.means.over = !s.means.over),
        ("funds", |s| {
            s.means.funds = Stock::new(Cents(s.means.funds.get().0 + 1))
        }),
        ("place", |s| {
            s.means.units[0].at = Some((PrecinctIx(3), Tactic::HotSpot))
        }),
        ("tactic", |s| {
            s.means.units[0].at = Some((PrecinctIx(0), Tactic::Visible))
        }),
        ("months", |s| s.means.units[0].months += 1e-9),
        ("familiarity", |s| s.means.places[2].familiarity += 1e-9),
        ("presets", |s| s.means.presets.push(Id::from("a-side"))),
        ("ordered", |s| s.means.ordered.0 += 1),
        ("goodwill", |s| {
            s.means.goodwill = Stock::new(Micro(s.means.goodwill.get().0 + 1));
        }),
        ("fatigue", |s| {
            s.means.teams[0].fatigue = Stock::new(Micro(s.means.teams[0].fatigue.get().0 + 1));
        }),
        ("rest owed", |s| s.means.teams[0].rest_owed += 1e-9),
        ("owed for", |s| s.means.teams[0].owed_for += 1e-9),
        ("skill", |s| s.means.teams[0].skill += 1e-9),
        ("training", |s| s.means.teams[0].training ^= true),
        ("duty level", |s| s.means.duty[0].level = Duty::IV),
        ("duty months", |s| s.means.duty[0].months += 1e-9),
        ("camera level", |s| s.means.places[1].cameras.level += 1),
        ("governance", |s| {
            s.means.places[1].cameras.governance = Governance::Audit;
        }),
        ("live", |s| s.means.places[1].cameras.live ^= true),
        ("switched on", |s| s.means.places[1].cameras.from += 1),
        ("kept data", |s| s.means.places[1].cameras.kept += 1e-9),
        ("lighting", |s| s.means.places[1].lighting = Some(0.0)),
        ("deterrence", |s| s.means.places[1].deterrence = Some(0.0)),
        ("solved", |s| s.means.places[1].solved += 1e-9),
        ("online", |s| s.means.online.level += 1),
        ("campaign", |s| {
            s.means.campaign = Some(Campaign {
                months: 0.0,
                reminder: false,
            });
        }),
        ("fired", |s| s.means.injects[1].fired = Some(6)),
        ("inject place", |s| {
            s.means.injects[1].place = Some(PrecinctIx(3))
        }),
        ("answer", |s| s.means.injects[1].answer = Some(1)),
        ("settled", |s| s.means.injects[2].settled ^= true),
        ("received", |s| s.means.received.push(Some(1))),
        ("pin", |s| {
            s.means.talk.pins.push(Pin {
                note: Id::from("a-note"),
                seat: SeatIx(0),
                turn: 1,
            });
        }),
        ("mandates", |s| s.means.mandates = Some(0)),
        ("release", |s| {
            s.means.talk.releases.push(Release {
                seat: SeatIx(0),
                asked: 1,
                granted: None,
            });
        }),
        ("ask", |s| {
            s.means.talk.asks.push(Ask {
                id: Id::from("street-1"),
                seat: SeatIx(0),
                of: SeatIx(1),
                what: Wish::Word,
                turn: 1,
                answer: None,
                kept: None,
            });
        }),
        ("forecast", |s| {
            s.means.talk.forecasts.push(RoomForecast {
                turn: 1,
                seat: SeatIx(0),
                low: 40,
                high: 60,
            });
        }),
        ("survey turn", |s| s.means.surveys[0].turn += 1),
        ("survey place", |s| {
            s.means.surveys[0].precinct = PrecinctIx(3)
        }),
        ("survey inject", |s| s.means.surveys[0].inject = InjectIx(1)),
        ("survey now", |s| s.means.surveys[0].now[1] += 1),
        ("survey before", |s| s.means.surveys[0].before[1] += 1),
        ("belief carry", |s| s.means.belief[5].carry += 1e-9),
        ("belief displaced", |s| s.means.belief[5].displaced += 1e-9),
        ("belief residual", |s| s.means.belief[5].residual += 1e-9),
        ("trust", |s| {
            s.truth.trust[1] = Stock::new(Micro(s.truth.trust[1].get().0 + 1))
        }),
        ("feel", |s| {
            s.truth.feel_safe[1] = Stock::new(Micro(s.truth.feel_safe[1].get().0 + 1))
        }),
        ("wrongs", |s| {
            s.truth.wrongs = Stock::new(Micro(s.truth.wrongs.get().0 + 1))
        }),
        ("carry", |s| s.truth.cells[7].carry += 1e-9),
        ("shock", |s| {
            s.truth.shocks.push(Shock {
                inject: InjectIx(0),
                place: None,
                family: Some(FamilyIx(1)),
                factor: 1.0,
                until: 1,
            });
        }),
        ("pending", |s| {
            s.truth.pending.push(Pending {
                due: 9,
                inject: InjectIx(0),
                option: 0,
                effect: 0,
                place: None,
            });
        }),
        ("variant", |s| s.truth.deal.variants[1] += 1),
        ("arc", |s| s.truth.deal.arcs.push(true)),
        ("last factors", |s| s.truth.last[0].factors[3].0[2] += 1e-9),
        ("last expected", |s| s.truth.last[0].expected[3] += 1e-9),
        ("last happened", |s| s.truth.last[0].happened[3] += 1.0),
        ("last reference", |s| s.truth.last[0].reference[3] += 1e-9),
        ("last force", |s| s.truth.last_force[0].contacts += 1e-9),
        ("score", |s| s.truth.scores.raw[2] += 1e-9),
        ("reserve", |s| s.truth.scores.care.reserve += 1e-9),
        ("rested", |s| s.truth.scores.care.rested += 1e-9),
        ("goodwill kept", |s| s.truth.scores.care.goodwill += 1e-9),
        ("upkeep", |s| s.truth.scores.care.upkeep += 1e-9),
        ("watching", |s| s.truth.scores.watching += 1e-9),
        ("scandal", |s| s.truth.scandal += 1e-9),
        ("weak stage", |s| s.truth.secrets.chain.weak += 1),
        ("closed gap", |s| s.truth.secrets.chain.closed ^= true),
        ("owed", |s| s.truth.secrets.owed.push(OWED)),
        ("asked back", |s| s.means.learned.owed.push(OWED)),
        ("contract", |s| s.means.learned.contract = Some(0.7)),
        ("pilot", |s| s.means.learned.pilots.push(PILOT)),
        ("known", |s| {
            s.means.learned.known.push(Known {
                instrument: InstrumentIx(0),
                setting: 1,
                effect: 0,
                low: 0.1,
                high: 0.2,
            });
        }),
        ("found", |s| {
            s.open[0].found.push(Finding::Contract { quality: 0.7 });
        }),
        ("found a pilot", |s| {
            s.open[0].found.push(Finding::Pilot(PILOT))
        }),
        ("page turn", |s| s.open[0].turn += 1),
        ("recorded", |s| s.open[0].recorded[4] += 1),
        ("page expected", |s| s.open[0].expected[4] += 1e-9),
        ("page factors", |s| s.open[1].factors[4].0[0] += 1e-9),
        ("page trust", |s| s.open[1].trust[0].0 += 1),
        ("page feel", |s| s.open[1].feel_safe[0].0 += 1),
        ("published", |s| s.open[1].indices[0].0 += 1),
        ("cleared", |s| s.open[1].cleared[2] += 1),
        ("response", |s| s.open[1].circles[0].minutes += 1e-9),
        ("busy", |s| s.open[1].circles[0].busy += 1e-9),
        ("circle", |s| s.open[1].circles[0].within[1] += 1e-9),
        ("leaks", |s| s.open[1].leaks.push(PrecinctIx(2))),
        ("page posts", |s| s.open[1].posts[0].months += 1.0),
        ("spent", |s| s.open[1].spent.0 += 1),
        ("page funds", |s| s.open[1].funds.0 += 1),
        ("happened", |s| s.hidden[1].happened[0] += 1),
        ("hidden expected", |s| s.hidden[1].expected[0] += 1e-9),
        ("hot share", |s| s.hidden[1].hot[0] += 1e-9),
        ("hidden trust", |s| s.hidden[1].trust[0].0 += 1),
        ("hidden feel", |s| s.hidden[1].feel_safe[0].0 += 1),
        ("true index", |s| s.hidden[1].indices[0].0 += 1),
    ];
    let state = under_way();
    let mut seen = std::collections::BTreeSet::from([state.digest()]);
    for (name, change) in changes {
        let mut other = state.clone();
        change(&mut other);
        assert!(
            seen.insert(other.digest()),
            "{name} is not part of the digest"
        );
    }
}

#[test]
fn the_rules_hash_notices_numbers_and_ignores_nothing_it_holds() {
    let world = support::small_world();
    let hash = world.rules_hash();
    let changed = [
        support::small_world_with(|w| w.families[1].harm += 1e-9),
        support::small_world_with(|w| w.precincts[2].outline[0].0 += 1e-9),
        support::small_world_with(|w| w.injects[0].options[0].cost.0 += 1),
        support::small_world_with(|w| w.injects[0].options[0].goodwill.0 += 1),
        support::small_world_with(|w| w.injects[0].options[0].analysts += 1),
        support::small_world_with(|w| w.injects[0].options[0].effects[0].variant = Some(0)),
        support::small_world_with(|w| w.arcs_drawn += 1),
        support::small_world_with(|w| w.cards_a_month = Some(2)),
        support::small_world_with(|w| w.objectives[0].goal.line += 1e-9),
        support::small_world_with(|w| w.units[3].from += 1),
        support::small_world_with(|w| w.turns += 1),
        support::small_world_with(|w| w.analysts += 1),
        support::small_world_with(|w| w.leadership = 0.5),
        support::small_world_with(|w| w.orders[0].owner = super::id::SeatIx(1)),
        support::small_world_with(|w| w.sealed.push(Id::from("displacement"))),
        support::small_world_with(|w| w.precincts[0].concentration = 1.1),
    ];
    for other in changed {
        assert_ne!(other.rules_hash(), hash);
    }
}
