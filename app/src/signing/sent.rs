//! What is sent about a decision: where to, and under which name it goes there.

use domain::approvals::Decision;
use serde::Serialize;

use crate::browser::Credential;

/// What is asked to be signed, or what was signed.
#[derive(Serialize)]
pub(super) struct Sent<'a> {
    #[serde(flatten)]
    word: Option<Word>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<Credential>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<&'a str>,
}

/// A decision, by the name under which it goes.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Decision(Decision),
    Verdict(Decision),
}

impl<'a> Sent<'a> {
    /// What somebody wishes to sign.
    pub(super) fn wish(decision: Decision, comment: Option<&'a str>) -> Self {
        Self { word: Some(word(decision)), credential: None, comment }
    }

    /// What they signed.
    pub(super) fn signed(
        decision: Decision,
        credential: Credential,
        comment: Option<&'a str>,
    ) -> Self {
        Self { credential: Some(credential), ..Self::beside_touch(decision, comment) }
    }

    /// Where the address says which decision it is, nothing else does.
    fn beside_touch(decision: Decision, comment: Option<&'a str>) -> Self {
        let word = takes_comment(decision).then(|| word(decision));
        Self { word, credential: None, comment }
    }
}

const fn word(decision: Decision) -> Word {
    match decision {
        Decision::Justified | Decision::JustifiedWithFollowUps | Decision::Unjustified => {
            Word::Verdict(decision)
        }
        _ => Word::Decision(decision),
    }
}

/// Where a signed decision is sent, below what it is about.
pub(super) const fn address(decision: Decision) -> &'static str {
    match decision {
        Decision::Execute => "execution",
        Decision::Open => "opening",
        _ => match word(decision) {
            Word::Verdict(_) => "verdict",
            Word::Decision(_) => "decisions",
        },
    }
}

/// Whether somebody may say something beside a decision: who acts on their own word does not.
pub(super) const fn takes_comment(decision: Decision) -> bool {
    !matches!(decision, Decision::Execute | Decision::Open)
}

/// Whether they must: who is refused is told why, and so is whoever is to follow up.
pub(super) const fn needs_comment(decision: Decision) -> bool {
    matches!(decision, Decision::Deny | Decision::JustifiedWithFollowUps | Decision::Unjustified)
}

#[cfg(test)]
mod tests {
    use serde_json::{json, to_value};

    use super::*;

    #[test]
    fn a_decision_goes_by_its_name_and_a_verdict_by_its_own() {
        let wish = |decision| to_value(Sent::wish(decision, None)).unwrap();
        assert_eq!(wish(Decision::Deny), json!({ "decision": "deny" }));
        assert_eq!(wish(Decision::Open), json!({ "decision": "open" }));
        let follow_ups = json!({ "verdict": "justified-with-follow-ups" });
        assert_eq!(wish(Decision::JustifiedWithFollowUps), follow_ups);
    }

    #[test]
    fn beside_a_touch_no_more_is_said_than_its_address_takes() {
        let sent = |decision, comment| to_value(Sent::beside_touch(decision, comment)).unwrap();
        let approved = json!({ "decision": "approve", "comment": "well" });
        assert_eq!(sent(Decision::Approve, Some("well")), approved);
        assert_eq!(sent(Decision::Justified, None), json!({ "verdict": "justified" }));
        for alone in [Decision::Execute, Decision::Open] {
            assert_eq!(sent(alone, None), json!({}));
        }
        assert_eq!(address(Decision::Open), "opening");
        assert_eq!(address(Decision::Unjustified), "verdict");
        assert_eq!(address(Decision::Approve), "decisions");
    }
}
