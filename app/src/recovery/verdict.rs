//! The verdict on a recovery, and everything that it is signed on.

use std::sync::Arc;

use domain::{
    approvals::{Decision, Purpose},
    break_glass::Verdict,
    identity::Me,
    recovery::{MayRecover, RecoveryView},
};
use leptos::prelude::*;

use super::api;
use crate::{
    PasskeyTrouble, browser,
    components::Section,
    messages::{Message, phrases, recovery, reviews as words},
    reviews::{self, Chosen, Judging},
    signing::{Desk, Matter},
};

/// What was done, for whoever judges or reads about it.
pub(super) fn deeds(now: &RecoveryView) -> Option<AnyView> {
    let deeds = reviews::timeline(&now.case.as_ref()?.deeds);
    Some(
        view! {
            <Section id="deeds" title=phrases().say(words::DEEDS)>
                {deeds}
            </Section>
        }
        .into_any(),
    )
}

/// Where the verdict is given; nothing for whoever may not.
pub(super) fn verdict(now: &RecoveryView, chosen: Chosen, desk: Desk) -> Option<AnyView> {
    now.may.contains(&MayRecover::Judge).then(|| {
        let judging = Judging { matter: matter(now), hint: recovery::VERDICT_HINT, meaning };
        reviews::judging(judging, chosen, desk)
    })
}

const fn meaning(verdict: Verdict) -> Message {
    match verdict {
        Verdict::Justified => recovery::JUSTIFIED_MORE,
        Verdict::JustifiedWithFollowUps => recovery::FOLLOW_UPS_MORE,
        Verdict::Unjustified => recovery::UNJUSTIFIED_MORE,
    }
}

/// A case, as something to judge.
fn matter(now: &RecoveryView) -> Matter {
    let path = format!("{}/review", api(now.body.id));
    let (person, case) = (expect_context::<Me>().login, now.case.clone());
    let shown = now.body.digest();
    let on_page = move |decision: Decision, comment: Option<&str>| {
        let other = |part: &str| PasskeyTrouble::OtherChallenge { part: part.to_owned() };
        // The case names what was asked for by its digest: it must be that of what is shown beside it.
        let case = case.as_ref().filter(|case| case.recovery == shown);
        let case = case.ok_or_else(|| other("case"))?;
        Ok(browser::Shown {
            purpose: Purpose::Review,
            decision,
            // Computed here from what is shown, whatever digest the page was sent.
            digest: case.digest().map_err(|_| other("case"))?,
            preview_digest: None,
            person: person.clone(),
            cluster_uid: None,
            comment: comment.map(str::to_owned),
        })
    };
    Matter { path, on_page: Arc::new(on_page) }
}
