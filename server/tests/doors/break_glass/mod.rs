//! Break-glass at the door: declared, opened, acted within, closed, accounted for and judged.

mod acting;
mod closing;
mod declaring;
mod drilling;
mod going_on;
mod opening;
mod reviewing;
mod scene;
mod verifying;

pub(crate) use scene::emergency;
