//! The history of stateful and daemon sets: one `ControllerRevision` per template.
//!
//! Never looks at pods, except that it keeps the revisions they still run.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Value, json};

use super::{
    Step,
    claims::Owner,
    pods::{count, template_hash},
    scope::Scope,
};
use crate::{
    kinds,
    object::Object,
    store::{Deletion, Key},
};

/// The label by which a pod or a revision tells its template.
pub(super) const HASH: &str = "controller-revision-hash";

/// The revision of the present template, and what keeps the history so.
pub(super) struct Present {
    pub(super) name: String,
    pub(super) steps: Vec<Step>,
}

impl Present {
    /// The part of the name that the template gives it.
    pub(super) fn hash(&self, owner: &Object) -> &str {
        self.name.strip_prefix(owner.name()).map_or(&self.name, |rest| rest.trim_start_matches('-'))
    }
}

/// Finds or makes the revision of an owner's template. `live` are those that must be kept.
pub(super) fn present(scope: &Scope<'_>, owner: Owner<'_>, live: &BTreeSet<String>) -> Present {
    let data = data(owner.object.at("/spec/template"));
    let known = scope.owned(&kinds::CONTROLLER_REVISION, owner.object);
    let newest = known.iter().map(|revision| revision.number("/revision")).max().unwrap_or(0);
    let same = known.iter().find(|revision| *revision.at("/data") == data);
    let (name, step) = if let Some(same) = same {
        (same.name().to_owned(), renewal(same, newest))
    } else {
        let hash = template_hash(owner.object.at("/spec/template"));
        let name = format!("{}-{hash}", owner.object.name());
        let revision = revision(owner, &name, &hash, &data, newest + 1);
        (name, Some(Step::Create(&kinds::CONTROLLER_REVISION, revision)))
    };
    let mut steps: Vec<Step> = step.into_iter().collect();
    steps.extend(forgotten(owner.object, &known, |revision| {
        revision == name || live.contains(revision)
    }));
    Present { name, steps }
}

/// The template that a revision remembers.
pub(super) fn template(scope: &Scope<'_>, name: &str) -> Option<Value> {
    let mut revisions = scope.all(&kinds::CONTROLLER_REVISION);
    let revision = revisions.find(|revision| revision.name() == name)?;
    let mut template = revision.at("/data/spec/template").clone();
    template.as_object_mut()?.remove("$patch");
    Some(template)
}

fn data(template: &Value) -> Value {
    let mut template = template.clone();
    template["$patch"] = json!("replace");
    json!({ "spec": { "template": template } })
}

fn revision(owner: Owner<'_>, name: &str, hash: &str, data: &Value, number: i64) -> Object {
    let mut revision = Object::new(json!({
        "metadata": {
            "name": name,
            "namespace": owner.object.namespace(),
            "labels": owner.object.at("/spec/template/metadata/labels"),
            "ownerReferences": [owner.object.as_owner(owner.kind)],
        },
        "data": data,
        "revision": number,
    }));
    let label =
        if *owner.kind == kinds::DAEMON_SET { HASH } else { "controller.kubernetes.io~1hash" };
    revision.set(&format!("/metadata/labels/{label}"), hash);
    revision
}

/// A revision that is present again becomes the newest.
fn renewal(revision: &Arc<Object>, newest: i64) -> Option<Step> {
    let stale = revision.number("/revision") < newest;
    stale.then(|| {
        let renewed = Object::clone(revision).with("/revision", newest + 1);
        Step::Replace(Key::of(&kinds::CONTROLLER_REVISION, revision), renewed)
    })
}

fn forgotten(owner: &Object, known: &[&Arc<Object>], is_live: impl Fn(&str) -> bool) -> Vec<Step> {
    let mut old: Vec<_> = known.iter().filter(|revision| !is_live(revision.name())).collect();
    old.sort_by_key(|revision| revision.number("/revision"));
    let surplus = old.len().saturating_sub(count(owner.number("/spec/revisionHistoryLimit")));
    let surplus = old.into_iter().take(surplus);
    surplus
        .map(|revision| {
            let key = Key::of(&kinds::CONTROLLER_REVISION, revision);
            Step::Delete(key, Deletion::default())
        })
        .collect()
}
