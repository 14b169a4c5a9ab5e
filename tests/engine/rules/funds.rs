//! Where the money does not reach, what is said to help does help.

use crate::support::small_world_with;
use commonwatch::rules::command::{apply, check};
use commonwatch::rules::id::PrecinctIx;
use commonwatch::rules::world::{Purse, Tactic};
use commonwatch::rules::{Action, Cents, Id, Ledger, Refusal, Remedy, State, Table};
use std::sync::Arc;

fn street() -> Id {
    Id::from("street")
}

fn act(state: &State, action: &Action) -> State {
    apply(state, &street(), action, &mut Ledger::without_detail())
        .unwrap_or_else(|refusal| panic!("{action:?}: {refusal:?}"))
}

fn withdraw(unit: &str) -> Action {
    Action::Withdraw {
        unit: Id::from(unit),
    }
}

fn send() -> Action {
    Action::Assign {
        unit: Id::from("officer"),
        to: Id::from("south-west"),
        tactic: Tactic::Outreach,
    }
}

/// A game with two teams on the map at 1 Fund each and an officer to send, who costs `price`. Of what
/// is left at the end of a turn 2 Funds may be kept.
fn game(start: i64, income: i64, price: i64) -> State {
    let world = small_world_with(|world| {
        world.injects.clear();
        world.purse = Purse {
            start: Cents::funds(start),
            income: Cents::funds(income),
            carry: Cents::funds(2),
        };
        let named = ["foot-1", "foot-2", "officer"];
        world.units.retain(|it| named.contains(&it.id.as_str()));
        world.units[0].post = Some((PrecinctIx(0), Tactic::Visible));
        let officer = world.units[2].kind;
        world.kinds[officer.at()].price = Cents::funds(price);
    });
    let (table, presets) = (Table::Shared, Vec::new());
    let new = State::new(Arc::new(world), 1);
    act(&new, &Action::SetUp { table, presets })
}

fn remedy(state: &State) -> Remedy {
    match check(state, &street(), &send()) {
        Err(Refusal::Funds { remedy, .. }) => remedy,
        other => panic!("{other:?}"),
    }
}

fn without_teams(state: &State) -> State {
    act(&act(state, &withdraw("foot-1")), &withdraw("foot-2"))
}

#[test]
fn a_unit_is_named_only_if_its_money_is_enough() {
    let state = game(4, 4, 3);
    let foot = (Id::from("foot-1"), Cents::funds(1));
    assert_eq!(remedy(&state), Remedy::Withdraw(foot.0, foot.1));
    act(&act(&state, &withdraw("foot-1")), &send());
}

#[test]
fn where_one_unit_is_too_little_all_of_them_are_meant() {
    let state = game(4, 4, 4);
    assert_eq!(remedy(&state), Remedy::WithdrawAll(Cents::funds(2)));
    act(&without_teams(&state), &send());
}

#[test]
fn the_next_income_is_told_of_where_it_is_enough_and_nothing_helps_at_once() {
    // 1 Fund is free and kept; 6 come in, and the teams cost 2 again.
    let state = game(3, 6, 4);
    assert_eq!(remedy(&state), Remedy::NextTurn(Cents::funds(5)));
    act(&act(&state, &Action::EndTurn), &send());
    // With 4 it would be 3 of them, and 6 without the teams.
    let state = game(3, 4, 4);
    assert_eq!(remedy(&state), Remedy::NextTurnWithdrawn(Cents::funds(6)));
    act(&act(&without_teams(&state), &Action::EndTurn), &send());
}

#[test]
fn what_no_turn_can_pay_is_called_so() {
    let state = game(4, 4, 9);
    assert_eq!(remedy(&state), Remedy::Beyond(Cents::funds(6)));
}
