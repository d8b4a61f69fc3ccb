//! Bearer tokens and the users behind them.
//!
//! Never remembers a verdict: whether a token still holds is asked anew at each request.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::http::{HeaderMap, header};
use jiff::Timestamp;

use super::{AccountToken, User};
use crate::{refusal::Refusal, store::Objects};

/// The tokens this cluster accepts.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<String, Bearer>>);

/// Whom a token stands for.
enum Bearer {
    /// Somebody, until the process ends.
    User(User),
    /// A service account, while the token and the account last.
    Account(AccountToken),
}

impl Tokens {
    pub(crate) fn add(&self, token: &str, user: User) {
        self.bearers().insert(token.to_owned(), Bearer::User(user));
    }

    /// Accepts a token of a service account from now on, and forgets those that have expired.
    pub(crate) fn issue(&self, token: &str, account: AccountToken, now: Timestamp) {
        let mut bearers = self.bearers();
        bearers.retain(|_, bearer| match bearer {
            Bearer::User(_) => true,
            Bearer::Account(account) => !account.has_expired(now),
        });
        bearers.insert(token.to_owned(), Bearer::Account(account));
    }

    /// The user of a request: anonymous without a token, refused with a wrong one.
    pub(crate) fn authenticate(
        &self,
        headers: &HeaderMap,
        objects: &Objects,
        now: Timestamp,
    ) -> Result<User, Refusal> {
        let Some(credential) = headers.get(header::AUTHORIZATION) else {
            return Ok(User::anonymous());
        };
        let token =
            credential.to_str().ok().and_then(|credential| credential.strip_prefix("Bearer "));
        let bearers = self.bearers();
        let user = token.and_then(|token| bearers.get(token)).and_then(|bearer| match bearer {
            Bearer::User(user) => Some(user.clone()),
            Bearer::Account(account) => account.user(objects, now),
        });
        user.ok_or_else(Refusal::unauthorized)
    }

    fn bearers(&self) -> MutexGuard<'_, HashMap<String, Bearer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
