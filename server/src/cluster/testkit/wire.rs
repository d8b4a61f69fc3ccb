//! A cluster on the wire for tests: answers as told, remembers every call, and refuses what nobody
//! told it about.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};

use http::{HeaderMap, Method, Request, Response};
use kube::{Client, client::Body};
use serde_json::Value;
use tower::service_fn;

/// One call as it arrived.
#[derive(Clone, Debug)]
pub(in crate::cluster) struct Call {
    pub(in crate::cluster) method: Method,
    pub(in crate::cluster) path: String,
    pub(in crate::cluster) headers: HeaderMap,
    pub(in crate::cluster) body: Value,
}

impl Call {
    /// All values of a header.
    pub(in crate::cluster) fn header(&self, name: &str) -> Vec<&str> {
        let values = self.headers.get_all(name).iter();
        values.map(|value| value.to_str().unwrap()).collect()
    }
}

/// The calls that arrived, in order.
#[derive(Clone, Default)]
pub(in crate::cluster) struct Calls(Arc<Mutex<Vec<Call>>>);

impl Calls {
    pub(in crate::cluster) fn all(&self) -> Vec<Call> {
        self.0.lock().unwrap().clone()
    }

    pub(in crate::cluster) fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// An answer: status and JSON.
pub(in crate::cluster) type Reply = (u16, Value);

/// A client of a cluster that answers each call by this function.
pub(in crate::cluster) fn cluster<F, A>(answer: F) -> (Client, Calls)
where
    F: Fn(Call) -> A + Send + Sync + 'static,
    A: Future<Output = Reply> + Send + 'static,
{
    cluster_of_text(move |call| {
        let reply = answer(call);
        async {
            let (code, json) = reply.await;
            (code, json.to_string().into_bytes())
        }
    })
}

/// The same, of one that answers with whatever bytes.
pub(in crate::cluster) fn cluster_of_text<F, A>(answer: F) -> (Client, Calls)
where
    F: Fn(Call) -> A + Send + Sync + 'static,
    A: Future<Output = (u16, Vec<u8>)> + Send + 'static,
{
    let (calls, answer) = (Calls::default(), Arc::new(answer));
    let seen = calls.clone();
    let service = service_fn(move |request: Request<Body>| {
        let (seen, answer) = (seen.clone(), Arc::clone(&answer));
        async move {
            let (head, body) = request.into_parts();
            let bytes = body.collect_bytes().await.unwrap();
            let call = Call {
                method: head.method,
                path: head.uri.to_string(),
                headers: head.headers,
                body: serde_json::from_slice(&bytes).unwrap_or_default(),
            };
            seen.0.lock().unwrap().push(call.clone());
            let (code, bytes) = answer(call).await;
            let response = Response::builder().status(code).header("audit-id", "a-1");
            Ok::<_, Infallible>(response.body(Body::from(bytes)).unwrap())
        }
    });
    (Client::new(service, "default"), calls)
}
