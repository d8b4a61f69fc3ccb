//! RBAC by chance, and questions about it. What counts in the whole cluster is for users and groups that no other scenario has.

use domain::names::Namespace;
use e2e::crash::Chance;
use serde_json::{Value, json};

use crate::question::Question;

const RBAC: &str = "rbac.authorization.k8s.io";
const VERBS: [&str; 6] = ["get", "list", "create", "patch", "delete", "deletecollection"];
/// A group, a plural, and one of its subresources.
const RESOURCES: [(&str, &str, &str); 6] = [
    ("", "pods", "exec"),
    ("", "pods", "log"),
    ("", "configmaps", ""),
    ("apps", "deployments", "scale"),
    ("apps", "statefulsets", "scale"),
    ("batch", "jobs", "status"),
];
const NAMES: [&str; 2] = ["one", "two"];
const ACCOUNTS: [&str; 3] = ["robot", "deployer", "default"];
const ROLES: u64 = 6;
const BINDINGS: u64 = 9;

/// Objects of RBAC, and who may ask about them.
pub(crate) struct Drawn {
    pub(crate) objects: Vec<Value>,
    /// What the last binding of each kind allows.
    pub(crate) last: Vec<Question>,
    namespaces: [String; 2],
}

fn pick<T: Copy>(chance: &mut Chance, from: &[T]) -> T {
    from[usize::try_from(chance.below(from.len() as u64)).unwrap()]
}

fn one_in(chance: &mut Chance, times: u64) -> bool {
    chance.below(times) == 0
}

impl Drawn {
    /// Roles and bindings in two namespaces, and of the whole cluster.
    pub(crate) fn rbac(chance: &mut Chance, namespaces: [&Namespace; 2]) -> Self {
        let mut drawn = Self {
            objects: Vec::new(),
            last: Vec::new(),
            namespaces: namespaces.map(ToString::to_string),
        };
        let wide = drawn.namespaces[0].clone();
        for role in 0..ROLES {
            drawn.objects.push(cluster_role(&format!("{wide}-{role}"), rules(chance)));
        }
        for namespace in drawn.namespaces.clone() {
            for role in 0..ROLES {
                drawn.objects.push(own_role(&namespace, &role.to_string(), rules(chance)));
            }
            for binding in 0..BINDINGS {
                let role = chance.below(ROLES + 1);
                // One of them is a role that is not there.
                let (kind, role) = if one_in(chance, 2) {
                    ("ClusterRole", format!("{wide}-{role}"))
                } else {
                    ("Role", role.to_string())
                };
                let subjects = drawn.subjects(chance);
                let name = binding.to_string();
                drawn.objects.push(narrow(&namespace, &name, (kind, &role), subjects));
            }
        }
        for binding in 0..3 {
            let role = format!("{wide}-{}", chance.below(ROLES));
            let subjects = json!([drawn.user(chance), drawn.group(chance)]);
            drawn.objects.push(everywhere(&format!("{wide}-{binding}"), &role, subjects));
        }
        drawn.mark_the_last();
        drawn
    }

    /// Of each kind of binding one more, that is known by what it allows.
    fn mark_the_last(&mut self) {
        let wide = self.namespaces[0].clone();
        let rule = json!([{ "apiGroups": [""], "resources": ["events"], "verbs": ["get"] }]);
        let last = format!("{wide}-last");
        let everyone = |user: &str| json!([subject("User", user)]);
        self.objects.push(cluster_role(&last, rule.clone()));
        self.objects.push(everywhere(&last, &last, everyone("last-of-all")));
        for namespace in self.namespaces.clone() {
            self.objects.push(own_role(&namespace, "last", rule.clone()));
            self.objects.push(narrow(&namespace, "last", ("Role", "last"), everyone("last-there")));
            for user in ["last-of-all", "last-there"] {
                self.last.push(Question {
                    user: user.to_owned(),
                    groups: Vec::new(),
                    verb: "get",
                    api_group: "",
                    plural: "events",
                    subresource: None,
                    name: None,
                    namespace: namespace.clone(),
                });
            }
        }
    }

    fn user(&self, chance: &mut Chance) -> Value {
        subject("User", &self.own(chance, "user"))
    }

    fn group(&self, chance: &mut Chance) -> Value {
        subject("Group", &self.own(chance, "group"))
    }

    /// A name that no other scenario has.
    fn own(&self, chance: &mut Chance, what: &str) -> String {
        format!("{}:{what}-{}", self.namespaces[0], chance.below(4))
    }

    fn subjects(&self, chance: &mut Chance) -> Value {
        let subjects = (0..=chance.below(2)).map(|_| match chance.below(8) {
            0 | 1 => self.user(chance),
            2 | 3 => self.group(chance),
            4 => subject("Group", &self.of_everybody(chance)),
            5 => json!({ "kind": "ServiceAccount", "name": pick(chance, &ACCOUNTS) }),
            6 => subject("User", &self.account(chance)),
            _ => json!({
                "kind": "ServiceAccount", "name": pick(chance, &ACCOUNTS), "namespace": self.namespace(chance),
            }),
        });
        subjects.collect()
    }

    fn namespace(&self, chance: &mut Chance) -> &str {
        &self.namespaces[usize::from(one_in(chance, 2))]
    }

    fn of_everybody(&self, chance: &mut Chance) -> String {
        let namespace = self.namespace(chance);
        let of_namespace = format!("system:serviceaccounts:{namespace}");
        let groups = ["system:authenticated", "system:serviceaccounts", &of_namespace];
        pick(chance, &groups).to_owned()
    }

    fn account(&self, chance: &mut Chance) -> String {
        let namespace = self.namespace(chance);
        format!("system:serviceaccount:{namespace}:{}", pick(chance, &ACCOUNTS))
    }

    /// Any question about what was drawn.
    pub(crate) fn question(&self, chance: &mut Chance) -> Question {
        let (user, groups) = if one_in(chance, 3) {
            (self.account(chance), Vec::new())
        } else {
            let groups = (0..chance.below(3)).map(|_| self.own(chance, "group")).collect();
            (self.own(chance, "user"), groups)
        };
        let (api_group, plural, subresource) = pick(chance, &RESOURCES);
        let is_sub = !subresource.is_empty() && one_in(chance, 3);
        Question {
            user,
            groups,
            verb: pick(chance, &VERBS),
            api_group,
            plural,
            subresource: is_sub.then_some(subresource),
            name: one_in(chance, 3).then(|| pick(chance, &NAMES)),
            namespace: self.namespace(chance).to_owned(),
        }
    }
}

fn rules(chance: &mut Chance) -> Value {
    let rules = (0..=chance.below(2)).map(|_| {
        let (group, plural, subresource) = pick(chance, &RESOURCES);
        let group = if one_in(chance, 8) { "*" } else { group };
        let resource = match chance.below(8) {
            0 => "*".to_owned(),
            1 if !subresource.is_empty() => format!("*/{subresource}"),
            2 | 3 if !subresource.is_empty() => format!("{plural}/{subresource}"),
            _ => plural.to_owned(),
        };
        let verb = if one_in(chance, 6) { "*" } else { pick(chance, &VERBS) };
        let mut rule = json!({
            "apiGroups": [group], "resources": [resource, plural], "verbs": [verb, pick(chance, &VERBS)],
        });
        if one_in(chance, 4) {
            rule["resourceNames"] = json!([pick(chance, &NAMES)]);
        }
        rule
    });
    rules.collect()
}

fn subject(kind: &str, name: &str) -> Value {
    json!({ "apiGroup": RBAC, "kind": kind, "name": name })
}

fn cluster_role(name: &str, rules: Value) -> Value {
    let api = format!("{RBAC}/v1");
    json!({ "apiVersion": api, "kind": "ClusterRole", "metadata": { "name": name }, "rules": rules })
}

fn own_role(namespace: &str, name: &str, rules: Value) -> Value {
    let metadata = json!({ "name": name, "namespace": namespace });
    json!({ "apiVersion": format!("{RBAC}/v1"), "kind": "Role", "metadata": metadata, "rules": rules })
}

fn narrow(namespace: &str, name: &str, (kind, role): (&str, &str), subjects: Value) -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "RoleBinding",
        "metadata": { "name": name, "namespace": namespace },
        "roleRef": { "apiGroup": RBAC, "kind": kind, "name": role }, "subjects": subjects,
    })
}

fn everywhere(name: &str, role: &str, subjects: Value) -> Value {
    json!({
        "apiVersion": format!("{RBAC}/v1"), "kind": "ClusterRoleBinding", "metadata": { "name": name },
        "roleRef": { "apiGroup": RBAC, "kind": "ClusterRole", "name": role }, "subjects": subjects,
    })
}
