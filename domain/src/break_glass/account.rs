//! What a person says of their session afterwards.

use serde::{Deserialize, Serialize};

use super::{Review, ReviewChange, SessionView, declaration::written};
use crate::{
    access::Actor,
    audit::EntryOutcome,
    console::Console,
    grants::Grant,
    ids::GrantId,
    problem::{Problem, ProblemCode},
    time::Timestamp,
};

/// The longest of each part of an account, in characters.
pub const ACCOUNT_MAX: usize = 4000;

/// What was found and done, and what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// What was found.
    pub found: String,
    /// What was done.
    pub done: String,
    /// What follows, where something does.
    pub follow_ups: Option<String>,
    /// When it was filed.
    pub at: Timestamp,
}

/// An account, as it comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiledAccount {
    /// What was found.
    pub found: String,
    /// What was done.
    pub done: String,
    /// What follows.
    pub follow_ups: Option<String>,
}

impl Console {
    /// Takes what the person says of their own session.
    pub async fn file_account(
        &self,
        actor: &Actor,
        id: GrantId,
        filed: FiledAccount,
    ) -> Result<SessionView, Problem> {
        let session = self.visible_session(actor, id).await?;
        if session.body.holder != *actor.login() {
            return Err(ProblemCode::NotRequester.into());
        }
        let now = self.now();
        let account = filed.read(now)?;
        let review = self.review_of(&session).await?.ok_or_else(|| {
            Problem::from(ProblemCode::WrongState).with("state", session.state.name())
        })?;
        let review = review.file(account.clone())?;
        let entry = review.entry(now, actor.login(), EntryOutcome::Accounted);
        let entry = entry.with_json("account", &account);
        self.ports.reviews.commit_review(ReviewChange::of(review, entry)).await?;
        self.session_view(actor, &session).await
    }

    /// The review that covers a session, once that was opened.
    pub(super) async fn review_of(&self, session: &Grant) -> Result<Option<Review>, Problem> {
        Ok(self.ports.reviews.review(session.first_session()).await?)
    }
}

impl FiledAccount {
    fn read(self, at: Timestamp) -> Result<Account, Problem> {
        let part = |field: &str, text: &str| {
            written(text, ACCOUNT_MAX).map_err(|_| {
                Problem::malformed(field, format_args!("1 to {ACCOUNT_MAX} characters"))
            })
        };
        let follow_ups = self.follow_ups.filter(|text| !text.trim().is_empty());
        Ok(Account {
            found: part("found", &self.found)?,
            done: part("done", &self.done)?,
            follow_ups: follow_ups.map(|text| part("follow_ups", &text)).transpose()?,
            at,
        })
    }
}
