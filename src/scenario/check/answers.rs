//! Answers against each other: none that nobody should give, temptations that tempt, and no more
//! major cards than a game can bear.

use super::Check;
use crate::rules::id::InjectIx;
use crate::rules::world::World;
use crate::rules::worth::{Worth, Yardstick, pulls};
use crate::scenario::code::Code;
use crate::scenario::path::Path;
use crate::scenario::resolved::Names;

/// Major cards that a game may have.
const MAJORS: usize = 2;

impl Check<'_> {
    pub(super) fn answers(&mut self, world: &World, names: &Names) {
        let yardstick = Yardstick::new(world);
        for (at, words) in names.injects.iter().enumerate() {
            let inject = &world.injects[at];
            let list = Path::of("injects").id(inject.id.as_str()).field("options");
            let tempting = words.options.iter().map(|option| option.temptation);
            let tempting: Vec<bool> = tempting.collect();
            let count = tempting.iter().filter(|tempts| **tempts).count();
            if count > 1 {
                self.report(Code::TwoTemptations, &list)
                    .slot("id", &inject.id)
                    .slot("count", count);
            }
            for (choice, tempts) in inject.options.iter().zip(&tempting) {
                if *tempts && !pulls(choice) {
                    let path = list.id(choice.id.as_str()).field("temptation");
                    self.report(Code::NoPull, &path).slot("id", &choice.id);
                }
            }
            let inject = InjectIx::from_position(at);
            self.dominated(world, &yardstick, (inject, &tempting), &list);
        }
        self.majors(world, names);
    }

    /// An answer that another one beats however things stand behind the card.
    fn dominated(
        &mut self,
        world: &World,
        yardstick: &Yardstick,
        (inject, tempting): (InjectIx, &[bool]),
        list: &Path,
    ) {
        let definition = &world.injects[inject.at()];
        let variants = world.variants(inject).len().max(1) as u8;
        let worth: Vec<Vec<Worth>> = (definition.options.iter())
            .map(|choice| {
                (0..variants)
                    .map(|variant| yardstick.worth(inject, choice, variant))
                    .collect()
            })
            .collect();
        for (at, own) in worth.iter().enumerate() {
            let beats = |other: &Vec<Worth>| {
                own.iter()
                    .zip(other)
                    .all(|(own, other)| own.is_beaten_by(other))
            };
            let better = worth.iter().position(beats);
            if let Some(better) = better.filter(|_| !tempting[at]) {
                let id = &definition.options[at].id;
                self.report(Code::Dominated, &list.id(id.as_str()))
                    .slot("id", id)
                    .slot("inject", &definition.id)
                    .slot("other", &definition.options[better].id);
            }
        }
    }

    /// Major cards that can come in one game: all single ones, and those of the arcs with most.
    fn majors(&mut self, world: &World, names: &Names) {
        let major = |inject: usize| names.injects[inject].major;
        let single = (0..world.injects.len())
            .filter(|at| major(*at) && world.strand(InjectIx::from_position(*at)).is_none())
            .count();
        let in_arc = world.arcs.iter().map(|arc| {
            let cards = arc.cards.iter();
            cards.filter(|card| major(card.at())).count()
        });
        let mut in_arc: Vec<usize> = in_arc.collect();
        in_arc.sort_unstable_by_key(|count| std::cmp::Reverse(*count));
        let drawn = in_arc.into_iter().take(usize::from(world.arcs_drawn));
        let count = single + drawn.sum::<usize>();
        if count > MAJORS {
            self.report(Code::ManyMajors, &Path::of("injects"))
                .slot("count", count);
        }
    }
}
