//! What a signature on a decision about a request commits to, as the page shows it.

use std::sync::Arc;

use domain::{
    approvals::{Decision, Purpose},
    names::Login,
};

use super::case::{Case, Outlook};
use crate::{PasskeyTrouble, browser::Shown, signing::Matter};

/// A request, as something to decide about.
pub(super) fn matter(shown: Case, person: Login) -> Matter {
    let path = format!("/api/v1/requests/{}", shown.view.body.id);
    let on_page =
        move |decision, comment: Option<&str>| on_page(decision, &shown, &person, comment);
    Matter { path, on_page: Arc::new(on_page) }
}

fn on_page(
    decision: Decision,
    shown: &Case,
    person: &Login,
    comment: Option<&str>,
) -> Result<Shown, PasskeyTrouble> {
    let Some(Outlook::Preview(preview)) = &shown.now else {
        return Err(PasskeyTrouble::PreviewMoved);
    };
    let part = || PasskeyTrouble::OtherChallenge { part: "preview".to_owned() };
    Ok(Shown {
        purpose: Purpose::Request,
        decision,
        // Computed here from what is shown, whatever digest the page was sent.
        digest: shown.view.body.digest(),
        preview_digest: Some(preview.digest().map_err(|_| part())?),
        person: person.clone(),
        cluster_uid: Some(shown.view.body.target.cluster_uid.clone()),
        comment: comment.map(str::to_owned),
    })
}
