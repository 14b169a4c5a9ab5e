//! What authors write: loading, diagnostics, hostile input, the card, the words.

mod format;
mod hostile;
mod injects;
mod layers;
mod lexicon;
mod mistakes;
mod pearl_bay;
mod words;

use commonwatch::scenario::{Loaded, Report, Source, load};

/// A scenario in one text.
fn try_load(text: &str) -> Result<Loaded, Report> {
    load(&Source::text("scenario.ron", text))
}

/// The RON examples of a page, in order.
fn examples(page: &str) -> Vec<&str> {
    page.split("```ron\n")
        .skip(1)
        .filter_map(|part| part.split("\n```").next())
        .collect()
}

/// A scenario in several files.
fn try_files(files: &[(&str, &str)]) -> Result<Loaded, Report> {
    let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    load(&Source::Memory(files.iter().map(file).collect()))
}
