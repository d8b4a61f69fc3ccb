//! Asking for more time for a role that one holds.

use domain::ids::GrantId;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use serde::{Deserialize, Serialize};

use super::{ask::seconds, read::GrantNow};
use crate::{
    browser::{Method, call},
    components::{Section, reason_field},
    messages::{grants, phrases},
    signing::Desk,
};

/// What the person writes. Lives outside of what is read anew.
#[derive(Clone, Copy)]
pub(super) struct Extending {
    minutes: RwSignal<String>,
    reason: RwSignal<String>,
    busy: RwSignal<bool>,
}

impl Extending {
    pub(super) fn new() -> Self {
        Self {
            minutes: RwSignal::new("60".to_owned()),
            reason: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
        }
    }
}

#[derive(Serialize)]
struct Wish {
    ttl_seconds: i64,
    reason: String,
}

#[derive(Deserialize)]
struct Created {
    id: GrantId,
}

/// The form; nothing for whoever may not ask.
pub(super) fn extend(grant: &GrantNow, draft: Extending, desk: Desk) -> Option<AnyView> {
    if !grant.may_extend {
        return None;
    }
    let t = phrases();
    let (path, navigate) = (format!("/api/v1/grants/{}/extension", grant.body.id), use_navigate());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if draft.busy.get_untracked() {
            return;
        }
        draft.busy.set(true);
        let wish = Wish {
            ttl_seconds: seconds(&draft.minutes.get_untracked()),
            reason: draft.reason.get_untracked(),
        };
        let (path, navigate) = (path.clone(), navigate.clone());
        spawn_local(async move {
            let created = call::<_, Created>(Method::Post, &path, &wish).await;
            draft.busy.set(false);
            match created {
                Ok(Created { id }) => {
                    navigate(&format!("/grants/{id}"), NavigateOptions::default());
                }
                Err(error) => desk.failure.set(Some(error)),
            }
        });
    };
    let reason = reason_field(t.say(grants::REASON_HINT).to_owned(), draft.reason);
    Some(
        view! {
            <Section id="extend" title=t.say(grants::EXTEND)>
                <form class="form form-boxed" on:submit=submit>
                    <p>{t.say(grants::EXTEND_HINT)}</p>
                    <div class="field">
                        <label class="field-label" for="minutes">
                            {t.say(grants::FOR_HOW_LONG)}
                        </label>
                        <input
                            id="minutes"
                            class="input"
                            type="number"
                            required
                            min="1"
                            bind:value=draft.minutes
                        />
                    </div>
                    {reason}
                    <button
                        type="submit"
                        class="button"
                        aria-disabled=move || draft.busy.get().to_string()
                    >
                        {t.say(grants::EXTEND_SUBMIT)}
                    </button>
                </form>
            </Section>
        }
        .into_any(),
    )
}
