//! Reviews of break-glass sessions, and of recoveries among them: their list, and the case of one that is judged.

mod case;
mod deeds;
mod list;
mod read;
mod state;
mod summary;
mod verdict;

use domain::ids::GrantId;

pub(crate) use case::ReviewPage;
pub(crate) use deeds::timeline;
pub(crate) use list::ReviewsPage;
pub(crate) use state::{badge as state_badge, found};
pub(crate) use verdict::{Chosen, Judging, judging};

/// Where reviews are.
pub(crate) const PATH: &str = "/reviews";

/// The page of a review.
pub(crate) fn review_href(id: GrantId) -> String {
    format!("{PATH}/{id}")
}
