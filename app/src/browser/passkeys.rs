//! Passkeys: the browser's half of the ceremonies (WebAuthn Level 3 §5.1).
//!
//! Options and credentials stay the JSON that the console speaks: the browser itself reads and writes it
//! (§5.1.8–10). A browser that cannot is told to be too old.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::approvals::Commitment;
use js_sys::{Function, JSON, Promise, Reflect};
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    CredentialCreationOptions, CredentialRequestOptions, CredentialsContainer, DomException,
};

use crate::{PasskeyTrouble, wire};

/// What the console asks of a passkey.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ceremony {
    /// The options, for the browser.
    pub(crate) public_key: Options,
}

/// What the console asks of a passkey for a decision.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepUp {
    /// The options, for the browser.
    pub(crate) public_key: Options,
    /// From this the challenge is computed again before the touch.
    pub(crate) commitment: Commitment,
}

/// The options of a ceremony, as the console wrote them.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Options(Value);

/// What a passkey answered, as the browser wrote it.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Credential(Value);

impl Options {
    /// What the passkey would sign; empty where that cannot be read.
    pub(crate) fn challenge(&self) -> Vec<u8> {
        let written = self.0.get("challenge").and_then(Value::as_str).unwrap_or_default();
        URL_SAFE_NO_PAD.decode(written).unwrap_or_default()
    }

    /// As objects of the browser, by a static method of its `PublicKeyCredential`.
    fn read_by(&self, method: &str) -> Result<JsValue, PasskeyTrouble> {
        let read = || {
            let class = Reflect::get(&window(), &"PublicKeyCredential".into())?;
            let method: Function = Reflect::get(&class, &method.into())?.dyn_into()?;
            method.call1(&class, &JSON::parse(&self.0.to_string())?)
        };
        read().map_err(|_: JsValue| PasskeyTrouble::Unsupported)
    }
}

/// Creates a passkey.
pub(crate) async fn create_passkey(options: &Options) -> Result<Credential, PasskeyTrouble> {
    let wanted = CredentialCreationOptions::new();
    wanted.set_public_key(options.read_by("parseCreationOptionsFromJSON")?.unchecked_ref());
    answered(container()?.create_with_options(&wanted)).await
}

/// Asks for the touch of a passkey.
pub(crate) async fn touch_passkey(options: &Options) -> Result<Credential, PasskeyTrouble> {
    let wanted = CredentialRequestOptions::new();
    wanted.set_public_key(options.read_by("parseRequestOptionsFromJSON")?.unchecked_ref());
    answered(container()?.get_with_options(&wanted)).await
}

async fn answered(asked: Result<Promise, JsValue>) -> Result<Credential, PasskeyTrouble> {
    let promise = asked.map_err(|error| trouble(&error))?;
    let credential = JsFuture::from(promise).await.map_err(|error| trouble(&error))?;
    // By the credential's own `toJSON`.
    let written = JSON::stringify(&credential).map(String::from).unwrap_or_default();
    wire::read(&written).map(Credential).map_err(|_| PasskeyTrouble::Unsupported)
}

/// Absent where the address is not secure.
fn container() -> Result<CredentialsContainer, PasskeyTrouble> {
    let container = window().navigator().credentials();
    let present = !container.is_undefined() && !container.is_null();
    present.then_some(container).ok_or(PasskeyTrouble::Unsupported)
}

fn trouble(error: &JsValue) -> PasskeyTrouble {
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("InvalidStateError") => PasskeyTrouble::AlreadyHere,
        Some("NotSupportedError" | "SecurityError") | None => PasskeyTrouble::Unsupported,
        Some(_) => PasskeyTrouble::Dismissed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_read_from_the_options() {
        let challenge =
            |text| serde_json::from_str::<Ceremony>(text).unwrap().public_key.challenge();
        assert_eq!(challenge(r#"{"publicKey":{"challenge":"AQID","timeout":1}}"#), [1, 2, 3]);
        for unreadable in [r#"{"publicKey":{"challenge":"*"}}"#, r#"{"publicKey":{}}"#] {
            assert!(challenge(unreadable).is_empty());
        }
    }
}
