//! Going on from a session that is live: more time, or a larger role, by a touch of its own.
//!
//! It is a session of its own. The one before stays until its own end, so that nothing breaks off that runs by its token.
//! All of them end within twice the longest of one, one word closes them, and one review covers them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::BreakGlassSettings;
use crate::{
    grants::{Grant, GrantState, GrantableRole},
    ids::GrantId,
    time::Timestamp,
};

/// How many times the longest of one session all that go on from each other last.
const AT_MOST: u32 = 2;

/// The live session that somebody goes on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// That session.
    pub session: GrantId,
    /// The one that it all began with.
    pub first: GrantId,
    /// Since when there is power without a break.
    pub since: Timestamp,
    /// When that session ends by itself.
    pub until: Timestamp,
    /// Whether its holder opened it alone.
    pub is_alone: bool,
}

/// What a session is part of that goes on from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoesOn {
    /// The session that it all began with: one review covers them all.
    pub first: GrantId,
    /// When all of it ends at the latest.
    pub ends_by: Timestamp,
}

impl Grant {
    /// The session that one may go on from; none where it is none, or is not live.
    #[must_use]
    pub fn as_before(&self, now: Timestamp) -> Option<Before> {
        let GrantState::Active(hold) = &self.state else { return None };
        let since = self.body.extends.map_or(hold.activation.at, |extends| extends.since);
        (self.body.declaration.is_some() && now < hold.activation.until).then(|| Before {
            session: self.body.id,
            first: self.first_session(),
            since,
            until: hold.activation.until,
            is_alone: self.opening.is_some(),
        })
    }

    /// The session that it all began with, by whose identifier the review goes.
    #[must_use]
    pub fn first_session(&self) -> GrantId {
        self.goes_on_with().map_or(self.body.id, |goes_on| goes_on.first)
    }

    pub(crate) fn goes_on_with(&self) -> Option<GoesOn> {
        self.body.declaration.as_ref()?.goes_on
    }

    /// Whether it goes on from another session.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.goes_on_with().is_some()
    }

    /// Whether it is a drill, which gives nothing.
    #[must_use]
    pub fn is_drill(&self) -> bool {
        self.body.declaration.as_ref().is_some_and(|declared| declared.is_drill)
    }
}

impl Before {
    /// What goes on from it is part of this.
    pub(super) fn goes_on(&self, settings: &BreakGlassSettings) -> GoesOn {
        GoesOn { first: self.first, ends_by: self.since.plus(settings.longest * AT_MOST) }
    }

    /// Until when somebody may open what goes on from it.
    pub(super) fn may_be_gone_on_from_until(
        &self,
        settings: &BreakGlassSettings,
        now: Timestamp,
    ) -> Timestamp {
        now.plus(settings.declared_for).min(self.until).min(self.goes_on(settings).ends_by)
    }
}

impl BreakGlassSettings {
    /// For how long a role may be taken, where somebody goes on from a session in all.
    #[must_use]
    pub fn longest_of(
        &self,
        role: &GrantableRole,
        before: Option<&Before>,
        now: Timestamp,
    ) -> Duration {
        let one = role.longest.min(self.longest);
        before.map_or(one, |before| one.min(before.goes_on(self).ends_by.since(now)))
    }
}
