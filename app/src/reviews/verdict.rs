//! The verdict: where it is given, and what it is signed on.

use std::sync::Arc;

use domain::{
    approvals::{Decision, Purpose},
    break_glass::Verdict,
    identity::Me,
};
use leptos::prelude::*;

use super::{read::CaseNow, state::found};
use crate::{
    PasskeyTrouble, browser,
    components::{Section, Views},
    messages::{Message, phrases, reviews},
    signing::{Choice, Desk, Matter, SignButton, comment_field},
};

/// What a reviewer has chosen. Lives outside of what is read anew.
pub(crate) type Chosen = RwSignal<Option<Verdict>>;

/// Where what to choose is said, for whoever comes to the button.
const CHOOSE: &str = "verdict-choose";

/// Something to judge, and the words that go with it.
pub(crate) struct Judging {
    pub(crate) matter: Matter,
    /// What a signature covers.
    pub(crate) hint: Message,
    /// What each verdict means.
    pub(crate) meaning: fn(Verdict) -> Message,
}

/// Where the verdict is given; nothing for whoever may not.
pub(super) fn verdict(now: &CaseNow, chosen: Chosen, desk: Desk) -> Option<AnyView> {
    now.review.may_judge.then(|| {
        let judging = Judging { matter: matter(now), hint: reviews::VERDICT_HINT, meaning };
        self::judging(judging, chosen, desk)
    })
}

/// The form in which a verdict is chosen and signed.
pub(crate) fn judging(judging: Judging, chosen: Chosen, desk: Desk) -> AnyView {
    let t = phrases();
    let Judging { matter, hint, meaning } = judging;
    let verdicts = Verdict::ALL.map(|verdict| offer(verdict, meaning(verdict), chosen)).views();
    let choose = move || chosen.get().is_none().then(|| t.say(reviews::CHOOSE));
    let choice: Choice = Arc::new(move || chosen.get().map(Verdict::decision));
    view! {
        <Section id="verdict" title=t.say(reviews::VERDICT)>
            <div class="form form-boxed">
                <p>{t.say(hint)}</p>
                <fieldset class="field">
                    <legend class="field-label">{t.say(reviews::WHICH)}</legend>
                    <div class="choices">{verdicts}</div>
                </fieldset>
                {comment_field(desk, reviews::COMMENT_HINT, reviews::COMMENT_MISSING)}
                <p id=CHOOSE class="field-hint">
                    {choose}
                </p>
                <div class="button-row">
                    <SignButton
                        matter=matter
                        desk=desk
                        choice=choice
                        label=t.say(reviews::SIGN)
                        waits_for=CHOOSE
                    />
                </div>
            </div>
        </Section>
    }
    .into_any()
}

fn offer(verdict: Verdict, meaning: Message, chosen: Chosen) -> AnyView {
    let t = phrases();
    let is_chosen = move || chosen.get() == Some(verdict);
    view! {
        <div class="choice">
            <label class="choice-label">
                <input
                    type="radio"
                    name="verdict"
                    value=verdict.decision().as_str()
                    prop:checked=is_chosen
                    on:change=move |_| chosen.set(Some(verdict))
                />
                <span>{t.say(found(verdict).1)}</span>
            </label>
            <p class="offer-more">{t.say(meaning)}</p>
        </div>
    }
    .into_any()
}

const fn meaning(verdict: Verdict) -> Message {
    match verdict {
        Verdict::Justified => reviews::JUSTIFIED_MORE,
        Verdict::JustifiedWithFollowUps => reviews::FOLLOW_UPS_MORE,
        Verdict::Unjustified => reviews::UNJUSTIFIED_MORE,
    }
}

/// A case, as something to judge.
fn matter(now: &CaseNow) -> Matter {
    let path = format!("/api/v1/reviews/{}", now.review.id);
    let person = expect_context::<Me>().login;
    let (case, declared) = (now.case.clone(), now.declared.clone());
    let on_page = move |decision: Decision, comment: Option<&str>| {
        let other = |part: &str| PasskeyTrouble::OtherChallenge { part: part.to_owned() };
        let case = case.as_ref().ok_or_else(|| other("case"))?;
        // The case names what was declared by its digest: it must be that of what is shown beside it, and shown it must be.
        if declared.as_ref().is_none_or(|shown| shown.body.digest() != case.session) {
            return Err(other("session"));
        }
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
