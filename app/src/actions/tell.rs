//! Telling, on the server, what the page of a request says beside it.

use domain::actions::{ActionKind, EffectSeen, Follow, RequestView, TargetKind, Verdict};
use serde_json::Value;

use super::{
    case::{Said, Way},
    words::{Speech, found, seen},
};
use crate::{
    messages::Phrases,
    tenants::{action_href, object_href},
};

/// What the page of a request says beside it.
pub(super) fn said(t: Phrases, view: &RequestView) -> Said {
    let speech = Speech::of(t, view.action);
    let name = view.target.name.as_str();
    let parameters = view.parameters.iter();
    Said {
        title: speech.title(name),
        execute: speech.execute(name),
        parameters: parameters.map(|(name, value)| (speech.label(name), plain(value))).collect(),
        kubectl: view.action.declaration().kubectl(&view.target.to_ref(), &view.parameters),
        ending: ending(t, view),
        made: made(view),
        way_back: way_back(t, view),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn ending(t: Phrases, view: &RequestView) -> Option<String> {
    Some(match &view.outcome.as_ref()?.verdict {
        Verdict::Succeeded { made, .. } => {
            seen(t, view.action.declaration().follow(), made.as_deref())
        }
        Verdict::Failed { reason, .. } | Verdict::Unknown { reason } => found(t, reason),
    })
}

fn made(view: &RequestView) -> Option<Way> {
    let Verdict::Succeeded { made: Some(made), .. } = &view.outcome.as_ref()?.verdict else {
        return None;
    };
    let kind = match view.action.declaration().follow() {
        Follow::Start => TargetKind::Job,
        _ => TargetKind::Pod,
    };
    let href = object_href(&view.target.tenant(), kind, &made.parse().ok()?);
    Some(Way { title: made.clone(), href })
}

fn way_back(t: Phrases, view: &RequestView) -> Option<Way> {
    if let Verdict::Failed { effect: EffectSeen::None, .. } = view.outcome.as_ref()?.verdict {
        // Nothing was changed: there is nothing to come back from.
        return None;
    }
    let back: ActionKind = view.action.declaration().way_back()?.parse().ok()?;
    let title = Speech::of(t, back).title(view.target.name.as_str());
    Some(Way { title, href: action_href(&view.target.to_ref(), back.as_str()) })
}
