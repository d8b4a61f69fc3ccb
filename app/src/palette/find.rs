//! Finding what a person may see. Every name comes from a use case that answers this person alone.

use domain::{
    Console,
    access::Actor,
    actions::{ActionKind, TargetKind, TargetRef},
    resources::WorkloadKind,
    tenants::TenantName,
};

use super::read::Found;
use crate::{
    actions::words::Speech,
    frame::pages,
    messages::{Phrases, messages},
    rendering::reader,
    tenants::{action_href, object_href, place_of, target_href, tenant_href},
};

messages! {
    PAGE: "Page" | "ページ";
    TENANT: "Tenant" | "テナント";
    ACTION: "Action" | "操作";
}

/// So many results are told at most.
const MOST: usize = 20;
/// So many words are looked for at most.
const MOST_WORDS: usize = 8;
/// The longest text that is looked for, in characters; nobody types more than this to find a name.
const LONGEST: usize = 100;
/// From so many characters on, objects are looked for in every tenant, not only in the one where the person is.
const EVERYWHERE_FROM: usize = 3;

/// What is looked for.
struct Wanted(Vec<String>);

impl Wanted {
    fn of(text: &str) -> Self {
        let text: String = text.chars().take(LONGEST).collect();
        Self(text.split_whitespace().take(MOST_WORDS).map(str::to_lowercase).collect())
    }

    /// Whether every word stands in one of these texts.
    fn is_in(&self, texts: &[&str]) -> bool {
        self.0.iter().all(|word| stands(word, texts))
    }

    /// Whether every word stands in one or the other, and some in the second only.
    fn needs(&self, first: &[&str], second: &[&str]) -> bool {
        let split = |word: &String| (stands(word, first), stands(word, second));
        self.0.iter().map(split).all(|(first, second)| first || second)
            && self.0.iter().map(split).any(|(first, second)| !first && second)
    }

    /// An object that nobody watches, which is known by its whole name only: `hpa/checkout-api`.
    fn unwatched(&self, tenant: &TenantName) -> Option<Found> {
        let [word] = self.0.as_slice() else { return None };
        let kind = TargetKind::HorizontalPodAutoscaler;
        let (short, name) = word.split_once('/')?;
        let name = name.parse().ok().filter(|_| short == "hpa" || short == kind.singular())?;
        Some(Found {
            kind: kind.to_string(),
            href: object_href(tenant, kind, &name),
            label: name.to_string(),
            place: tenant.to_string(),
        })
    }

    fn letters(&self) -> usize {
        self.0.iter().map(|word| word.chars().count()).sum()
    }
}

fn stands(word: &str, texts: &[&str]) -> bool {
    texts.iter().any(|text| text.to_lowercase().contains(word))
}

/// What this person may see that matches, nearest first.
pub(super) async fn find(console: &Console, actor: &Actor, text: &str, at: &str) -> Vec<Found> {
    let (t, wanted) = (reader(), Wanted::of(text));
    let (here, target) = place_of(at);
    let mut found = Vec::new();
    if let Some(target) = target.filter(|_| wanted.0.is_empty()) {
        found.extend(offered(console, actor, t, &target).await);
    }
    let pages = console.me(actor).await.map(|me| pages(&me)).unwrap_or_default();
    let pages = pages.into_iter().map(|(label, href)| (t.say(label), href));
    found.extend(pages.filter(|(label, _)| wanted.is_in(&[label])).map(|(label, href)| Found {
        kind: t.say(PAGE).to_owned(),
        label: label.to_owned(),
        place: String::new(),
        href: href.to_owned(),
    }));
    let mut tenants: Vec<_> =
        console.tenants(actor).await.items.into_iter().map(|tenant| tenant.name()).collect();
    // Where the person is comes first; the rest stays in its order.
    tenants.sort_by_key(|tenant| Some(tenant) != here.as_ref());
    let named = tenants.iter().filter(|tenant| wanted.is_in(&[&tenant.to_string()]));
    found.extend(named.map(|tenant| Found {
        kind: t.say(TENANT).to_owned(),
        label: tenant.to_string(),
        place: String::new(),
        href: tenant_href(tenant),
    }));
    let everywhere = wanted.letters() >= EVERYWHERE_FROM;
    let searched = tenants.iter().filter(|tenant| everywhere || Some(*tenant) == here.as_ref());
    for tenant in searched.filter(|_| !wanted.0.is_empty()) {
        if found.len() >= MOST {
            break;
        }
        if Some(tenant) == here.as_ref() {
            found.extend(wanted.unwatched(tenant));
        }
        found.extend(within(console, actor, t, &wanted, tenant).await);
    }
    found.truncate(MOST);
    found
}

/// What may be asked for on the target where the person is.
async fn offered(console: &Console, actor: &Actor, t: Phrases, target: &TargetRef) -> Vec<Found> {
    let offers = console.offers(actor, target).await.unwrap_or_default();
    let open = offers.into_iter().filter(|offer| offer.refusal.is_none());
    open.map(|offer| action(t, offer.action, target)).collect()
}

/// The objects of a tenant that match, and the actions on them that do.
async fn within(
    console: &Console,
    actor: &Actor,
    t: Phrases,
    wanted: &Wanted,
    tenant: &TenantName,
) -> Vec<Found> {
    let place = tenant.to_string();
    let mut found = Vec::new();
    for target in objects(console, actor, tenant).await {
        let name = target.name.to_string();
        let object = [name.as_str(), target.kind.singular(), &place];
        if wanted.is_in(&object) {
            found.push(Found {
                kind: target.kind.to_string(),
                label: name.clone(),
                place: place.clone(),
                href: target_href(&target),
            });
        }
        let asked_for = console.catalogue(target.kind).into_iter().filter(|offer| {
            let called = Speech::of(t, offer.action).name();
            wanted.needs(&object, &[&called, offer.action.as_str()])
        });
        found.extend(asked_for.map(|offer| action(t, offer.action, &target)));
        if found.len() >= MOST {
            break;
        }
    }
    found
}

/// What actions are done to in a tenant: workloads first, then pods, then the nodes that are reached through it.
async fn objects(console: &Console, actor: &Actor, tenant: &TenantName) -> Vec<TargetRef> {
    let target = |kind: TargetKind, name| TargetRef {
        cluster: tenant.cluster.clone(),
        namespace: tenant.namespace.clone(),
        kind,
        name,
    };
    let workloads = console.tenant(actor, tenant).await.map(|detail| detail.workloads);
    let workloads = workloads.unwrap_or_default().into_iter().filter_map(|row| {
        // A cron job's jobs are many, and found on its page.
        let shown = row.kind != WorkloadKind::Job || row.owner.is_none();
        let kind = row.kind.to_string().parse().ok().filter(|_| shown)?;
        Some(target(kind, row.name))
    });
    let mut objects: Vec<_> = workloads.collect();
    let pods = console.tenant_pods(actor, tenant).await.unwrap_or_default();
    objects.extend(pods.iter().map(|pod| target(TargetKind::Pod, pod.name.clone())));
    let nodes = console.nodes(actor, tenant).await.unwrap_or_default();
    objects.extend(nodes.into_iter().map(|load| target(TargetKind::Node, load.node.name)));
    objects
}

fn action(t: Phrases, action: ActionKind, target: &TargetRef) -> Found {
    Found {
        kind: t.say(ACTION).to_owned(),
        label: Speech::of(t, action).title(target.name.as_str()),
        place: target.tenant().to_string(),
        href: action_href(target, action.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_stand_somewhere() {
        let wanted = Wanted::of("Check API");
        assert!(wanted.is_in(&["checkout-api", "deployment"]));
        assert!(!wanted.is_in(&["checkout-worker", "deployment"]));
        assert!(Wanted::of("").is_in(&["anything"]));
    }

    #[test]
    fn an_autoscaler_is_found_by_its_whole_name() {
        let tenant = "tokyo/checkout".parse().unwrap();
        let found = Wanted::of("hpa/checkout-api").unwatched(&tenant).unwrap();
        assert_eq!(found.href, "/tenants/tokyo/checkout/horizontalpodautoscaler/checkout-api");
        for other in ["checkout-api", "hpa/", "hpa/../x", "vpa/checkout-api"] {
            assert_eq!(Wanted::of(other).unwatched(&tenant), None, "{other}");
        }
    }

    #[test]
    fn an_action_is_found_by_its_own_words_beside_those_of_its_target() {
        let (object, restart) = (["checkout-api"], ["Restart pod", "restart-pod"]);
        assert!(Wanted::of("restart checkout").needs(&object, &restart));
        assert!(!Wanted::of("checkout").needs(&object, &restart), "the object alone is meant");
        assert!(!Wanted::of("scale checkout").needs(&object, &restart));
    }
}
