//! A look at every layer of the map, once in a game.

use super::{Autopilot, By, Step};
use crate::app::table::Table;

impl Autopilot {
    /// Opens each layer of the map as soon as there is something to show, before the orders: they may
    /// leave nothing of it. Stepping to them by Tab alone
    /// takes long; other tests do it.
    pub(super) fn look_at_layers(&mut self, table: &Table) {
        let press = |id: &str| Step::Press(id.to_owned());
        let mut new = table.layers();
        new.retain(|layer| !self.layers.contains(layer));
        if new.is_empty() || self.by == By::Keys {
            return;
        }
        for layer in &new {
            let choose = press(&format!("layer:{}", layer.id()));
            let look = Step::Look("overlay");
            self.steps.extend([press("overlay"), choose, look]);
        }
        self.steps.extend([press("overlay"), press("layer:plan")]);
        self.layers.extend(new);
    }
}
