//! Two fingers on the map: apart is nearer, together is further off, and along pulls it.

use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;

/// The fingers that lie on the map.
#[derive(Clone, Debug, Default)]
pub struct Pinch {
    fingers: Vec<(u64, Vec2)>,
}

/// What two fingers did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pinched {
    /// How much further apart they are, as a factor.
    pub by: f32,
    /// The point between them.
    pub at: Vec2,
    /// How far that point has moved.
    pub along: Vec2,
}

impl Pinch {
    /// Whether two fingers are at it, so that neither of them points.
    pub fn is_on(&self) -> bool {
        self.fingers.len() > 1
    }

    /// Follows a finger, in the interface's pixels. What came of it, once there are two.
    pub fn follow(&mut self, finger: &TouchInput, at: Vec2) -> Option<Pinched> {
        let known = self.fingers.iter().position(|(id, _)| *id == finger.id);
        match (finger.phase, known) {
            (TouchPhase::Started, None) if self.fingers.len() < 2 => {
                self.fingers.push((finger.id, at));
                None
            }
            (TouchPhase::Moved, Some(which)) => {
                let before = self.between();
                self.fingers[which].1 = at;
                let ((old, far), (new, near)) = (before?, self.between()?);
                Some(Pinched {
                    by: near / far,
                    at: new,
                    along: new - old,
                })
            }
            (TouchPhase::Ended | TouchPhase::Canceled, Some(which)) => {
                self.fingers.remove(which);
                None
            }
            _ => None,
        }
    }

    /// The point between the two, and how far apart they are.
    fn between(&self) -> Option<(Vec2, f32)> {
        let [(_, a), (_, b)] = self.fingers.as_slice() else {
            return None;
        };
        Some((a.midpoint(*b), a.distance(*b).max(1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finger(id: u64, phase: TouchPhase) -> TouchInput {
        TouchInput {
            phase,
            position: Vec2::ZERO,
            window: Entity::PLACEHOLDER,
            force: None,
            id,
        }
    }

    #[test]
    fn two_fingers_that_part_come_nearer() {
        let mut pinch = Pinch::default();
        let mut at = |id, phase, x| pinch.follow(&finger(id, phase), Vec2::new(x, 0.0));
        assert_eq!(at(1, TouchPhase::Started, 10.0), None);
        assert_eq!(at(1, TouchPhase::Moved, 20.0), None, "one finger points");
        assert_eq!(at(2, TouchPhase::Started, 60.0), None);
        let pinched = at(2, TouchPhase::Moved, 100.0).expect("two fingers");
        assert_eq!(
            (pinched.by, pinched.at.x, pinched.along.x),
            (2.0, 60.0, 20.0)
        );
        assert_eq!(at(1, TouchPhase::Ended, 20.0), None);
        assert_eq!(at(2, TouchPhase::Moved, 30.0), None, "one is left");
    }
}
