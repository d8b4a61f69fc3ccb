//! One row of the route table.

use axum::{
    handler::Handler,
    routing::{self, MethodRouter},
};

use super::AppState;

/// A method, as far as the API uses any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// GET.
    Get,
    /// POST.
    Post,
    /// DELETE.
    Delete,
}

impl Verb {
    /// As HTTP writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// Who may knock at an endpoint at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody, so many times from one network: links and ceremonies before a sign-in.
    PublicLimited,
    /// Whoever is signed in; what they may do beyond that is the use case's to say.
    SignedIn,
    /// Whoever is signed in, so many times each: ceremonies, and asking for what others are then waited for to decide.
    SignedInLimited,
}

impl Access {
    pub(super) const fn needs_person(self) -> bool {
        matches!(self, Self::SignedIn | Self::SignedInLimited)
    }
}

/// One route.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its method.
    pub verb: Verb,
    /// Its path, with parameters in braces.
    pub path: &'static str,
    /// Who may knock.
    pub access: Access,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// The name of the schema of what it takes, in the OpenAPI document.
    pub takes: Option<&'static str>,
    /// The status of success.
    pub status: u16,
    /// The name of the schema of what it gives.
    pub gives: Option<&'static str>,
    /// The parameters of its query.
    pub query: &'static [&'static str],
    pub(super) handler: MethodRouter<AppState>,
}

impl Endpoint {
    fn new<H, T>(verb: Verb, path: &'static str, summary: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let handler = match verb {
            Verb::Get => routing::get(handler),
            Verb::Post => routing::post(handler),
            Verb::Delete => routing::delete(handler),
        };
        Self {
            verb,
            path,
            access: Access::SignedIn,
            summary,
            takes: None,
            status: 200,
            gives: None,
            query: &[],
            handler,
        }
    }

    /// A read for whoever is signed in.
    pub(super) fn get<H: Handler<T, AppState>, T: 'static>(
        path: &'static str,
        summary: &'static str,
        handler: H,
    ) -> Self {
        Self::new(Verb::Get, path, summary, handler)
    }

    /// A write for whoever is signed in.
    pub(super) fn post<H: Handler<T, AppState>, T: 'static>(
        path: &'static str,
        summary: &'static str,
        handler: H,
    ) -> Self {
        Self::new(Verb::Post, path, summary, handler)
    }

    /// A removal for whoever is signed in; answers with nothing.
    pub(super) fn delete<H: Handler<T, AppState>, T: 'static>(
        path: &'static str,
        summary: &'static str,
        handler: H,
    ) -> Self {
        Self { status: 204, ..Self::new(Verb::Delete, path, summary, handler) }
    }

    /// The same for others.
    pub(super) fn access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// The same with a body.
    pub(super) fn takes(self, schema: &'static str) -> Self {
        Self { takes: Some(schema), ..self }
    }

    /// The same with an answer.
    pub(super) fn gives(self, status: u16, schema: &'static str) -> Self {
        Self { status, gives: Some(schema), ..self }
    }

    /// The same with an empty answer.
    pub(super) fn gives_nothing(self) -> Self {
        Self { status: 204, gives: None, ..self }
    }

    /// The same with parameters in its query.
    pub(super) fn query(self, names: &'static [&'static str]) -> Self {
        Self { query: names, ..self }
    }
}
