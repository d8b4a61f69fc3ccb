//! Passkeys: the browser's half of the ceremonies (WebAuthn Level 3 §5.1).

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CredentialsContainer, DomException};
use webauthn_rs_proto::{
    CreationChallengeResponse, PublicKeyCredential, RegisterPublicKeyCredential,
    RequestChallengeResponse,
};

use crate::PasskeyTrouble;

/// Creates a passkey.
pub(crate) async fn create_passkey(
    options: CreationChallengeResponse,
) -> Result<RegisterPublicKeyCredential, PasskeyTrouble> {
    let promise = container()?.create_with_options(&options.into()).map_err(|e| trouble(&e))?;
    let credential = JsFuture::from(promise).await.map_err(|e| trouble(&e))?;
    Ok(credential.unchecked_into::<web_sys::PublicKeyCredential>().into())
}

/// Asks for the touch of a passkey.
pub(crate) async fn touch_passkey(
    options: RequestChallengeResponse,
) -> Result<PublicKeyCredential, PasskeyTrouble> {
    let promise = container()?.get_with_options(&options.into()).map_err(|e| trouble(&e))?;
    let credential = JsFuture::from(promise).await.map_err(|e| trouble(&e))?;
    Ok(credential.unchecked_into::<web_sys::PublicKeyCredential>().into())
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
