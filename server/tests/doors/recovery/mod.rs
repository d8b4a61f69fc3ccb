//! Recovery at the door: asked for, signed by two, handed on, come back by, lived with for a day, and judged.

mod afterwards;
mod asking;
mod coming_back;
mod following;
mod scene;
mod signing;
mod verifying;

pub(crate) use scene::wish;
