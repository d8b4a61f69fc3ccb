//! A well-formed body and a real name for every route: whoever is refused is refused for who they are.

use sekisho::http::{Endpoint, Verb};
use serde_json::{Value, json};

use crate::asking::restart;

/// What a person of good will would send.
pub(crate) fn body_of(endpoint: &Endpoint) -> Option<Value> {
    match (endpoint.takes, endpoint.verb) {
        (Some(schema), _) => Some(sample(schema)),
        (None, Verb::Post) => Some(json!({})),
        (None, Verb::Get | Verb::Delete) => None,
    }
}

fn sample(schema: &str) -> Value {
    match schema {
        "EnrolmentLink" => json!({ "link": "A".repeat(43) }),
        "NewPasskey" => json!({ "label": "phone", "credential": made() }),
        "Touch" => json!({ "credential": touched() }),
        "PasskeyChange" => json!({ "decision": "add-passkey" }),
        "NewRequest" => restart(),
        "NewGrant" => crate::grants::wish(),
        "Revocation" => json!({}),
        "Extension" => json!({ "ttl_seconds": 3600, "reason": "the pool leaks on" }),
        "NewSession" => crate::break_glass::emergency(),
        "NewRecovery" => crate::recovery::wish(),
        "Opening" => json!({ "decision": "open" }),
        "Account" => json!({ "found": "a lock", "done": "a restart" }),
        "Judging" => json!({ "verdict": "justified" }),
        "Verdict" => json!({ "verdict": "justified", "credential": touched() }),
        "Deciding" => json!({ "decision": "approve" }),
        "Decision" => json!({ "decision": "approve", "credential": touched() }),
        other => panic!("there is no sample of {other}"),
    }
}

/// An assertion of nobody's.
pub(crate) fn touched() -> Value {
    let response = json!({
        "clientDataJSON": CLIENT_DATA, "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": null,
    });
    credential(&response)
}

fn made() -> Value {
    credential(&json!({ "clientDataJSON": CLIENT_DATA, "attestationObject": "AAAA" }))
}

fn credential(response: &Value) -> Value {
    json!({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key", "extensions": {}, "response": response,
    })
}

/// `{"type":"webauthn.get","challenge":"AAAA","origin":"https://console.example.org"}`
const CLIENT_DATA: &str = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdp\
    biI6Imh0dHBzOi8vY29uc29sZS5leGFtcGxlLm9yZyJ9";

/// The route with the names of what is the engineer's team's, and its query.
pub(crate) fn path_of(endpoint: &Endpoint, request: &str) -> String {
    let path = endpoint
        .path
        .replace("{cluster}", "demo")
        .replace("{namespace}", "checkout")
        .replace("{login}", "admin")
        .replace("requests/{id}", &format!("requests/{request}"))
        .replace("tokens/{id}", &format!("tokens/{}.0", uuid::Uuid::nil()))
        .replace("break-glass/{id}", &format!("break-glass/{request}"))
        .replace("recoveries/{id}", &format!("recoveries/{request}"))
        .replace("reviews/{id}", &format!("reviews/{request}"))
        .replace("grants/{id}", &format!("grants/{request}"))
        .replace("grantable-roles/{name}", "grantable-roles/debug")
        .replace("{name}", "api-0")
        .replace("notifications/{id}", &format!("notifications/{}", uuid::Uuid::nil()))
        .replace("sessions/{id}", &format!("sessions/{}", uuid::Uuid::nil()))
        .replace("passkeys/{id}", "passkeys/AAAA");
    assert!(!path.contains('{'), "nothing is named for {path}");
    match endpoint.query {
        ["view"] => format!("{path}?view=request:{request}"),
        ["cluster", "namespace", "kind", "name"] => {
            format!("{path}?cluster=demo&namespace=checkout&kind=Pod&name=api-0")
        }
        ["cluster", "namespace"] | ["cluster", "namespace", "after"] => {
            format!("{path}?cluster=demo&namespace=checkout")
        }
        _ => path,
    }
}
