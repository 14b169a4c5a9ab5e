//! How a step is pressed: a finger that points, goes down and comes up over several frames.

use super::driver::{Autopilot, Step};
use super::hands::Hands;
use bevy::input::ButtonState;
use bevy::prelude::*;

/// What to do now for a step.
pub(super) enum Move {
    /// Press the mouse here.
    Press(Vec2),
    /// Press the mouse here, to see what is to be pressed then.
    Uncover(Vec2),
    /// Turn the wheel with the pointer here.
    Wheel(Vec2, f32),
    /// Press a key.
    Key(KeyCode, &'static str),
    /// Ask for what a node of the accessibility tree offers.
    Ask(String),
    /// Nothing is left to do for the step.
    Done,
}

/// A press under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Finger {
    Up,
    Pointing,
    Down,
    Wheel(f32),
    Key(KeyCode, &'static str),
}

impl Autopilot {
    /// Begins a move. Whether the step is done with it.
    pub(super) fn begin(&mut self, next: Move, step: &Step, hands: &mut Hands) -> bool {
        let reaches = matches!(
            next,
            Move::Press(_) | Move::Ask(_) | Move::Key(KeyCode::Enter, _)
        );
        match next {
            Move::Press(at) | Move::Uncover(at) => {
                hands.point(at);
                self.finger = Finger::Pointing;
            }
            Move::Wheel(at, by) => {
                hands.point(at);
                self.finger = Finger::Wheel(by);
            }
            Move::Key(code, says) => {
                hands.key(code, says, ButtonState::Pressed);
                self.finger = Finger::Key(code, says);
            }
            Move::Ask(id) => {
                if let Err(why) = hands.ask(&id) {
                    self.fail(why);
                }
                self.wait = self.pause;
            }
            Move::Done => return true,
        }
        // Taking goes on until the right unit is in hand; a call may follow a call.
        let again = matches!(
            step,
            Step::Hold(_)
                | Step::Call
                | Step::Tactic(_)
                | Step::Desk(_)
                | Step::Thing(_)
                | Step::Range(..)
        );
        reaches && !again
    }

    /// Goes on with the press under way.
    pub(super) fn go_on(&mut self, hands: &mut Hands) {
        self.finger = match self.finger {
            Finger::Pointing => {
                hands.button(ButtonState::Pressed);
                Finger::Down
            }
            Finger::Down => {
                hands.button(ButtonState::Released);
                Finger::Up
            }
            Finger::Wheel(by) => {
                hands.wheel(by);
                Finger::Up
            }
            Finger::Key(code, says) => {
                hands.key(code, says, ButtonState::Released);
                Finger::Up
            }
            Finger::Up => Finger::Up,
        };
        if self.finger == Finger::Up {
            self.wait = self.pause;
        }
    }
}
