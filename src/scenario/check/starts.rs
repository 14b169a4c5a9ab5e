//! The ways to start that the set-up can take instead of the usual one.

use super::{Check, MAX_ITEMS, MAX_UNITS};
use crate::rules::id::{Id, PrecinctIx, UnitIx};
use crate::rules::world::{
    Deployment, Desks, Precinct, Preset, Purse, Stand, Starts, Unit, UnitKind, World,
};
use crate::scenario::code::Code;
use crate::scenario::file::{PostFile, StartFile};
use crate::scenario::path::Path;
use crate::scenario::resolved::Names;

/// Where tokens may stand, what they can do, and the tokens.
type Pieces<'a> = (&'a [Precinct], &'a [UnitKind], &'a [Unit]);

impl Check<'_> {
    pub(super) fn starts(&mut self, pieces: Pieces, purse: Purse, names: &mut Names) -> Starts {
        let file = self.file;
        let list = Path::of("starts");
        let given = file.starts.as_ref().map_or(&[][..], |items| &items.0);
        self.cap(&list, given.len(), MAX_ITEMS);
        let mut starts = Vec::new();
        for (at, start) in given.iter().take(MAX_ITEMS).enumerate() {
            let (id, path) = self.id_of(start.id.as_deref(), &list, at);
            let name = self.name(start.name.as_ref(), &path, None, id);
            let about = path.field("about");
            if start.about.is_none() && !self.texts.knows(&about.dotted()) {
                self.required("about", &path);
            }
            let about = self.phrase(start.about.as_ref(), &about, super::texts::ABOUT);
            names.starts.push((name, about));
            let posts = self.posts(start, &path, pieces);
            let (_, kinds, units) = pieces;
            let standing = units.iter().enumerate().filter(|(at, unit)| {
                let moved = posts.iter().find(|(moved, _)| moved.at() == *at);
                moved.map_or(unit.post, |(_, stand)| *stand).is_some()
            });
            self.afford_start(standing.map(|(_, unit)| unit), kinds, purse, &path);
            let id = Id::from(id);
            starts.push(Deployment { id, posts });
        }
        Starts(starts)
    }

    /// What stands elsewhere, each token once.
    fn posts(&mut self, start: &StartFile, path: &Path, pieces: Pieces) -> Vec<(UnitIx, Stand)> {
        let (_, _, units) = pieces;
        let path = path.field("posts");
        let given = start.posts.as_deref().unwrap_or_default();
        self.cap(&path, given.len(), MAX_UNITS);
        let mut posts: Vec<(UnitIx, Stand)> = Vec::new();
        let mut changes = false;
        let before = self.problems.len();
        for (at, post) in given.iter().take(MAX_UNITS).enumerate() {
            let path = path.at(at);
            let Some((unit, stand)) = self.post(post, &path, pieces) else {
                continue;
            };
            if posts.iter().any(|(other, _)| *other == unit) {
                let id = &units[unit.at()].id;
                self.report(Code::DuplicateId, &path.field("unit"))
                    .slot("id", id);
                continue;
            }
            changes |= units[unit.at()].post != stand;
            posts.push((unit, stand));
        }
        // Where a name was not found, nobody knows what it would have changed.
        if !changes && self.problems.len() == before {
            self.report(Code::SameStart, &path);
        }
        posts
    }

    fn post(
        &mut self,
        post: &PostFile,
        path: &Path,
        (precincts, kinds, units): Pieces,
    ) -> Option<(UnitIx, Stand)> {
        let Some(id) = post.unit.as_deref() else {
            self.required("unit", path);
            return None;
        };
        let known: Vec<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
        let unit = self.lookup(id, &known, &path.field("unit"))?;
        let kind = &kinds[units[unit].kind.at()];
        let tactic = self.tactic(post.tactic, kind, path);
        let unit = UnitIx::from_position(unit);
        let Some(at) = post.at.as_deref() else {
            if post.tactic.is_some() {
                self.required("at", path);
            }
            return Some((unit, None));
        };
        let places: Vec<&str> = precincts.iter().map(|place| place.id.as_str()).collect();
        let place = self.lookup(at, &places, &path.field("at"))?;
        let stand = Some((PrecinctIx::from_position(place), tactic));
        Some((unit, stand))
    }

    /// The choices of the set-up are told apart by their names alone.
    pub(super) fn apart(&mut self, starts: &Starts, presets: &[Preset], desks: &Desks) {
        for start in &starts.0 {
            let side = presets.iter().any(|preset| preset.id == start.id);
            if side || desks.mandate_sets().any(|set| *set == start.id) {
                let path = Path::of("starts").id(start.id.as_str()).field("id");
                self.report(Code::DuplicateId, &path).slot("id", &start.id);
            }
        }
    }

    /// Whether each token may be sent where a start puts it.
    pub(super) fn tiers(&mut self, world: &World) {
        for start in &world.starts.0 {
            for (unit, stand) in &start.posts {
                let Some((place, _)) = stand else { continue };
                if world.may_stand(*unit, *place) {
                    continue;
                }
                let path = Path::of("starts").id(start.id.as_str()).field("posts");
                self.report(Code::OutOfTier, &path)
                    .slot("unit", &world.units[unit.at()].id)
                    .slot("place", &world.precincts[place.at()].id);
            }
        }
    }
}
