//! Power that is taken and given back: a break-glass session, which an approver opens.

use domain::{
    break_glass::{CaseView, ReviewStateName},
    grants::{GrantStateName, GrantView},
};
use harness::wait;
use person::Answer;
use serde_json::{Value, json};

use super::{Desk, LIMIT, all, text};
use crate::{
    ground::{CLUSTER, NAMESPACE},
    people::Gone,
};

impl Desk {
    /// The on-call declares an emergency.
    pub(crate) fn declare(&mut self) -> String {
        let emergency = json!({ "cluster": CLUSTER, "namespace": NAMESPACE, "role": "view-metadata",
            "ttl_seconds": 1800, "broken": "it is the crash suite's turn", "intent": "look",
            "incident": "INC-7" });
        let declared = wait::until("a declaration that is taken", LIMIT, || {
            let answer = self.on_call.post(&self.runtime, "/api/v1/break-glass", &emergency);
            answer.ok().filter(|answer| answer.status.is_success())
        });
        let declared = declared.unwrap_or_else(|error| panic!("{error}"));
        text(&declared.body, "id")
    }

    /// The approver's touch that opens it while it is declared.
    pub(crate) fn touch_to_open(&mut self, id: &str) -> Value {
        let path = format!("/api/v1/grants/{id}/signature-options");
        let body = json!({ "decision": "approve" });
        let options = wait::until("a challenge", LIMIT, || {
            let answer = self.approver.post(&self.runtime, &path, &body).unwrap();
            (answer.status != 503).then_some(answer)
        });
        let options = options.unwrap_or_else(|error| panic!("{error}")).done();
        let mut decision = self.approver.touch(&options);
        decision["decision"] = "approve".into();
        decision
    }

    /// The approver opens it with that touch.
    pub(crate) fn open_by_approval(&mut self, id: &str, decision: &Value) -> Result<Answer, Gone> {
        self.approver.post(&self.runtime, &format!("/api/v1/grants/{id}/decisions"), decision)
    }

    /// The on-call closes it.
    pub(crate) fn close_session(&mut self, id: &str) -> Result<Answer, Gone> {
        self.on_call.post(&self.runtime, &format!("/api/v1/break-glass/{id}/closing"), &json!({}))
    }

    /// Where it stands.
    pub(crate) fn stands(&mut self, id: &str) -> GrantStateName {
        let answer = self.on_call.get(&self.runtime, &format!("/api/v1/grants/{id}"));
        serde_json::from_value::<GrantView>(answer.unwrap().done()).unwrap().state
    }

    /// Every session of the on-call's.
    pub(crate) fn sessions(&mut self) -> Vec<GrantView> {
        all(&self.runtime, &mut self.on_call, "/api/v1/grants")
    }

    /// Where the review of a session stands; there is none where there is no review.
    pub(crate) fn review(&mut self, id: &str) -> Option<ReviewStateName> {
        let answer = self.security.get(&self.runtime, &format!("/api/v1/reviews/{id}")).unwrap();
        let found = answer.status.is_success().then(|| answer.body.clone())?;
        Some(serde_json::from_value::<CaseView>(found).unwrap().review.state)
    }
}
