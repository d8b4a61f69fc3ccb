//! Deciding about something with a touch: the challenge is checked against the page before it is asked for.

mod approving;
mod desk;

pub(crate) use approving::{Approving, StageNote, button};
pub(crate) use desk::{Desk, Matter, Stage};
