//! The token of a service account: which account it proves, to whom, and until when.
//!
//! Never outlives its account: one of the same name that came later is another account.

use jiff::Timestamp;

use super::User;
use crate::store::{Key, Objects};

/// This API server, among those a token may be meant for.
pub(crate) const AUDIENCE: &str = "https://kubernetes.default.svc.cluster.local";

/// What a token says. The token itself is nowhere in it.
pub(crate) struct AccountToken {
    pub(crate) account: Key,
    pub(crate) uid: String,
    /// By this the audit log knows the token.
    pub(crate) credential: String,
    pub(crate) audiences: Vec<String>,
    pub(crate) expires: Timestamp,
}

impl AccountToken {
    /// The user that it proves at a time, if it still proves any.
    pub(super) fn user(&self, objects: &Objects, now: Timestamp) -> Option<User> {
        let account = objects.get(&self.account)?;
        let is_same = account.uid() == self.uid && !account.is_terminating();
        let is_for_us = self.audiences.iter().any(|audience| audience == AUDIENCE);
        (is_same && is_for_us && !self.has_expired(now)).then(|| {
            let Key { namespace, name, .. } = &self.account;
            User::account(namespace, name, &self.uid, &self.credential)
        })
    }

    pub(super) fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.expires
    }
}
