//! A person's authenticator: passkeys in software, behind a browser that may lie.

use serde_json::Value;
use webauthn_authenticator_rs::{
    WebauthnAuthenticator,
    prelude::{CreationChallengeResponse, RequestChallengeResponse, Url},
    softpasskey::SoftPasskey,
};
use webauthn_rs_proto::{AllowCredentials, UserVerificationPolicy};

/// What somebody signs in with.
pub struct Authenticator {
    page: String,
    keys: SoftPasskey,
    handle: Vec<u8>,
    credentials: Vec<Vec<u8>>,
}

impl Authenticator {
    /// One without passkeys, for pages of this origin.
    #[must_use]
    pub fn new(page: &str) -> Self {
        let verifies_users = true;
        Self {
            page: page.to_owned(),
            keys: SoftPasskey::new(verifies_users),
            handle: Vec::new(),
            credentials: Vec::new(),
        }
    }

    /// Makes a passkey as a browser's `navigator.credentials.create` would.
    pub fn register(&mut self, options: &Value) -> Value {
        let mut options: CreationChallengeResponse =
            serde_json::from_value(options.clone()).unwrap();
        let selection = options.public_key.authenticator_selection.as_mut().unwrap();
        assert!(selection.require_resident_key, "a sign-in without a name needs a resident key");
        assert_eq!(selection.user_verification, UserVerificationPolicy::Required);
        // The software authenticator knows no resident keys; this one remembers them itself.
        selection.require_resident_key = false;
        self.handle.clone_from(&options.public_key.user.id);
        let credential = self.keys.do_registration(origin(&self.page), options).unwrap();
        self.credentials.push(credential.raw_id.clone());
        serde_json::to_value(credential).unwrap()
    }

    /// Touches as `navigator.credentials.get` would.
    pub fn touch(&mut self, options: &Value) -> Value {
        self.touch_with(options, &self.page.clone(), UserVerificationPolicy::Required)
    }

    /// Touches on a page of another origin.
    pub fn touch_on(&mut self, options: &Value, page: &str) -> Value {
        self.touch_with(options, page, UserVerificationPolicy::Required)
    }

    /// Touches without verifying the user.
    pub fn touch_unverified(&mut self, options: &Value) -> Value {
        self.touch_with(options, &self.page.clone(), UserVerificationPolicy::Preferred)
    }

    fn touch_with(&mut self, options: &Value, page: &str, verify: UserVerificationPolicy) -> Value {
        let mut options: RequestChallengeResponse =
            serde_json::from_value(options.clone()).unwrap();
        assert_eq!(options.public_key.user_verification, UserVerificationPolicy::Required);
        options.public_key.user_verification = verify;
        if options.public_key.allow_credentials.is_empty() {
            let mine = self.credentials.iter().map(|id| AllowCredentials {
                type_: "public-key".to_owned(),
                id: id.clone(),
                transports: None,
            });
            options.public_key.allow_credentials = mine.collect();
        }
        let mut credential = self.keys.do_authentication(origin(page), options).unwrap();
        credential.response.user_handle = Some(self.handle.clone());
        serde_json::to_value(credential).unwrap()
    }
}

fn origin(text: &str) -> Url {
    text.parse().unwrap()
}
