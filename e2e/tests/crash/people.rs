//! Those who knock at the console, each with a browser and a passkey that outlive every console.

use std::net::SocketAddr;

use person::{Answer, Authenticator, Browser};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// The console was killed before it answered.
#[derive(Debug)]
pub(crate) struct Gone;

/// One person.
pub(crate) struct Person {
    browser: Browser,
    authenticator: Authenticator,
}

impl Person {
    /// Enrols by a link.
    pub(crate) fn enrol(runtime: &Runtime, mut browser: Browser, link: &str) -> Self {
        let authenticator = runtime.block_on(browser.enrol(link));
        Self { browser, authenticator }
    }

    /// Goes on before the next console, with the cookies of before.
    pub(crate) fn turn_to(&mut self, address: SocketAddr, origin: &str) {
        let mut browser = Browser::at(address, origin);
        browser.cookies.clone_from(&self.browser.cookies);
        self.browser = browser;
    }

    pub(crate) fn get(&mut self, runtime: &Runtime, path: &str) -> Result<Answer, Gone> {
        runtime.block_on(self.browser.try_call("GET", path, None)).map_err(|_| Gone)
    }

    pub(crate) fn post(
        &mut self,
        runtime: &Runtime,
        path: &str,
        body: &Value,
    ) -> Result<Answer, Gone> {
        let body = Some(body.to_string());
        runtime.block_on(self.browser.try_call("POST", path, body)).map_err(|_| Gone)
    }

    /// Touches for what a challenge commits to.
    pub(crate) fn touch(&mut self, options: &Value) -> Value {
        json!({ "credential": self.authenticator.touch(options) })
    }
}
