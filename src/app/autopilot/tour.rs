//! What is looked at once a game besides the orders: the pages that explain, and the ways back.

use super::driver::Step;

/// What stands behind a bar of the why-panel.
pub(super) fn of_the_model() -> [Step; 3] {
    let there = |id: &str| Step::IfThere(id.to_owned());
    [there("model:rule"), Step::Look("model"), there("close")]
}
