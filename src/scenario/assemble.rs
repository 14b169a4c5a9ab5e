//! From files to one [`ScenarioFile`]: parts put together, extended scenarios laid below.

use super::code::Code;
use super::file::{DeskNoteFile, Items, Layer, Named, ScenarioFile};
use super::parse::parse;
use super::path::Path;
use super::problem::{Place, Problem};
use super::source::{Source, Sources, exact_lang, good_id};
use crate::text::Lang;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How many scenarios may lie below one.
pub const MAX_EXTENDS: usize = 3;
/// How many things a scenario may leave out of the one it extends.
const MAX_REMOVE: usize = 1_000;
/// After so many unknown ones no more guesses are made at what was meant.
const MAX_GUESSES: usize = 20;

/// A text from a text table.
#[derive(Clone, Debug)]
pub struct TableText {
    /// The layer of its file.
    pub layer: usize,
    /// The file.
    pub file: usize,
    /// The language.
    pub lang: Lang,
    /// The text.
    pub text: String,
}

/// A scenario put together, not yet checked.
#[derive(Debug, Default)]
pub struct Assembled {
    /// What the files say together.
    pub file: ScenarioFile,
    /// The texts of the tables by path.
    pub texts: BTreeMap<String, Vec<TableText>>,
}

/// Reads a scenario and what it extends. Nothing comes back when a file has syntax or shape
/// problems, because everything after would be noise.
pub fn assemble(
    source: &Source,
    sources: &mut Sources,
    problems: &mut Vec<Problem>,
) -> Option<Assembled> {
    let mut texts = BTreeMap::new();
    let mut layers = vec![layer(source, 0, sources, &mut texts, problems)?];
    let mut chain: Vec<String> = layers[0].id.iter().cloned().collect();
    let mut here = source.clone();
    while let Some(wanted) = layers.last().and_then(|file| file.extends.clone()) {
        let place = Place::Text(extends_file(sources, layers.len() - 1)?, 0..0);
        let place = locate_extends(sources, layers.len() - 1).unwrap_or(place);
        if chain.contains(&wanted) {
            chain.push(wanted);
            let mut problem = Problem::new(Code::ExtendsCycle, place);
            problem.slot("chain", chain.join(" > "));
            problems.push(problem);
            return None;
        }
        if layers.len() > MAX_EXTENDS {
            let mut problem = Problem::new(Code::ExtendsTooDeep, place);
            problem.slot("limit", MAX_EXTENDS);
            problems.push(problem);
            return None;
        }
        if wanted.contains(['/', '\\']) || wanted.contains("..") {
            let mut problem = Problem::new(Code::LeavesFolder, place);
            problem.slot("id", &wanted);
            problems.push(problem);
            return None;
        }
        let Some(found) = find(&here, &wanted) else {
            let mut problem = Problem::new(Code::ExtendsNotFound, place);
            let known = super::built_in().iter().map(|scenario| scenario.id);
            problem.slot("id", &wanted).nearest(&wanted, known);
            problems.push(problem);
            return None;
        };
        let below = layer(&found, layers.len(), sources, &mut texts, problems)?;
        chain.push(wanted);
        layers.push(below);
        here = found;
    }
    let mut file = layers.pop()?;
    while let Some(upper) = layers.pop() {
        file = over(upper, file, problems);
    }
    Some(Assembled { file, texts })
}

/// One scenario over the one it extends.
fn over(upper: ScenarioFile, mut base: ScenarioFile, problems: &mut Vec<Problem>) -> ScenarioFile {
    let list = Path::of("remove");
    let given = upper.remove.as_deref().unwrap_or_default();
    if given.len() > MAX_REMOVE {
        let mut problem = Problem::new(Code::TooMany, Place::At(list.clone()));
        problem.slot("what", &list).slot("limit", MAX_REMOVE);
        problems.push(problem);
    }
    let mut guesses = MAX_GUESSES;
    for (at, wanted) in given.iter().take(MAX_REMOVE).enumerate() {
        if !remove(&mut base, wanted) {
            let mut problem = Problem::new(Code::RemoveUnknown, Place::At(list.at(at)));
            let known = if guesses > 0 {
                removable(&base)
            } else {
                Vec::new()
            };
            guesses = guesses.saturating_sub(1);
            problem
                .slot("id", wanted)
                .nearest(wanted, known.iter().map(String::as_str));
            problems.push(problem);
        }
    }
    // These belong to one scenario and are not passed on.
    (base.extends, base.remove, base.allow, base.id) = (None, None, None, None);
    upper.over(base)
}

fn items_remove<T: Named>(items: &mut Option<Items<T>>, id: &str) -> bool {
    let Some(Items(list)) = items else {
        return false;
    };
    let before = list.len();
    list.retain(|item| item.id() != Some(id));
    list.len() < before
}

/// Takes a thing out by its dotted path.
fn remove(file: &mut ScenarioFile, wanted: &str) -> bool {
    let parts: Vec<&str> = wanted.split('.').collect();
    match parts.as_slice() {
        ["seats", id] => items_remove(&mut file.seats, id),
        ["districts", id] => items_remove(&mut file.districts, id),
        ["precincts", id] => items_remove(&mut file.precincts, id),
        ["sites", id] => items_remove(&mut file.sites, id),
        ["gates", id] => items_remove(&mut file.gates, id),
        ["institution", id] => file
            .institution
            .as_mut()
            .is_some_and(|open| open.remove(*id).is_some()),
        ["domains", id] => file
            .domains
            .as_mut()
            .is_some_and(|played| played.remove(*id).is_some()),
        ["kinds", id] => items_remove(&mut file.kinds, id),
        ["units", id] => {
            // Where it would have stood at a start goes with it.
            for start in file.starts.iter_mut().flat_map(|starts| &mut starts.0) {
                let posts = start.posts.iter_mut();
                posts.for_each(|posts| posts.retain(|post| post.unit.as_deref() != Some(*id)));
            }
            items_remove(&mut file.units, id)
        }
        ["starts", id] => items_remove(&mut file.starts, id),
        ["injects", id] => {
            // What is known of a card goes with it.
            if let Some(notes) = &mut file.desk_notes {
                let of_it =
                    |note: &DeskNoteFile| note.behind.as_ref().is_some_and(|(card, _)| card == id);
                notes.0.retain(|note| !of_it(note));
            }
            items_remove(&mut file.injects, id)
        }
        ["desk_notes", id] => items_remove(&mut file.desk_notes, id),
        ["mandates", id] => items_remove(&mut file.mandates, id),
        ["arcs", id] => items_remove(&mut file.arcs, id),
        ["objectives", id] => items_remove(&mut file.objectives, id),
        ["injects", id, "options", option] => file
            .injects
            .iter_mut()
            .flat_map(|items| &mut items.0)
            .filter(|inject| inject.id.as_deref() == Some(id))
            .any(|inject| items_remove(&mut inject.options, option)),
        ["prices", kind] => file
            .prices
            .as_mut()
            .is_some_and(|prices| prices.remove(*kind).is_some()),
        ["map", "points", point] => file
            .map
            .as_mut()
            .and_then(|map| map.points.as_mut())
            .is_some_and(|points| points.remove(*point).is_some()),
        ["coefficients", rest @ ..] if !rest.is_empty() => file
            .coefficients
            .as_mut()
            .is_some_and(|numbers| numbers.remove(&rest.join(".")).is_some()),
        _ => false,
    }
}

/// The paths that can be removed, for "did you mean".
fn removable(file: &ScenarioFile) -> Vec<String> {
    fn ids<T: Named>(list: &str, items: &Option<Items<T>>, out: &mut Vec<String>) {
        let ids = items
            .iter()
            .flat_map(|items| &items.0)
            .filter_map(Named::id);
        out.extend(ids.map(|id| format!("{list}.{id}")));
    }
    let mut out = Vec::new();
    ids("seats", &file.seats, &mut out);
    ids("districts", &file.districts, &mut out);
    ids("precincts", &file.precincts, &mut out);
    ids("units", &file.units, &mut out);
    ids("starts", &file.starts, &mut out);
    ids("sites", &file.sites, &mut out);
    ids("gates", &file.gates, &mut out);
    ids("injects", &file.injects, &mut out);
    ids("desk_notes", &file.desk_notes, &mut out);
    ids("mandates", &file.mandates, &mut out);
    ids("arcs", &file.arcs, &mut out);
    ids("objectives", &file.objectives, &mut out);
    out
}

/// Where an extended scenario is: a folder beside this one, or built in.
fn find(here: &Source, id: &str) -> Option<Source> {
    if !good_id(id) {
        return None;
    }
    if let Source::Disk(path) = here {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        if let Some(parent) = path.parent() {
            for candidate in [parent.join(id), parent.join(format!("{id}.ron"))] {
                if candidate.exists() && candidate != path {
                    return Some(Source::Disk(candidate));
                }
            }
        }
    }
    super::built_in()
        .iter()
        .find(|scenario| scenario.id == id)
        .map(super::BuiltIn::source)
}

fn extends_file(sources: &Sources, layer: usize) -> Option<usize> {
    sources.files.iter().position(|file| file.layer == layer)
}

fn locate_extends(sources: &Sources, layer: usize) -> Option<Place> {
    let path = Path::of("extends");
    sources.files.iter().enumerate().find_map(|(at, file)| {
        let tree = file
            .tree
            .as_ref()
            .filter(|_| file.layer == layer && file.table.is_none())?;
        let (node, depth) = tree.find(&path);
        (depth == 1).then(|| Place::Text(at, node.span()))
    })
}

/// Reads the files of one scenario and puts its parts together.
fn layer(
    source: &Source,
    layer: usize,
    sources: &mut Sources,
    texts: &mut BTreeMap<String, Vec<TableText>>,
    problems: &mut Vec<Problem>,
) -> Option<ScenarioFile> {
    let (first, before) = (sources.files.len(), problems.len());
    sources.read(source, layer, problems);
    let mut whole = ScenarioFile::default();
    let mut owner: BTreeMap<&'static str, usize> = BTreeMap::new();
    for at in first..sources.files.len() {
        let file = &sources.files[at];
        let Some(tree) = &file.tree else { continue };
        if let Some(tag) = &file.table {
            let Some(lang) = exact_lang(tag) else {
                let mut problem = Problem::new(Code::UnknownLanguage, Place::Text(at, 0..0));
                problem
                    .slot("id", tag)
                    .list("known", Lang::ALL)
                    .nearest(tag, Lang::ALL.map(Lang::tag));
                problems.push(problem);
                continue;
            };
            match parse::<BTreeMap<String, String>>(at, file, tree) {
                Ok(table) => {
                    for (path, text) in table {
                        let entry = TableText {
                            layer,
                            file: at,
                            lang,
                            text,
                        };
                        texts.entry(path).or_default().push(entry);
                    }
                }
                Err(problem) => problems.push(*problem),
            }
            continue;
        }
        match parse::<ScenarioFile>(at, file, tree) {
            Ok(part) => {
                for field in part.given() {
                    if let Some(other) = owner.insert(field, at) {
                        let spot = |file: usize| {
                            let tree = sources.files[file].tree.as_ref();
                            let span = tree.map(|tree| field_name(tree, field)).unwrap_or(0..0);
                            Place::Text(file, span)
                        };
                        let mut problem = Problem::new(Code::FieldTwice, spot(at));
                        problem
                            .slot("name", field)
                            .also(spot(other), "related.first");
                        problems.push(problem);
                    }
                }
                whole = part.over(whole);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    (problems.len() == before).then_some(whole)
}

/// Where the name of a top-level field stands.
fn field_name(tree: &super::tree::Node, name: &str) -> super::tree::Span {
    match &tree.kind {
        super::tree::Kind::Record(fields) => fields
            .iter()
            .find(|field| &*field.name == name)
            .map_or_else(
                || tree.span().start..tree.span().start + 1,
                super::tree::Field::span,
            ),
        _ => tree.span().start..tree.span().start + 1,
    }
}
