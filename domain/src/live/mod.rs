//! What a person looks at, and whether it changed since they last looked.

mod standing;
mod view;

pub use standing::Standing;
pub use view::{UnknownView, View};
