//! The ceremonies with passkeys that are about oneself, each from its first call to its last.

use domain::{
    approvals::{Decision, Purpose},
    identity::{CredentialId, passkey_change_digest},
    names::Login,
};
use serde::Serialize;

use crate::{
    Failure,
    browser::{
        Ceremony, Credential, Method, Shown, StepUp, call, check, create_passkey, send,
        touch_passkey,
    },
};

/// Where the ceremonies are held.
const IDENTITY: &str = "/api/v1/identity";

/// A call that says nothing more.
#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
struct Link<'a> {
    link: &'a str,
}

/// A change of passkeys that a touch is asked for.
#[derive(Serialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
enum Change<'a> {
    AddPasskey,
    RemovePasskey { passkey: &'a CredentialId },
}

#[derive(Serialize)]
struct Touch {
    credential: Credential,
}

#[derive(Serialize)]
struct NewPasskey<'a> {
    label: &'a str,
    credential: Credential,
}

/// Signs in; nobody types a name.
pub(super) async fn sign_in() -> Result<(), Failure> {
    let path = format!("{IDENTITY}/session");
    let asked: Ceremony = call(Method::Post, &format!("{path}/options"), &Nothing {}).await?;
    let credential = touch_passkey(&asked.public_key).await?;
    send(Method::Post, &path, &Touch { credential }).await
}

/// Signs out.
pub(super) async fn sign_out() -> Result<(), Failure> {
    send(Method::Delete, &format!("{IDENTITY}/session"), &Nothing {}).await
}

/// Enrols a first passkey by a link, which also signs in.
pub(super) async fn enrol(link: &str, label: &str) -> Result<(), Failure> {
    let path = format!("{IDENTITY}/enrolment");
    let asked: Ceremony = call(Method::Post, &format!("{path}/options"), &Link { link }).await?;
    let credential = create_passkey(&asked.public_key).await?;
    send(Method::Post, &path, &NewPasskey { label, credential }).await
}

/// Adds a passkey: a touch of one that the person has, then the new one.
pub(super) async fn add_passkey(person: Login, label: &str) -> Result<(), Failure> {
    let path = format!("{IDENTITY}/passkeys");
    let credential = touch(person, Change::AddPasskey).await?;
    let asked: Ceremony =
        call(Method::Post, &format!("{path}/options"), &Touch { credential }).await?;
    let credential = create_passkey(&asked.public_key).await?;
    send(Method::Post, &path, &NewPasskey { label, credential }).await
}

/// Removes a passkey, with a touch that names it.
pub(super) async fn remove_passkey(person: Login, id: &CredentialId) -> Result<(), Failure> {
    let credential = touch(person, Change::RemovePasskey { passkey: id }).await?;
    let path = format!("{IDENTITY}/passkeys/{}", id.0);
    send(Method::Delete, &path, &Touch { credential }).await
}

/// Ends one session, or all others.
pub(super) async fn end_sessions(ending: Ending) -> Result<(), Failure> {
    let path = match ending {
        Ending::One(id) => format!("{IDENTITY}/sessions/{id}"),
        Ending::AllOthers => format!("{IDENTITY}/sessions"),
    };
    send(Method::Delete, &path, &Nothing {}).await
}

/// Which sessions end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// This one.
    One(domain::ids::SessionId),
    /// All but the one that asks.
    AllOthers,
}

/// A touch for one change of the person's own passkeys, and for nothing else.
async fn touch(person: Login, change: Change<'_>) -> Result<Credential, Failure> {
    let path = format!("{IDENTITY}/passkeys/signature-options");
    let asked: StepUp = call(Method::Post, &path, &change).await?;
    let (decision, removed) = match change {
        Change::AddPasskey => (Decision::AddPasskey, None),
        Change::RemovePasskey { passkey } => (Decision::RemovePasskey, Some(passkey)),
    };
    let shown = Shown {
        purpose: Purpose::Passkeys,
        decision,
        digest: passkey_change_digest(&person, removed)?,
        preview_digest: None,
        person,
        cluster_uid: None,
        comment: None,
    };
    check(&shown, &asked.commitment, &asked.public_key.challenge())?;
    Ok(touch_passkey(&asked.public_key).await?)
}
