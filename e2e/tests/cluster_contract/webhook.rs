//! An admission webhook of the scenario's own: served over TLS, as the API server calls one.

use std::{fs, io, net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    serve::{Listener, serve},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use harness::control_plane::{Cluster, ServerCertificate};
use k8s_openapi::api::core::v1::Namespace;
use kube::api::{DeleteParams, Patch, PatchParams};
use kube::{Api, core::DynamicObject, core::GroupVersionKind, discovery::ApiResource};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
    server::TlsStream,
};

use crate::{rbac, stage::Stage};

/// What a webhook answers about what the on-call does; everybody else may do what they do.
pub(crate) type Answer = fn() -> Value;

/// A webhook that is asked about deployments and their scales in one namespace.
pub(crate) struct Webhook {
    configuration: Api<DynamicObject>,
    name: String,
    serving: JoinHandle<io::Result<()>>,
}

impl Webhook {
    /// One that says yes or no.
    pub(crate) async fn validating(stage: &Stage, answer: Answer) -> Self {
        Self::serve(stage, "ValidatingWebhookConfiguration", answer).await
    }

    /// One that makes something else of it.
    pub(crate) async fn mutating(stage: &Stage, answer: Answer) -> Self {
        Self::serve(stage, "MutatingWebhookConfiguration", answer).await
    }

    async fn serve(stage: &Stage, kind: &str, answer: Answer) -> Self {
        let shown = Cluster::from_environment().unwrap().server_certificate().unwrap();
        let listener = Tls::listen(&shown).await;
        let url = format!("https://{}/", listener.local_addr().unwrap());
        let review =
            move |Json(review): Json<Value>| async move { Json(answered(&review, answer)) };
        let serving = tokio::spawn(serve(listener, Router::new().fallback(review)).into_future());

        let name = stage.namespace.to_string();
        let namespaces: Api<Namespace> = Api::all(stage.admin.clone());
        let label = Patch::Merge(json!({"metadata": {"labels": {"webhook": name}}}));
        namespaces.patch(&name, &PatchParams::default(), &label).await.unwrap();
        let gvk = GroupVersionKind::gvk("admissionregistration.k8s.io", "v1", kind);
        let configuration: Api<DynamicObject> =
            Api::all_with(stage.admin.clone(), &ApiResource::from_gvk(&gvk));
        let object = configured(kind, &name, &url, &fs::read(&shown.authority).unwrap());
        crate::fixtures::create(&stage.admin, None, object).await;
        Self { configuration, name, serving }
    }

    /// Nobody is asked any more.
    pub(crate) async fn end(self) {
        self.configuration.delete(&self.name, &DeleteParams::default()).await.unwrap();
        self.serving.abort();
    }
}

fn configured(kind: &str, name: &str, url: &str, authority: &[u8]) -> Value {
    let rule = json!({"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["UPDATE"],
        "resources": ["deployments", "deployments/scale"]});
    let webhook = json!({"name": "gate.kawase.example",
        "clientConfig": {"url": url, "caBundle": BASE64_STANDARD.encode(authority)},
        "namespaceSelector": {"matchLabels": {"webhook": name}},
        "rules": [rule], "sideEffects": "None", "admissionReviewVersions": ["v1"]});
    json!({"apiVersion": "admissionregistration.k8s.io/v1", "kind": kind,
        "metadata": {"name": name}, "webhooks": [webhook]})
}

fn answered(review: &Value, answer: Answer) -> Value {
    let about_us = review["request"]["userInfo"]["username"] == rbac::ON_CALL;
    let mut response = if about_us { answer() } else { json!({"allowed": true}) };
    response["uid"] = review["request"]["uid"].clone();
    json!({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response})
}

/// A listener that speaks TLS.
struct Tls {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl Tls {
    async fn listen(shown: &ServerCertificate) -> Self {
        let chain = vec![CertificateDer::from_pem_file(&shown.certificate).unwrap()];
        let key = PrivateKeyDer::from_pem_file(&shown.key).unwrap();
        let config =
            ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        Self { listener, acceptor: TlsAcceptor::from(Arc::new(config)) }
    }
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
