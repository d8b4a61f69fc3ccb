//! The API on the wire: one handler takes every request through identity, rules, effect and audit.
//!
//! Never holds state: that is the store's.

mod call;
mod decode;
mod discovery;
mod eviction;
mod logs;
mod options;
mod read;
mod reviews;
mod scale;
mod token;
mod view;
mod watch;
mod write;

use std::sync::Arc;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderName, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use futures::stream;
use serde_json::Value;

use self::call::Call;
use crate::{
    access::{self, NotImpersonated, Resource, Target},
    audit::Record,
    cluster::Cluster,
    faults::Fault,
    kinds,
    refusal::Refusal,
    store::Part,
};

/// The largest body that is read: what etcd takes for one object.
const BODY_LIMIT: usize = 3 << 20;

/// By this the caller finds the call in the audit log.
const AUDIT_ID: HeaderName = HeaderName::from_static("audit-id");

/// What a request is answered with.
enum Answer {
    Json(StatusCode, Value),
    Text(StatusCode, String),
    Stream(Body),
}

impl Answer {
    fn ok(value: Value) -> Self {
        Self::Json(StatusCode::OK, value)
    }

    fn created(value: Value) -> Self {
        Self::Json(StatusCode::CREATED, value)
    }

    fn page_not_found() -> Self {
        Self::Text(StatusCode::NOT_FOUND, "404 page not found".to_owned())
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let json = [(header::CONTENT_TYPE, "application/json")];
        match self {
            Self::Json(code, value) => (code, json, value.to_string()).into_response(),
            Self::Text(code, text) => (code, text).into_response(),
            Self::Stream(body) => (json, body).into_response(),
        }
    }
}

/// Answers one request.
pub(crate) async fn serve(State(cluster): State<Arc<Cluster>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let call = Call::read(&parts.method, &parts.uri);
    let mut record = Record::begin(&cluster, &call.attributes, &parts);
    let body = to_bytes(body, BODY_LIMIT).await.map_err(|_| Refusal::too_large());
    let effect = call.intended_effect(body.as_deref().unwrap_or_default());
    let fault = cluster.faults.take(&call.attributes, effect);
    if let Some(Fault::Slow(delay)) = &fault {
        tokio::time::sleep(*delay).await;
    }
    let outcome = match &fault {
        Some(Fault::Refuse(refusal)) => Err(refusal.clone()),
        Some(Fault::Disconnect) => return cut_off(),
        _ => answer(&cluster, &call, &parts, body, &mut record),
    };
    let audit_id = record.id();
    let mut response = match outcome {
        Ok(answer) => {
            record.succeeded(&cluster, answer.code());
            answer.into_response()
        }
        Err(refusal) => {
            record.refused(&cluster, &refusal);
            refused(&refusal)
        }
    };
    response.headers_mut().extend(audit_id.map(|id| (AUDIT_ID, id)));
    if matches!(fault, Some(Fault::LoseAnswer)) { cut_off() } else { response }
}

impl Answer {
    fn code(&self) -> StatusCode {
        match self {
            Self::Json(code, _) | Self::Text(code, _) => *code,
            Self::Stream(_) => StatusCode::OK,
        }
    }
}

fn refused(refusal: &Refusal) -> Response {
    Answer::Json(refusal.status_code(), refusal.status()).into_response()
}

/// An answer whose connection breaks before its first byte of content.
fn cut_off() -> Response {
    let broken = stream::once(async {
        Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    });
    ([(header::CONTENT_LENGTH, "1")], Body::from_stream(broken)).into_response()
}

fn answer(
    cluster: &Arc<Cluster>,
    call: &Call,
    parts: &Parts,
    body: Result<Bytes, Refusal>,
    record: &mut Record,
) -> Result<Answer, Refusal> {
    let (objects, _) = cluster.store.snapshot();
    let requester = cluster.tokens.authenticate(&parts.headers, &objects, cluster.now())?;
    record.user(&requester);
    let user = match access::impersonate(&objects, &requester, &parts.headers) {
        Ok(None) => requester,
        Ok(Some(user)) => {
            record.impersonated(&user);
            user
        }
        Err(NotImpersonated::Forbidden(refusal)) => return Err(refusal),
        Err(error @ NotImpersonated::WithoutUser(_)) => {
            let text = format!("Internal Server Error: \"{}\": {error}", parts.uri);
            return Ok(Answer::Text(StatusCode::INTERNAL_SERVER_ERROR, text));
        }
    };
    let decision = access::authorise(&objects, &user, &call.attributes);
    record.decided(&decision);
    if !decision.allowed {
        return Err(call.attributes.forbidden(&user, &decision));
    }
    match &call.attributes.target {
        Target::Path(path) if parts.method == "GET" => Ok(discovery::answer(path)),
        Target::Path(_) => Ok(Answer::page_not_found()),
        Target::Resource(resource) => dispatch(
            cluster,
            call,
            resource,
            &write::Incoming { user: &user, headers: &parts.headers, body: body? },
            record,
        ),
    }
}

fn dispatch(
    cluster: &Arc<Cluster>,
    call: &Call,
    resource: &Resource,
    incoming: &write::Incoming<'_>,
    record: &mut Record,
) -> Result<Answer, Refusal> {
    let verb = call.attributes.verb.as_str();
    if let Some(review) = reviews::Review::of(resource) {
        let allowed = verb == "create";
        return if allowed {
            review.answer(cluster, resource, incoming)
        } else {
            Err(Refusal::method_not_allowed())
        };
    }
    let Some(kind) = kinds::served(&resource.group, &resource.version, &resource.plural) else {
        let known = discovery::is_group_version(&resource.group, &resource.version);
        return if known { Err(Refusal::no_such_resource()) } else { Ok(Answer::page_not_found()) };
    };
    if kind.is_namespaced() && resource.namespace.is_empty() && !matches!(verb, "list" | "watch") {
        return Err(Refusal::method_not_allowed());
    }
    let part = match (resource.subresource.as_str(), verb) {
        ("", _) => Part::Main,
        ("status", "get" | "update" | "patch") if kind.has_status() => Part::Status,
        ("eviction", "create") if *kind == kinds::POD => {
            return eviction::evict(cluster, call, resource, incoming);
        }
        ("log", "get") if *kind == kinds::POD => return logs::read(cluster, call, resource),
        ("token", "create") if *kind == kinds::SERVICE_ACCOUNT => {
            return token::request(cluster, call, resource, incoming, record);
        }
        ("scale", _) if kind.has_scale() => {
            return scale::answer(cluster, call, kind, resource, incoming);
        }
        _ => return Err(Refusal::no_such_resource()),
    };
    let view = view::View::of(incoming.headers);
    match verb {
        "get" => read::get(cluster, kind, resource, view),
        "list" => read::list(cluster, call, kind, resource, view),
        "watch" => watch::open(cluster, call, kind, resource, view),
        "create" => write::create(cluster, call, kind, resource, incoming),
        "update" => write::update(cluster, call, (kind, part), resource, incoming),
        "patch" => write::patch(cluster, call, (kind, part), resource, incoming),
        "delete" => write::delete(cluster, call, kind, resource, incoming),
        "deletecollection" => write::delete_collection(cluster, call, kind, resource, incoming),
        _ => Err(Refusal::method_not_allowed()),
    }
}
