//! Warning: a turn opens. Money comes in, units arrive, injects come on the table; at its close
//! what was answered takes effect.

use super::chance::{DRAWS, Luck, Purpose};
use super::feedback;
use super::id::{FamilyIx, InjectIx, PrecinctIx, UnitIx};
use super::institution;
use super::ledger::{Account, Cause, Ledger, Rule, SCALE};
use super::means::{Grade, Means};
use super::pressure::{self, Watch};
use super::response::cells;
use super::state::{Pending, Post, Shock, State, SurveyResult};
use super::table;
use super::turn;
use super::units::{Amount, Cents};
use super::world::{
    Condition, Duty, Effect, Inject, InjectKind, Odds, PlaceRef, Tactic, Tempo, What, World,
};

/// Opens the first turn: what stands on the map at the start, and the first injects.
pub(super) fn open_first_turn(state: &mut State) {
    let world = state.world.clone();
    for (unit, post) in world.units.iter().zip(&mut state.means.units) {
        if unit.from > 1 {
            post.at = None;
        }
    }
    fire(state, &world);
    table::deliver(state, &world);
    state.means.alerts = pressure::alerts(state, &Watch::of(state));
}

/// Opens a later turn.
pub(super) fn open_turn(state: &mut State, watch: &Watch, ledger: &mut Ledger) {
    let world = state.world.clone();
    state.means.turn += 1;
    let turn = state.means.turn;
    ledger.open_turn(turn);
    take_income(state, &world, ledger);
    for (at, unit) in world.units.iter().enumerate() {
        if unit.from == turn && turn > 1 {
            let unit = UnitIx::from_position(at);
            state.means.units[at].at = world.first_post(unit, &state.means.presets);
        }
    }
    fire(state, &world);
    table::deliver(state, &world);
    state.means.alerts = pressure::alerts(state, watch);
    stand_down_unpaid(state, &world);
}

/// Lets go of what cannot be kept, and takes what comes in.
pub(super) fn take_income(state: &mut State, world: &World, ledger: &mut Ledger) {
    let held = state.means.funds.get();
    let lapsed = Cents((held.0 - world.purse.carry.0).max(0));
    ledger.post(
        Account::Funds,
        &mut state.means.funds,
        Cause::of(Rule::Bound),
        -lapsed,
    );
    let income = Cause::of(Rule::Income);
    ledger.post(
        Account::Funds,
        &mut state.means.funds,
        income,
        world.purse.income,
    );
}

/// When the income no longer covers what stands, the institution steps down first, then high duty
/// levels end, then sensing and then
/// units, the last ones listed first, so that a turn never opens in debt. Volunteers whose goodwill
/// is used up go home.
pub(super) fn stand_down_unpaid(state: &mut State, world: &World) {
    let turn = state.means.turn;
    let means = &mut state.means;
    let broke = |means: &Means| means.free(world).0 < 0;
    // What stands is added up only where something of it has ended: in a large city that is seldom.
    let mut debt = broke(means);
    if debt {
        institution::stand_down(world, means, broke);
        debt = broke(means);
    }
    for at in (0..means.duty.len()).rev() {
        if debt && means.duty[at].level > Duty::III {
            means.duty[at] = Grade::default();
            debt = broke(means);
        }
    }
    if debt && means.online.level > 0 {
        means.online = means.online.off(&world.model, turn);
        debt = broke(means);
    }
    for at in (0..means.places.len()).rev() {
        if debt && means.places[at].cameras.level > 0 {
            let cameras = &mut means.places[at].cameras;
            *cameras = cameras.off(&world.model, turn);
            debt = broke(means);
        }
    }
    for at in (0..means.units.len()).rev() {
        let unit = UnitIx::from_position(at);
        let dear = debt && world.kind_of(unit).price.0 > 0;
        let keeps_watch = matches!(means.units[at].at, Some((_, Tactic::Watch)));
        let tired_of_it = keeps_watch && means.goodwill_bound(world) > means.goodwill.get();
        if dear || tired_of_it {
            means.units[at] = Post::OFF;
            debt = broke(means);
        }
    }
}

/// Where cards stand in line that have this turn and no other: behind those of arcs, which tell the
/// last turn that they can come in.
const NOW_OR_NEVER: u16 = u16::MAX - 1;

/// Puts on the table the injects whose time has come, as many as a turn takes: those of arcs, because
/// an arc ends with a card that was missed, those of this turn and no other, then the rest in the
/// order of a draw.
fn fire(state: &mut State, world: &World) {
    let turn = state.means.turn;
    let step = turn::last_step(world, turn);
    let quiet = state.means.routine.tempo(turn) == Tempo::Quiet;
    let mut stream = Luck::new(state.seed).stream(step, Purpose::Injects);
    let mut coming = Vec::new();
    for (at, inject) in world.injects.iter().enumerate() {
        let index = InjectIx::from_position(at);
        let in_time = state.means.injects[at].fired.is_none()
            && (!quiet || matches!(inject.kind, InjectKind::HotCall(_)))
            && (inject.when.first..=inject.when.last).contains(&turn);
        if !in_time {
            continue;
        }
        let mut draws = stream.at(at as u32);
        let may = draws.uniform() < inject.when.chance
            && state.truth.deal.lets(world, &state.means, index)
            && holds(state, &inject.when.condition);
        if !may {
            continue;
        }
        let place = locate(state, world, inject.place);
        // A card about "where the community team is" waits until there is one.
        if place.is_some() || inject.place == PlaceRef::City {
            let last = match world.strand(index) {
                Some(_) => inject.when.last,
                None if inject.when.is_now_or_never() => NOW_OR_NEVER,
                None => u16::MAX,
            };
            coming.push((last, draws.uniform(), at, place));
        }
    }
    if let Some(most) = world.cards_a_month {
        coming.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // An arc told late is an arc cut short, so all of its cards come, and so does what has no other
        // turn; others fill what is left.
        let sure = coming.iter().filter(|it| it.0 < u16::MAX).count();
        coming.truncate(usize::from(most).max(sure));
    }
    for (_, _, at, place) in coming {
        let slot = &mut state.means.injects[at];
        slot.fired = Some(turn);
        slot.place = place;
    }
}

pub(super) fn holds(state: &State, condition: &Condition) -> bool {
    match condition {
        Condition::Always => true,
        Condition::All(parts) => parts.iter().all(|part| holds(state, part)),
        Condition::Any(parts) => parts.iter().any(|part| holds(state, part)),
        Condition::Not(part) => !holds(state, part),
        Condition::Used(tactic) => state.open.last().is_some_and(|page| {
            page.posts
                .iter()
                .any(|post| matches!(post.at, Some((_, t)) if t == *tactic))
        }),
        Condition::Chosen(inject, option) => {
            let state = &state.means.injects[inject.at()];
            state.settled && state.answer == Some(*option)
        }
        Condition::PublishedAtLeast(index, line) => state
            .open
            .last()
            .is_some_and(|page| page.indices[*index as usize].to_f64() >= *line),
        Condition::TrueAtLeast(index, line) => {
            state.truth.scores.held()[*index as usize].to_f64() >= *line
        }
        Condition::PressureAtLeast(domain, line) => state
            .world
            .domain(*domain)
            .is_some_and(|at| pressure::read(&state.world, &state.open, at).to_f64() >= *line),
        Condition::TruePressureAtLeast(domain, line) => state
            .world
            .domain(*domain)
            .is_some_and(|at| state.truth.pressures[at].get().to_f64() >= *line),
        Condition::Built(instrument, setting) => state.means.reached(*instrument) >= *setting,
    }
}

/// The precinct that a reference means now. Only what is open decides it.
fn locate(state: &State, world: &World, place: PlaceRef) -> Option<PrecinctIx> {
    match place {
        PlaceRef::City => None,
        PlaceRef::Precinct(precinct) => Some(precinct),
        PlaceRef::MostOf(tactic) => most_of(state, world, tactic),
        PlaceRef::NextTo(tactic, family) => {
            let here = most_of(state, world, tactic)?;
            let neighbours = world.precincts[here.at()]
                .neighbours
                .iter()
                .map(|(p, _)| *p);
            most_recorded(state, world, family, neighbours)
        }
        PlaceRef::MostRecorded(family) => {
            let all = (0..world.precincts.len()).map(PrecinctIx::from_position);
            most_recorded(state, world, family, all)
        }
    }
}

fn most_of(state: &State, world: &World, tactic: Tactic) -> Option<PrecinctIx> {
    let posts = state
        .open
        .last()
        .map_or(&state.means.units, |page| &page.posts);
    let mut counts = vec![0u32; world.precincts.len()];
    for post in posts {
        if let Some((place, doing)) = post.at
            && doing == tactic
        {
            counts[place.at()] += 1;
        }
    }
    let most = *counts.iter().max()?;
    let first = counts.iter().position(|count| *count == most && most > 0)?;
    Some(PrecinctIx::from_position(first))
}

fn most_recorded(
    state: &State,
    world: &World,
    family: FamilyIx,
    places: impl Iterator<Item = PrecinctIx>,
) -> Option<PrecinctIx> {
    let page = state.open.last();
    let count = |p: PrecinctIx| page.map_or(0, |page| page.recorded[world.cell(p, family)]);
    places.min_by_key(|p| (std::cmp::Reverse(count(*p)), *p))
}

/// Settles the injects on the table by their answers or by silence, and what falls due.
pub(super) fn settle_injects(state: &mut State, ledger: &mut Ledger) {
    let world = state.world.clone();
    let turn = state.means.turn;
    for (at, inject) in world.injects.iter().enumerate() {
        let index = InjectIx::from_position(at);
        if !state.means.is_open(index) {
            continue;
        }
        let option = state.means.injects[at].answer.unwrap_or(inject.silence);
        let Some(choice) = inject.options.get(usize::from(option)) else {
            continue;
        };
        let slot = &mut state.means.injects[at];
        slot.answer = Some(option);
        slot.settled = true;
        let place = slot.place;
        let cause = Cause::of(Rule::Inject).by_inject(index);
        ledger.post(Account::Funds, &mut state.means.funds, cause, -choice.cost);
        let goodwill = &mut state.means.goodwill;
        let used = [(cause, -choice.goodwill.to_f64())];
        ledger.post_all(Account::Goodwill, goodwill, &used, SCALE);
        // The same luck whenever it is answered, and whatever else happens.
        let mut draws = Luck::new(state.seed).draws(0, Purpose::Outcomes, at as u32);
        let rolls: [f64; DRAWS] = std::array::from_fn(|_| draws.uniform());
        let variant = state.truth.deal.variants[at];
        for (effect_at, effect) in choice.effects.iter().enumerate() {
            let fails = |odds: &Odds| rolls[usize::from(odds.roll) % DRAWS] >= odds.chance;
            if effect.variant.is_some_and(|only| only != variant) || effect.odds.iter().any(fails) {
                continue;
            }
            let place = match effect.place {
                None => place,
                Some(PlaceRef::City) => None,
                Some(other) => match locate(state, &world, other) {
                    Some(found) => Some(found),
                    None => continue,
                },
            };
            state.truth.pending.push(Pending {
                due: turn.saturating_add(effect.after),
                inject: index,
                option,
                effect: effect_at as u16,
                place,
            });
        }
    }
    let due: Vec<Pending> = state
        .truth
        .pending
        .iter()
        .filter(|p| p.due == turn)
        .copied()
        .collect();
    state.truth.pending.retain(|p| p.due > turn);
    state.truth.shocks.retain(|shock| shock.until >= turn);
    for pending in due {
        let effect = effect_of(&world.injects[pending.inject.at()], &pending);
        take_effect(state, &world, &pending, effect, ledger);
    }
    // What is asked for without an answer takes no more than there is.
    let missing = Cents((-state.means.funds.get().0).max(0));
    let bound = Cause::of(Rule::Bound);
    ledger.post(Account::Funds, &mut state.means.funds, bound, missing);
}

fn effect_of<'a>(inject: &'a Inject, pending: &Pending) -> &'a Effect {
    &inject.options[usize::from(pending.option)].effects[usize::from(pending.effect)]
}

fn take_effect(
    state: &mut State,
    world: &World,
    pending: &Pending,
    effect: &Effect,
    ledger: &mut Ledger,
) {
    let cause = Cause::of(Rule::Inject).by_inject(pending.inject);
    let places: Vec<PrecinctIx> = match pending.place {
        Some(place) => vec![place],
        None => (0..world.precincts.len())
            .map(PrecinctIx::from_position)
            .collect(),
    };
    match effect.what {
        What::Trust(points) => {
            for p in places {
                let stock = &mut state.truth.trust[p.at()];
                ledger.post_all(Account::Trust(p), stock, &[(cause, points)], SCALE);
            }
        }
        What::FeelSafe(points) => {
            for p in places {
                let stock = &mut state.truth.feel_safe[p.at()];
                ledger.post_all(Account::FeelSafe(p), stock, &[(cause, points)], SCALE);
            }
        }
        What::Funds(amount) => {
            ledger.post(Account::Funds, &mut state.means.funds, cause, amount);
        }
        What::Offences {
            family,
            factor,
            turns,
        } => state.truth.shocks.push(Shock {
            inject: pending.inject,
            place: pending.place,
            family,
            factor,
            until: state.means.turn.saturating_add(turns).saturating_sub(1),
        }),
        What::Survey => {
            for precinct in places {
                state.means.surveys.push(SurveyResult {
                    turn: state.means.turn,
                    precinct,
                    inject: pending.inject,
                    now: Vec::new(),
                    before: Vec::new(),
                });
            }
        }
        What::Misconduct(points) => {
            state.truth.scandal = 1.0;
            for p in places {
                let stock = &mut state.truth.trust[p.at()];
                ledger.post_all(Account::Trust(p), stock, &[(cause, -points)], SCALE);
            }
        }
        What::Wrong(points) => {
            state.truth.wrong(&[(cause, points)], ledger);
        }
        What::Pressure(domain, points) => {
            if let Some(at) = world.domain(domain) {
                let stock = &mut state.truth.pressures[at];
                let causes = [(cause.in_domain(domain), points)];
                ledger.post_all(Account::Pressure(domain), stock, &causes, SCALE);
            }
        }
        What::Goodwill(points) => {
            let stock = &mut state.means.goodwill;
            ledger.post_all(Account::Goodwill, stock, &[(cause, points)], SCALE);
        }
    }
}

/// Factors of the temporary changes in force, per cell.
pub(super) fn shocks(state: &State, world: &World) -> Vec<f64> {
    if state.truth.shocks.is_empty() {
        return vec![1.0; cells(world).count()];
    }
    cells(world)
        .map(|(p, k)| {
            state
                .truth
                .shocks
                .iter()
                .filter(|shock| shock.place.is_none_or(|place| place == p))
                .filter(|shock| shock.family.is_none_or(|family| family == k))
                .map(|shock| shock.factor)
                .product()
        })
        .collect()
}

/// Fills in the door-to-door surveys that were bought for the turn just played.
pub(super) fn survey_doors(state: &mut State) {
    let world = state.world.clone();
    let luck = Luck::new(state.seed);
    let turn = state.means.turn;
    let step = turn::last_step(&world, turn);
    for survey in &mut state.means.surveys {
        if survey.turn != turn {
            continue;
        }
        let told = |page: Option<&super::state::HiddenPage>, step: u32| {
            page.map_or_else(Vec::new, |page| {
                feedback::door_to_door(&world, luck, step, survey.precinct, &page.happened)
            })
        };
        survey.now = told(state.hidden.last(), step);
        let before = state
            .hidden
            .len()
            .checked_sub(2)
            .and_then(|at| state.hidden.get(at));
        survey.before = told(before, step.saturating_sub(world.turn.steps()));
    }
}
