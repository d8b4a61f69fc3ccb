//! What people do at the console, and what it acknowledged to them.

mod power;

use std::time::Duration;

use axum::http::StatusCode;
use domain::{
    actions::{RequestView, StateName},
    audit::Entry,
    page::Page,
};
use harness::wait;
use person::{Answer, Browser};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::{
    console::Console,
    ground::{API, CLUSTER, Ground, NAMESPACE, SCALED_TO, worker},
    people::{Gone, Person},
    writes::Does,
};

/// Nothing here takes this long unless it never comes.
pub(crate) const LIMIT: Duration = Duration::from_mins(2);

/// The pods of the tenant.
const PODS: &str = "/api/v1/tenants/demo/checkout/pods?limit=200";

/// How many pods are restarted by one request in waves.
pub(crate) const PODS_IN_WAVES: usize = 2;

/// What the console answered with success: it must never be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Requested,
    Approved,
    Executing,
}

/// The people of the tenant before the console of the moment.
pub(crate) struct Desk {
    runtime: Runtime,
    on_call: Person,
    approver: Person,
    security: Person,
    /// How many workloads were asked about.
    scaled: usize,
    /// What was acknowledged, by request.
    pub(crate) acknowledged: Vec<(String, Step)>,
}

impl Desk {
    /// Enrols everybody at a new console.
    pub(crate) fn open(ground: &Ground, console: &mut Console) -> Self {
        let runtime = Runtime::new().unwrap();
        let browser = || Browser::at(ground.address, &ground.origin);
        let mut admin = Person::enrol(&runtime, browser(), &console.first_link());
        let mut invited = |login: &str| {
            let path = format!("/api/v1/people/{login}/invitation");
            let invitation = admin.post(&runtime, &path, &json!({})).unwrap().done();
            Person::enrol(&runtime, browser(), invitation["link"].as_str().unwrap())
        };
        let (on_call, approver) = (invited("on-call"), invited("approver"));
        let security = invited("security");
        Self { runtime, on_call, approver, security, scaled: 0, acknowledged: Vec::new() }
    }

    /// Everybody goes on before the next console, once it has seen the tenant: before that it knows of none.
    pub(crate) fn turn_to(&mut self, ground: &Ground) {
        for person in [&mut self.on_call, &mut self.approver, &mut self.security] {
            person.turn_to(ground.address, &ground.origin);
        }
        let seen = wait::until("the tenant to be seen", LIMIT, || {
            let pods = self.on_call.get(&self.runtime, PODS).unwrap();
            (!items(&pods.body).is_empty()).then_some(())
        });
        seen.unwrap_or_else(|error| panic!("{error}"));
    }

    /// The on-call asks for the restart of a pod that nobody is restarting, or for another size of a workload that was
    /// never touched.
    pub(crate) fn ask(&mut self, does: Does) -> Result<String, Gone> {
        let mut last = None;
        let asked = wait::until("a request that is taken", LIMIT, || {
            let tried = match does {
                Does::Evict => self.try_ask_for_a_restart(),
                Does::Scale => self.try_ask_for_a_scale().map(Some),
            };
            let answer = match tried {
                Ok(answer) => answer?,
                Err(gone) => return Some(Err(gone)),
            };
            if answer.status == StatusCode::CREATED {
                return Some(Ok(text(&answer.body, "id")));
            }
            last = Some(answer);
            None
        });
        let id = asked.unwrap_or_else(|error| panic!("{error}: {last:?}"))?;
        self.scaled += usize::from(does == Does::Scale);
        self.acknowledged.push((id.clone(), Step::Requested));
        Ok(id)
    }

    fn try_ask_for_a_restart(&mut self) -> Result<Option<Answer>, Gone> {
        let busy = self.on_call.get(&self.runtime, "/api/v1/requests?state=executing&limit=200")?;
        let pods = self.on_call.get(&self.runtime, PODS)?;
        let busy: Vec<_> =
            items(&busy.body).iter().map(|request| request["target"]["uid"].clone()).collect();
        let is_free = |pod: &&Value| {
            let of_the_api = pod["name"].as_str().is_some_and(|name| name.starts_with(API));
            let ready = pod["status"] == "Running" && pod["ready"] == "1/1";
            of_the_api && ready && !busy.contains(&pod["uid"])
        };
        let Some(pod) = items(&pods.body).iter().find(is_free) else { return Ok(None) };
        let (name, none) = (text(pod, "name"), json!({}));
        self.post_request("restart-pod", "Pod", &name, &none).map(Some)
    }

    fn try_ask_for_a_scale(&mut self) -> Result<Answer, Gone> {
        let (name, to) = (worker(self.scaled), json!({ "replicas": SCALED_TO }));
        self.post_request("scale", "Deployment", &name, &to)
    }

    /// The on-call asks for the restart of two pods of the workload, one after the other.
    pub(crate) fn ask_for_waves(&mut self) -> String {
        let pods = self.on_call.get(&self.runtime, PODS).unwrap().done();
        let ready = |pod: &&Value| pod["status"] == "Running" && pod["ready"] == "1/1";
        let of_the_api = |name: &String| name.starts_with(API);
        let names = items(&pods).iter().filter(ready).map(|pod| text(pod, "name"));
        let chosen: Vec<_> = names.filter(of_the_api).take(PODS_IN_WAVES).collect();
        let parameters = json!({ "pods": chosen, "at_once": 1 });
        let asked = self.post_request("restart-pods", "Deployment", API, &parameters);
        let id = text(&asked.unwrap().done(), "id");
        self.acknowledged.push((id.clone(), Step::Requested));
        id
    }

    fn post_request(
        &mut self,
        action: &str,
        kind: &str,
        name: &str,
        parameters: &Value,
    ) -> Result<Answer, Gone> {
        let target =
            json!({ "cluster": CLUSTER, "namespace": NAMESPACE, "kind": kind, "name": name });
        let request = json!({ "action": action, "target": target, "parameters": parameters,
            "reason": "it is the crash suite's turn" });
        self.on_call.post(&self.runtime, "/api/v1/requests", &request)
    }

    /// The approver approves.
    pub(crate) fn approve(&mut self, id: &str) -> Result<Answer, Gone> {
        let options = challenge(&self.runtime, &mut self.approver, id, "approve")?;
        if !options.status.is_success() {
            return Ok(options);
        }
        let mut decision = self.approver.touch(&options.body);
        decision["decision"] = "approve".into();
        let answer = self.approver.post(&self.runtime, &path(id, "decisions"), &decision)?;
        Ok(self.noted(id, Step::Approved, answer))
    }

    /// The on-call's touch for the execution; or why it is not asked for.
    pub(crate) fn touch(&mut self, id: &str) -> Result<Result<Value, Answer>, Gone> {
        let options = challenge(&self.runtime, &mut self.on_call, id, "execute")?;
        if !options.status.is_success() {
            return Ok(Err(options));
        }
        Ok(Ok(self.on_call.touch(&options.body)))
    }

    /// The on-call executes with that touch.
    pub(crate) fn execute(&mut self, id: &str, touch: &Value) -> Result<Answer, Gone> {
        let answer = self.on_call.post(&self.runtime, &path(id, "execution"), touch)?;
        Ok(self.noted(id, Step::Executing, answer))
    }

    fn noted(&mut self, id: &str, step: Step, answer: Answer) -> Answer {
        if answer.status.is_success() {
            self.acknowledged.push((id.to_owned(), step));
        }
        answer
    }

    /// Where a request stands.
    pub(crate) fn state(&mut self, id: &str) -> StateName {
        let answer = self.on_call.get(&self.runtime, &format!("/api/v1/requests/{id}"));
        serde_json::from_value::<RequestView>(answer.unwrap().done()).unwrap().state
    }

    /// Executes what a kill left waiting for it; what lost its pod meanwhile is void.
    pub(crate) fn execute_the_rest(&mut self) {
        for request in self.requests() {
            if request.state != StateName::Approved {
                continue;
            }
            let id = request.id.to_string();
            match self.touch(&id).unwrap() {
                Ok(touch) => drop(self.execute(&id, &touch).unwrap().done()),
                Err(refused) => assert_eq!(refused.code(), (409, "target_drifted")),
            }
        }
    }

    /// Waits until nothing is executing any more.
    pub(crate) fn until_settled(&mut self) {
        let settled = wait::until("an end of every execution", LIMIT, || {
            let path = "/api/v1/requests?state=executing";
            let executing = self.on_call.get(&self.runtime, path).unwrap().done();
            items(&executing).is_empty().then_some(())
        });
        settled.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Every entry, oldest first, as the security person reads them.
    pub(crate) fn entries(&mut self) -> Vec<Entry> {
        let mut entries = all(&self.runtime, &mut self.security, "/api/v1/entries");
        entries.sort_by_key(|entry: &Entry| entry.sequence);
        entries
    }

    /// Every request.
    pub(crate) fn requests(&mut self) -> Vec<RequestView> {
        all(&self.runtime, &mut self.on_call, "/api/v1/requests")
    }
}

/// The challenge of a decision, once the console has seen enough of the cluster to make one.
fn challenge(
    runtime: &Runtime,
    person: &mut Person,
    id: &str,
    decision: &str,
) -> Result<Answer, Gone> {
    let body = json!({ "decision": decision });
    let asked = wait::until("a challenge", LIMIT, || {
        match person.post(runtime, &path(id, "signature-options"), &body) {
            Ok(answer) if answer.status == StatusCode::SERVICE_UNAVAILABLE => None,
            answer => Some(answer),
        }
    });
    asked.unwrap_or_else(|error| panic!("{error}"))
}

fn all<T: DeserializeOwned>(runtime: &Runtime, person: &mut Person, path: &str) -> Vec<T> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = person.get(runtime, &format!("{path}?limit=200&{cursor}")).unwrap().done();
        let page: Page<T> = serde_json::from_value(page).unwrap();
        all.extend(page.items);
        match page.next {
            Some(next) => cursor = format!("cursor={next}"),
            None => return all,
        }
    }
}

fn path(id: &str, last: &str) -> String {
    format!("/api/v1/requests/{id}/{last}")
}

fn items(page: &Value) -> &[Value] {
    page["items"].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(object: &Value, field: &str) -> String {
    object[field].as_str().unwrap().to_owned()
}
