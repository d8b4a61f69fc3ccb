//! What may be asked for next, once a request has ended: the way back, and the same once more.

use serde::{Deserialize, Serialize};

use super::{
    ActionKind, EffectSeen, Parameters, PodPin, Request, RequestState, Verdict, VoidReason,
};

/// An action that may be asked for on the same target, as a new request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayOn {
    /// The action.
    pub action: ActionKind,
    /// Its parameters, as far as they are known.
    pub parameters: Parameters,
}

/// How many pods a request was to take away in waves, and how many it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evicted {
    /// Pods that were to go.
    pub pods: usize,
    /// Pods that are gone, or on their way.
    pub gone: usize,
}

impl Request {
    /// What undoes it or mends what it broke; nothing where nothing was changed.
    #[must_use]
    pub fn way_back(&self) -> Option<WayOn> {
        if let Verdict::Failed { effect: EffectSeen::None, .. } = self.state.outcome()?.verdict {
            return None;
        }
        let declaration = self.body.action.declaration();
        Some(WayOn {
            action: declaration.way_back()?.parse().ok()?,
            parameters: declaration.undone(&self.preview.changes),
        })
    }

    /// The same once more: for the pods that were left, or all of it where nothing was done.
    #[must_use]
    pub fn again(&self) -> Option<WayOn> {
        let same = || WayOn { action: self.body.action, parameters: self.body.parameters.clone() };
        match (&self.state, self.left()) {
            (
                RequestState::Denied { .. }
                | RequestState::Withdrawn { .. }
                | RequestState::Expired { .. }
                | RequestState::Void { reason: VoidReason::Changed, .. },
                _,
            ) => Some(same()),
            (RequestState::Failed(_) | RequestState::Unknown(_), Some(left))
                if !left.is_empty() =>
            {
                let declaration = self.body.action.declaration();
                let parameters = declaration.once_more(&self.body.parameters, left);
                Some(WayOn { parameters, ..same() })
            }
            (RequestState::Failed(ended), None) => match ended.outcome.verdict {
                Verdict::Failed { effect: EffectSeen::None, .. } => Some(same()),
                _ => None,
            },
            _ => None,
        }
    }

    /// How many pods went, once the waves have ended; nothing where none go in waves.
    #[must_use]
    pub fn evicted(&self) -> Option<Evicted> {
        let pods = self.pinned.as_ref()?.pods.len();
        Some(Evicted { pods, gone: pods - self.left()?.len() })
    }

    fn left(&self) -> Option<&[PodPin]> {
        self.state.execution()?.left.as_deref()
    }
}
