//! One's own passkeys. Adding: touch, options, passkey. Removing: touch. Each touch has its options call.

use axum::{Json as Answer, extract::State, http::StatusCode};
use domain::{
    identity::{BegunStepUp, CredentialId, PasskeyRow},
    page::Page,
};
use serde::Deserialize;
use webauthn_rs_proto::CreationChallengeResponse;

use super::{enrolment::LabelledPasskey, input::Named, session::Touch};
use crate::http::{Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, SignedIn};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::get("/api/v1/identity/passkeys", "One's own passkeys, oldest first", list)
            .gives(200, "Passkeys"),
        Endpoint::post(
            "/api/v1/identity/passkeys/signature-options",
            "Ask for the touch that adds or removes a passkey",
            signature_options,
        )
        .access(Access::SignedInLimited)
        .takes("PasskeyChange")
        .gives(200, "SignatureOptions"),
        Endpoint::post(
            "/api/v1/identity/passkeys/options",
            "Begin registration of a further passkey, with that touch",
            options,
        )
        .access(Access::SignedInLimited)
        .takes("Touch")
        .gives(200, "CreationOptions"),
        Endpoint::post("/api/v1/identity/passkeys", "Add the registered passkey", add)
            .access(Access::SignedInLimited)
            .takes("NewPasskey")
            .gives_nothing(),
        Endpoint::delete(
            "/api/v1/identity/passkeys/{id}",
            "Remove a passkey, with that touch",
            remove,
        )
        .access(Access::SignedInLimited)
        .takes("Touch"),
    ]
}

async fn list(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
) -> Result<Answer<Page<PasskeyRow>>, ProblemResponse> {
    let items = state.console.own_passkeys(&actor).await?;
    Ok(Answer(Page { items, next: None }))
}

#[derive(Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
enum Change {
    AddPasskey,
    RemovePasskey { passkey: CredentialId },
}

async fn signature_options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Json(change): Json<Change>,
) -> Result<Answer<BegunStepUp>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    let begun = match change {
        Change::AddPasskey => state.console.begin_adding_passkey(&actor, &browser).await?,
        Change::RemovePasskey { passkey } => {
            state.console.begin_removing_passkey(&actor, &browser, &passkey).await?
        }
    };
    Ok(Answer(begun))
}

async fn options(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Json(Touch { credential }): Json<Touch>,
) -> Result<Answer<CreationChallengeResponse>, ProblemResponse> {
    ceremony.held()?;
    let browser = ceremony.begin(&state.console);
    let begun = state.console.begin_passkey_registration(&actor, &browser, &credential).await?;
    Ok(Answer(begun))
}

async fn add(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Json(passkey): Json<LabelledPasskey>,
) -> Result<StatusCode, ProblemResponse> {
    let browser = ceremony.held()?;
    state.console.add_passkey(&actor, &browser, passkey.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove(
    State(state): State<AppState>,
    SignedIn(actor): SignedIn,
    ceremony: CeremonyCookie,
    Named(id): Named<String>,
    Json(Touch { credential }): Json<Touch>,
) -> Result<StatusCode, ProblemResponse> {
    let browser = ceremony.held()?;
    state.console.remove_passkey(&actor, &browser, &CredentialId(id), &credential).await?;
    Ok(StatusCode::NO_CONTENT)
}
