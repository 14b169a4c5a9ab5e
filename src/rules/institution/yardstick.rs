//! Assessment: the table chooses a yardstick, and the two precincts that look worst by it are listed
//! for a quarter. What came of it is told beside precincts that looked alike and were not listed,
//! because most of what was worst gets better by itself.
//!
//! Only published figures go into it.

use super::{Finding, Pointer};
use crate::rules::curve;
use crate::rules::digest::canon;
use crate::rules::id::{Id, InstrumentIx, PrecinctIx};
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::state::{OpenPage, State};
use crate::rules::units::Amount;
use crate::rules::view::View;
use crate::rules::world::World;

/// The instruments that this is the rule of.
const ID: &str = "yardstick";
const LISTED: &str = "listed";
const HELPER: &str = "helping-precinct";

/// How many precincts are listed, and with how many others each is compared.
const LONG: usize = 2;
const ALIKE: usize = 3;

/// The assessment of a quarter.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::rules) struct Assessment {
    /// The setting of the yardstick.
    pub by: u8,
    /// Each precinct's figure; more is worse.
    pub figures: Vec<f64>,
    /// The precincts that were listed.
    pub list: Vec<PrecinctIx>,
}

canon! {
    Assessment { by, figures, list }
}

/// The list of a quarter, as everybody may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The setting of the yardstick by which it was drawn up.
    pub by: Id,
    /// The precincts on it.
    pub list: Vec<PrecinctIx>,
    /// Those that looked most alike and are not on it.
    pub alike: Vec<PrecinctIx>,
    /// The precincts that help.
    pub helpers: Vec<PrecinctIx>,
}

impl View<'_> {
    /// Whether the table can choose a yardstick.
    #[must_use]
    pub fn has_yardstick(&self) -> bool {
        self.world.open_instrument(ID).is_some()
    }

    /// The list of this quarter; none while no yardstick has been chosen.
    #[must_use]
    pub fn listed(&self) -> Option<Listed> {
        let (world, means) = (self.world, self.means);
        let now = means.learned.assessment.as_ref()?;
        let yardstick = &world.instruments[world.open_instrument(ID)?.at()];
        let mut alike: Vec<PrecinctIx> = (now.list.iter())
            .flat_map(|listed| most_alike(now, *listed))
            .map(PrecinctIx::from_position)
            .collect();
        alike.sort_unstable();
        alike.dedup();
        let helper = world.open_instrument(HELPER);
        Some(Listed {
            by: yardstick.settings.get(usize::from(now.by))?.id.clone(),
            list: now.list.clone(),
            alike,
            helpers: helper.map_or_else(Vec::new, |helper| set(means, helper)),
        })
    }
}

/// The precincts for which an instrument is set above its start.
fn set(means: &Means, index: InstrumentIx) -> Vec<PrecinctIx> {
    let pointers = means.instruments[index.at()].iter().enumerate();
    let set = pointers.filter(|(_, pointer)| pointer.setting > 0);
    set.map(|(at, _)| PrecinctIx::from_position(at)).collect()
}

/// Those that had looked most like a listed precinct and were not listed.
fn most_alike(last: &Assessment, listed: PrecinctIx) -> Vec<usize> {
    let away = |p: &usize| {
        let off = last.figures[*p] - last.figures[listed.at()];
        curve::max(off, -off)
    };
    let mut others: Vec<usize> = (0..last.figures.len())
        .filter(|p| !last.list.contains(&PrecinctIx::from_position(*p)))
        .collect();
    others.sort_by(|a, b| away(a).total_cmp(&away(b)).then(a.cmp(b)));
    others.truncate(ALIKE);
    others
}

/// Whether an instrument is set by the yardstick and not by hand.
pub(in crate::rules) fn rules_over(world: &World, means: &Means, index: InstrumentIx) -> bool {
    world.open_instrument(LISTED) == Some(index) && chosen(world, means).is_some()
}

/// The yardstick that has been chosen.
fn chosen(world: &World, means: &Means) -> Option<u8> {
    let index = world.open_instrument(ID)?;
    let setting = means.instruments[index.at()].first()?.setting;
    (setting != world.instruments[index.at()].start).then_some(setting)
}

/// After the last turn of a quarter: tells what came of the list and draws up the next.
pub(super) fn assess(world: &World, means: &mut Means, pages: &[OpenPage]) {
    if !pages
        .len()
        .is_multiple_of(usize::from(world.turn.a_quarter()))
    {
        return;
    }
    let last = means.learned.assessment.take();
    let Some(now) = measured(world, means, pages) else {
        return;
    };
    if let Some(last) = last.filter(|last| last.by == now.by) {
        let told = compared(&last, &now.figures);
        means.learned.found.extend(told);
    }
    list(world, means, now);
}

/// A yardstick has been chosen: in the first turn of a quarter the list follows at once.
pub(in crate::rules) fn choose(state: &mut State, index: InstrumentIx) {
    let (world, played) = (state.world.clone(), state.open.len());
    let opens = played > 0 && played.is_multiple_of(usize::from(world.turn.a_quarter()));
    if opens
        && world.open_instrument(ID) == Some(index)
        && let Some(now) = measured(&world, &state.means, &state.open)
    {
        list(&world, &mut state.means, now);
    }
}

/// The last quarter by the yardstick that has been chosen.
fn measured(world: &World, means: &Means, pages: &[OpenPage]) -> Option<Assessment> {
    let by = chosen(world, means)?;
    let index = world.open_instrument(ID)?;
    let name = &world.instruments[index.at()].settings[usize::from(by)].id;
    let quarter = &pages[pages
        .len()
        .saturating_sub(usize::from(world.turn.a_quarter()))..];
    let figures = figures(world, quarter, name.as_str());
    let mut list: Vec<PrecinctIx> = (0..figures.len()).map(PrecinctIx::from_position).collect();
    list.sort_by(|a, b| {
        let worst = figures[b.at()].total_cmp(&figures[a.at()]);
        worst.then(a.cmp(b))
    });
    list.truncate(LONG);
    Some(Assessment { by, figures, list })
}

/// Puts an assessment's precincts on the list, and takes the others off it.
fn list(world: &World, means: &mut Means, now: Assessment) {
    if let Some(listed) = world.open_instrument(LISTED) {
        for (at, pointer) in means.instruments[listed.at()].iter_mut().enumerate() {
            let to = u8::from(now.list.contains(&PrecinctIx::from_position(at)));
            if pointer.ordered() != to {
                *pointer = Pointer::at(to);
            }
        }
    }
    means.learned.assessment = Some(now);
}

/// Each precinct's figure by a yardstick, over the pages of a quarter; more is worse.
fn figures(world: &World, pages: &[OpenPage], yardstick: &str) -> Vec<f64> {
    let families = world.families.len();
    (world.precincts.iter().enumerate())
        .map(|(p, precinct)| {
            let cells = p * families..(p + 1) * families;
            let recorded = |page: &OpenPage, k: usize| f64::from(page.recorded[p * families + k]);
            let each = |figure: &dyn Fn(&OpenPage) -> f64| pages.iter().map(figure).sum::<f64>();
            match yardstick {
                "harm" => {
                    let harm = each(&|page| {
                        let weighed = world.families.iter().enumerate();
                        weighed
                            .map(|(k, family)| family.harm * recorded(page, k))
                            .sum()
                    });
                    1_000.0 * harm / f64::from(precinct.residents)
                }
                "trust" => -each(&|page| page.trust[p].to_f64()) / pages.len().max(1) as f64,
                "unexplained" => {
                    let off = each(&|page| {
                        let told: f64 = (0..families).map(|k| recorded(page, k)).sum();
                        told - page.expected[cells.clone()].iter().sum::<f64>()
                    });
                    curve::max(off, -off)
                }
                _ => each(&|page| (0..families).map(|k| recorded(page, k)).sum()),
            }
        })
        .collect()
}

/// What became of the listed precincts, beside those that had looked most alike.
fn compared(last: &Assessment, now: &[f64]) -> Vec<Finding> {
    let change = |p: usize| now[p] - last.figures[p];
    (last.list.iter())
        .map(|listed| {
            let others = most_alike(last, *listed);
            let sum: f64 = others.iter().map(|p| change(*p)).sum();
            Finding::Compared {
                listed: *listed,
                change: change(listed.at()),
                alike: sum / others.len().max(1) as f64,
            }
        })
        .collect()
}

/// Where a helping precinct's people are, and what share of patrol time they add there.
pub(super) fn helped(world: &World, means: &Means) -> Option<(InstrumentIx, Vec<PrecinctIx>)> {
    let (helper, listed) = (
        world.open_instrument(HELPER)?,
        world.open_instrument(LISTED)?,
    );
    let helpers = set(means, helper);
    let places: Vec<PrecinctIx> = (set(means, listed).into_iter())
        .filter(|place| !helpers.contains(place))
        .collect();
    (!helpers.is_empty() && !places.is_empty()).then_some((helper, places))
}

/// The share of patrol time that help comes to.
pub(super) fn help(world: &World) -> f64 {
    world.model.get(C::ListedHelp)
}
