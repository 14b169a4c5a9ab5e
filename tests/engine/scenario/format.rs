//! The format guide tells the truth.

use super::{examples, try_load};
use commonwatch::text::Lang;

const GUIDE: &str = include_str!("../../../docs/scenario-format.md");

#[test]
fn the_examples_of_the_guide_can_be_played() {
    let examples = examples(GUIDE);
    for example in &examples[..2] {
        match try_load(example) {
            Ok(loaded) => println!("{}", loaded.report.render(Lang::En)),
            Err(report) => panic!("{}", report.render(Lang::En)),
        }
    }
}
