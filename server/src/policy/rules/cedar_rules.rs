//! Asking the rules.

use cedar_policy::{
    AuthorizationError, Authorizer, Context, Decision, PolicySet, Request, Response,
    RestrictedExpression,
};
use domain::{
    access::{Act, Question, Resource, RuleName, Rules, Verdict},
    policy::OnCall,
};

use super::{
    names,
    roster::{Roster, Unfit},
    schema::SCHEMA,
    spelling,
    spoken_of::SpokenOf,
};
use crate::policy::{source_text::SourceText, trouble::Troubles};

/// Refuses whoever the policy in force does not list, whatever they were when they signed in.
const ONLY_LISTED_PEOPLE: &str = "only-listed-people";
/// Refuses a decision about one's own request; no folder can say otherwise.
const NOBODY_DECIDES_THEIR_OWN: &str = "nobody-decides-their-own-request";
/// Refuses what is not a question: an act that is not done to such a resource.
const ACT_FITS_RESOURCE: &str = "the-act-fits-the-resource";

/// The rules of a policy, compiled together with the people and teams they speak of.
#[derive(Clone, Debug)]
pub(in crate::policy) struct CedarRules {
    rules: PolicySet,
    roster: Roster,
    authorizer: Authorizer,
}

impl CedarRules {
    /// Puts parsed rules together with people and teams.
    pub(in crate::policy) fn compile(
        source: &SourceText<'_>,
        rules: PolicySet,
        of: SpokenOf<'_>,
        troubles: &mut Troubles,
    ) -> Self {
        spelling::check(source, &rules, of, troubles);
        Self { roster: Roster::new(&rules, of), rules, authorizer: Authorizer::new() }
    }

    /// The same rules while these people are on call.
    pub(in crate::policy) fn with_on_call(&self, on_call: &OnCall) -> Self {
        Self { roster: self.roster.with_on_call(on_call), ..self.clone() }
    }

    fn ask(&self, question: Question<'_>) -> Result<Response, Unfit> {
        let context = match question.act.action() {
            Some(kind) => {
                let kind = RestrictedExpression::new_entity_uid(names::action_kind(kind));
                Context::from_pairs([("action".to_owned(), kind)]).map_err(|_| Unfit)?
            }
            None => Context::empty(),
        };
        let resource = match question.resource {
            Resource::Tenant { name, .. } => names::tenant(name),
            Resource::Request { .. } => names::request(),
            Resource::Grant { .. } => names::grant(),
            Resource::Console => names::console(),
        };
        let request = Request::new(
            names::person(&question.person.login),
            names::act(question.act),
            resource,
            context,
            Some(&SCHEMA),
        )
        .map_err(|_| Unfit)?;
        let login = &question.person.login;
        let entities = self.roster.entities(login, question.resource, question.at)?;
        Ok(self.authorizer.is_authorized(&request, &self.rules, &entities))
    }
}

impl Rules for CedarRules {
    fn decide(&self, question: Question<'_>) -> Verdict {
        if !self.roster.lists(&question.person.login) {
            return refused_by(ONLY_LISTED_PEOPLE);
        }
        if decides_own_request(question) {
            return refused_by(NOBODY_DECIDES_THEIR_OWN);
        }
        match self.ask(question) {
            Ok(response) => verdict(&response),
            Err(Unfit) => refused_by(ACT_FITS_RESOURCE),
        }
    }
}

fn decides_own_request(question: Question<'_>) -> bool {
    match (question.act, question.resource) {
        (Act::Decide(_) | Act::Lift(_), Resource::Request { requester, .. }) => {
            *requester == question.person.login
        }
        (Act::DecideGrant, Resource::Grant { holder, .. }) => *holder == question.person.login,
        _ => false,
    }
}

fn refused_by(rule: &str) -> Verdict {
    Verdict::Refused { by: vec![rule.to_owned()] }
}

/// Cedar passes over rules that fail; here the failure of any refuses, for it might have been a `forbid`.
fn verdict(response: &Response) -> Verdict {
    let failed: Vec<RuleName> = response
        .diagnostics()
        .errors()
        .map(|AuthorizationError::PolicyEvaluationError(error)| error.policy_id().to_string())
        .collect();
    if !failed.is_empty() {
        return Verdict::Refused { by: failed };
    }
    let mut by: Vec<RuleName> = response.diagnostics().reason().map(ToString::to_string).collect();
    by.sort();
    match response.decision() {
        Decision::Allow => Verdict::Allowed { by },
        Decision::Deny => Verdict::Refused { by },
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        actions::{ActionKind, catalogue::RestartPod},
        policy::PolicySnapshot,
    };

    use super::*;
    use crate::policy::{Folder, folder::RULES, load};

    const RESTART: ActionKind = ActionKind::of(&RestartPod);

    fn snapshot(rules: &str) -> PolicySnapshot {
        let folder = Folder::demo().with(RULES, rules.as_bytes());
        load(&folder).unwrap().snapshot.as_ref().clone()
    }

    fn demo() -> PolicySnapshot {
        load(&Folder::demo()).unwrap().snapshot.as_ref().clone()
    }

    fn decide(policy: &PolicySnapshot, login: &str, act: Act, resource: &Resource) -> Verdict {
        let person = &policy.policy.people[&login.parse().unwrap()];
        policy.rules.decide(Question { person, act, resource, at: policy.at })
    }

    fn tenant(policy: &PolicySnapshot, name: &str) -> Resource {
        let name = name.parse().unwrap();
        let owners = policy.policy.ownership.owners(&name);
        Resource::Tenant { name, owners }
    }

    #[test]
    fn a_rule_that_fails_refuses_even_where_another_permits() {
        let policy = snapshot(
            "@id(\"all-see\")\npermit (principal, action == Action::\"view\", resource);\n\
             @id(\"overflows\")\nforbid (principal, action == Action::\"view\", resource)\n\
             when { 9223372036854775807 + (if resource.namespace == \"checkout\" then 1 else 0) == 5 };\n",
        );
        let verdict = decide(&policy, "engineer", Act::View, &tenant(&policy, "demo/checkout"));
        assert_eq!(verdict, refused_by("overflows"));
        let verdict = decide(&policy, "engineer", Act::View, &tenant(&policy, "demo/ledger"));
        assert_eq!(verdict, Verdict::Allowed { by: vec!["all-see".to_owned()] });
    }

    #[test]
    fn no_folder_can_let_people_decide_their_own() {
        let policy = snapshot(
            "@id(\"anything-goes\")\npermit (principal, action in [Action::\"decide\", Action::\"execute\"], resource);\n",
        );
        let of = |requester: &str| Resource::Request {
            requester: requester.parse().unwrap(),
            tenant: "demo/checkout".parse().unwrap(),
            owners: Vec::new(),
        };
        let own = decide(&policy, "on-call", Act::Decide(RESTART), &of("on-call"));
        assert_eq!(own, refused_by(NOBODY_DECIDES_THEIR_OWN));
        let anothers = decide(&policy, "on-call", Act::Decide(RESTART), &of("engineer"));
        assert_eq!(anothers, Verdict::Allowed { by: vec!["anything-goes".to_owned()] });
    }

    #[test]
    fn whoever_was_listed_once_is_refused_now() {
        let policy = demo();
        let mut person = policy.policy.people[&"admin".parse().unwrap()].as_ref().clone();
        person.login = "former-admin".parse().unwrap();
        let resource = tenant(&policy, "demo/checkout");
        let question =
            Question { person: &person, act: Act::View, resource: &resource, at: policy.at };
        assert_eq!(policy.rules.decide(question), refused_by(ONLY_LISTED_PEOPLE));
    }

    #[test]
    fn roles_are_those_of_the_policy_in_force_not_those_of_the_sign_in() {
        let policy = demo();
        let mut person = policy.policy.people[&"engineer".parse().unwrap()].as_ref().clone();
        person.roles = ["security".to_owned()].into();
        let question = Question {
            person: &person,
            act: Act::ReadHistory,
            resource: &Resource::Console,
            at: policy.at,
        };
        assert_eq!(policy.rules.decide(question), Verdict::Refused { by: Vec::new() });
    }

    #[test]
    fn an_act_that_does_not_fit_its_resource_is_refused() {
        let policy = demo();
        let resource = tenant(&policy, "demo/checkout");
        for act in
            [Act::Decide(RESTART), Act::Lift(RESTART), Act::Execute(RESTART), Act::ReadHistory]
        {
            let verdict = decide(&policy, "on-call", act, &resource);
            assert_eq!(verdict, refused_by(ACT_FITS_RESOURCE), "{act}");
        }
    }

    #[test]
    fn rules_may_look_at_people_the_question_is_not_about() {
        let policy = snapshot(
            "@id(\"while-somebody-is-on-call\")\npermit (principal, action == Action::\"view\", resource)\n\
             when { Person::\"on-call\" in Role::\"on-call\" && Team::\"security\" in Role::\"security\" };\n",
        );
        let verdict = decide(&policy, "engineer", Act::View, &tenant(&policy, "demo/ledger"));
        assert!(matches!(verdict, Verdict::Allowed { .. }), "{verdict:?}");
    }
}
