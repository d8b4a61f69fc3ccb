//! Bearer tokens and the users behind them.
//!
//! Never expires a token: they end with the process.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderMap, header};

use super::User;
use crate::refusal::Refusal;

/// The tokens this cluster accepts.
#[derive(Default)]
pub(crate) struct Tokens(Mutex<HashMap<String, User>>);

impl Tokens {
    pub(crate) fn add(&self, token: &str, user: User) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(token.to_owned(), user);
    }

    /// The user of a request: anonymous without a token, refused with a wrong one.
    pub(crate) fn authenticate(&self, headers: &HeaderMap) -> Result<User, Refusal> {
        let Some(credential) = headers.get(header::AUTHORIZATION) else {
            return Ok(User::anonymous());
        };
        let token =
            credential.to_str().ok().and_then(|credential| credential.strip_prefix("Bearer "));
        let users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        token.and_then(|token| users.get(token)).cloned().ok_or_else(Refusal::unauthorized)
    }
}
