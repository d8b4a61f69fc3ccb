//! Deciding about something with a touch: the challenge is checked against the page before it is asked for.

mod approving;
mod desk;
mod once;
mod sent;

pub(crate) use approving::{Approving, Choice, SignButton, StageNote, comment_field};
pub(crate) use desk::{Desk, Matter};
pub(crate) use once::{MadeOnce, Making};
