//! The Content Security Policy of the pages (CSP Level 3): nothing inline but what carries the nonce.

use axum::http::{HeaderValue, header};
use leptos::{nonce::Nonce, prelude::*};
use leptos_axum::ResponseOptions;

/// Sends the policy with the present response.
pub(super) fn restrict(nonce: Option<&Nonce>) {
    let response = use_context::<ResponseOptions>();
    let policy = HeaderValue::try_from(policy(nonce));
    if let (Some(response), Ok(policy)) = (response, policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn policy(nonce: Option<&Nonce>) -> String {
    let inline = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    [
        "default-src 'self'".to_owned(),
        format!("script-src 'self'{inline} 'wasm-unsafe-eval'"),
        format!("style-src 'self'{inline}"),
        "img-src 'self' data:".to_owned(),
        "connect-src 'self'".to_owned(),
        "object-src 'none'".to_owned(),
        "frame-ancestors 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'self'".to_owned(),
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_nonce_nothing_inline_runs() {
        let policy = policy(None);
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"));
        assert!(!policy.contains("unsafe-inline"));
    }

    #[test]
    fn the_nonce_stands_for_scripts_and_styles() {
        let policy = policy(Some(&Nonce::from_value("abc")));
        assert!(policy.contains("script-src 'self' 'nonce-abc' 'wasm-unsafe-eval'"));
        assert!(policy.contains("style-src 'self' 'nonce-abc'"));
    }
}
