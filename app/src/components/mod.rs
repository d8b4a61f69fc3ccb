//! The parts that pages are made of. They know no page and decide nothing.

mod badge;
mod bell;
mod copyable;
mod crumbs;
mod empty;
mod fact;
mod freshness;
mod heading;
mod loaded;
mod moment;
mod not_found;
mod notice;
mod pager;
mod problem;
mod rail;
mod session_end;
mod span;

pub(crate) use badge::{Badge, Tone};
pub(crate) use bell::Bell;
pub(crate) use copyable::Copyable;
pub(crate) use crumbs::{Crumb, Crumbs};
pub(crate) use empty::Empty;
pub(crate) use fact::Fact;
pub(crate) use freshness::FreshnessNote;
pub(crate) use heading::{PageHeading, Section};
pub(crate) use loaded::{Loading, loaded, settled};
pub(crate) use moment::{Age, Ago, Ahead, Now};
pub(crate) use not_found::{NotFound, NotThere};
pub(crate) use notice::Notice;
pub(crate) use pager::Pager;
pub(crate) use problem::{ProblemNotice, ProblemPage, why_not};
pub(crate) use rail::{rail_name, rail_told};
pub(crate) use session_end::SessionEnd;
pub(crate) use span::ahead as moment_ahead;
