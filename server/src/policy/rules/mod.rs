//! The rules of `console.cedar`: parsed, held to the schema, and asked.
//!
//! Default deny. A rule that cannot be evaluated refuses, whatever the others say.

mod cedar_rules;
mod names;
mod parse;
mod roster;
mod schema;
mod spelling;
mod spoken_of;

pub(super) use cedar_rules::CedarRules;
pub(super) use parse::parse;
pub(super) use spoken_of::SpokenOf;
