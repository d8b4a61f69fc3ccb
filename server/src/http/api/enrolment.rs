//! Enrolling by a link.

use axum::{Extension, Json as Answer, extract::State};
use domain::{
    access::Actor,
    identity::{Me, NewPasskey, PasskeyLabel},
};
use serde::Deserialize;
use tower_sessions::Session;
use webauthn_rs_proto::{CreationChallengeResponse, RegisterPublicKeyCredential};

use super::{agent::Agent, session};
use crate::http::{Access, AppState, CeremonyCookie, Endpoint, Json, ProblemResponse, metrics};

pub(super) fn endpoints() -> Vec<Endpoint> {
    vec![
        Endpoint::post(
            "/api/v1/identity/enrolment/options",
            "Begin enrolment by a one-time link",
            options,
        )
        .access(Access::PublicLimited)
        .takes("EnrolmentLink")
        .gives(200, "CreationOptions"),
        Endpoint::post("/api/v1/identity/enrolment", "Enrol a first passkey and sign in", enrol)
            .access(Access::PublicLimited)
            .takes("NewPasskey")
            .gives(200, "Me"),
    ]
}

#[derive(Deserialize)]
struct Link {
    link: String,
}

async fn options(
    State(state): State<AppState>,
    ceremony: CeremonyCookie,
    Json(Link { link }): Json<Link>,
) -> Result<Answer<CreationChallengeResponse>, ProblemResponse> {
    let browser = ceremony.begin(&state.console);
    Ok(Answer(state.console.begin_enrolment(&browser, &link).await?))
}

/// A passkey and what its owner calls it.
#[derive(Deserialize)]
pub(super) struct LabelledPasskey {
    label: PasskeyLabel,
    credential: RegisterPublicKeyCredential,
}

impl From<LabelledPasskey> for NewPasskey {
    fn from(LabelledPasskey { label, credential }: LabelledPasskey) -> Self {
        Self { label, credential }
    }
}

async fn enrol(
    State(state): State<AppState>,
    ceremony: CeremonyCookie,
    cookie: Session,
    Extension(before): Extension<Option<Actor>>,
    Agent(agent): Agent,
    Json(passkey): Json<LabelledPasskey>,
) -> Result<Answer<Me>, ProblemResponse> {
    let browser = ceremony.held()?;
    let opened = state.console.finish_enrolment(&browser, passkey.into(), &agent).await;
    metrics::count_sign_in(&opened);
    session::signed_in(&state, &cookie, before, &opened?).await
}
