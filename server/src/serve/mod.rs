//! The composition root: ports, console, pages and API put together and served.
//!
//! Decides nothing; it only says what stands on what.

mod assemble;
mod listen;

pub use assemble::{Assembled, Parts, assemble, assemble_with};
pub use listen::{ServeError, Server};
