//! How many of many went, though one of them did not.

use crate::problem::Problem;

/// What came of it so far. One problem keeps nothing else from being done; the first is told.
#[derive(Default)]
pub(crate) struct Tally {
    went: usize,
    trouble: Option<Problem>,
}

impl Tally {
    pub(crate) fn add(&mut self, one: Result<impl Into<usize>, Problem>) {
        match one {
            Ok(went) => self.went += went.into(),
            Err(problem) => drop(self.trouble.get_or_insert(problem)),
        }
    }

    pub(crate) fn finish(self) -> Result<usize, Problem> {
        self.trouble.map_or(Ok(self.went), Err)
    }
}
