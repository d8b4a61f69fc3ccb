//! Declaring an emergency: a grant that may be opened by its holder's own touch.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Before, BreakGlassSettings, GoesOn};
use crate::{
    approvals::{InvalidWords, REASON_MAX, TICKET_MAX},
    grants::{
        ClusterRole, Extends, Grant, GrantBody, GrantableRole, InvalidGrant, PinnedRole,
        PinnedTenant, check_may_be_held,
    },
    ids::GrantId,
    names::Login,
    policy::Tier,
    time::Timestamp,
};

/// The longest that somebody writes about what they will do, in characters.
pub const INTENT_MAX: usize = 1000;

/// What makes a grant a break-glass session. What is broken is the grant's reason, the incident its ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// What the person will do.
    pub intent: String,
    /// Who could have approved it when it was declared, and was asked then.
    pub asked: Vec<Login>,
    /// Who was on call then.
    pub on_call: Vec<Login>,
    /// From when on it may be opened alone.
    pub alone_from: Timestamp,
    /// What it goes on from, where it goes on from another session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goes_on: Option<GoesOn>,
    /// Whether it is a drill: everything but the power.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_drill: bool,
}

/// What a person declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Its identifier.
    pub id: GrantId,
    /// Who declares it.
    pub holder: Login,
    /// Where.
    pub tenant: PinnedTenant,
    /// The cluster role, read now.
    pub cluster_role: ClusterRole,
    /// For how long.
    pub ttl: Duration,
    /// What is broken.
    pub broken: String,
    /// What they will do.
    pub intent: String,
    /// Where the incident is written down.
    pub incident: String,
    /// Who can approve it now.
    pub asked: Vec<Login>,
    /// Who is on call now.
    pub on_call: Vec<Login>,
    /// The live session that they go on from, if any.
    pub before: Option<Before>,
    /// Whether it is a drill.
    pub is_drill: bool,
}

/// Why an emergency cannot be declared as written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDeclaration {
    /// The role cannot be held, or not for so long.
    #[error(transparent)]
    Grant(#[from] InvalidGrant),
    /// What is broken is not said, or at too great length.
    #[error(transparent)]
    Words(#[from] InvalidWords),
    /// What the person will do is not said, or at too great length.
    #[error("what you will do is 1 to {INTENT_MAX} characters")]
    Intent,
    /// The incident is not named, or at too great length.
    #[error("the incident is 1 to {TICKET_MAX} characters")]
    Incident,
}

impl Grant {
    /// Declares an emergency: one approval begins it and, from the moment that the policy says, its holder's own touch.
    /// What a ticket looks like is not asked for at night.
    pub fn declare(
        new: NewSession,
        role: &GrantableRole,
        settings: &BreakGlassSettings,
        tier: Tier,
        now: Timestamp,
    ) -> Result<Self, InvalidDeclaration> {
        let longest = settings.longest_of(role, new.before.as_ref(), now);
        check_may_be_held(&new.cluster_role, new.ttl, longest)?;
        let broken = written(&new.broken, REASON_MAX).map_err(|length| match length {
            0 => InvalidWords::ReasonMissing,
            _ => InvalidWords::ReasonTooLong,
        })?;
        let intent = written(&new.intent, INTENT_MAX).map_err(|_| InvalidDeclaration::Intent)?;
        let incident =
            written(&new.incident, TICKET_MAX).map_err(|_| InvalidDeclaration::Incident)?;
        let before = new.before.as_ref();
        let body = GrantBody {
            id: new.id,
            holder: new.holder,
            tenant: new.tenant,
            role: PinnedRole::of(role, new.cluster_role),
            ttl_seconds: new.ttl.as_secs(),
            approvals_needed: 1,
            reason: broken,
            ticket: Some(incident),
            created_at: now,
            expires_at: before.map_or_else(
                || now.plus(settings.declared_for),
                |before| before.may_be_gone_on_from_until(settings, now),
            ),
            declaration: Some(Declaration {
                intent,
                asked: new.asked,
                on_call: new.on_call,
                alone_from: match before {
                    // They answered to nobody's silence already.
                    Some(before) if before.is_alone => now,
                    _ => settings.alone_from(tier, now),
                },
                goes_on: before.map(|before| before.goes_on(settings)),
                is_drill: new.is_drill,
            }),
            extends: before.map(|before| Extends {
                grant: before.session,
                since: before.since,
                ends_by: None,
            }),
        };
        Ok(Self::pending(body))
    }
}

/// What was written, without white space around it; else how long that is.
pub(super) fn written(text: &str, most: usize) -> Result<String, usize> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(0),
        length if length > most => Err(length),
        _ => Ok(text.to_owned()),
    }
}
