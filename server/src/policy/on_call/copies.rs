//! The last good copy of each calendar that is fetched. Kept in memory: a console that starts anew fetches anew.

use std::{collections::BTreeMap, sync::Arc};

use domain::time::Timestamp;

use super::CalendarAddress;
use crate::calendar::Calendar;

/// Copies by where they were fetched from.
#[derive(Clone, Debug, Default)]
pub struct Copies(BTreeMap<CalendarAddress, Copied>);

/// A copy.
#[derive(Clone, Debug)]
pub(super) struct Copied {
    pub(super) calendar: Arc<Calendar>,
    pub(super) fetched_at: Timestamp,
}

impl Copies {
    /// Keeps a good copy in the place of an older one.
    pub fn keep(&mut self, address: CalendarAddress, calendar: Calendar, fetched_at: Timestamp) {
        self.0.insert(address, Copied { calendar: Arc::new(calendar), fetched_at });
    }

    /// Forgets the copies of calendars that are not among these any more.
    pub(in crate::policy) fn retain(&mut self, addresses: &[CalendarAddress]) {
        self.0.retain(|address, _| addresses.contains(address));
    }

    pub(super) fn of(&self, address: &CalendarAddress) -> Option<&Copied> {
        self.0.get(address)
    }
}
