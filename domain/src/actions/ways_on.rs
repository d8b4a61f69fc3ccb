//! What may be asked for next, once a request has ended: the way back, and the rest of what it was to do.

use serde::{Deserialize, Serialize};

use super::{ActionKind, EffectSeen, Outcome, Parameters, PodPin, Request, Said, Verdict};

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
    /// Pods whose eviction the cluster accepted.
    pub accepted: usize,
}

impl Request {
    /// What undoes it or mends what it broke; nothing where nothing was changed.
    pub(super) fn way_back(&self) -> Option<WayOn> {
        if let Verdict::Failed { effect: EffectSeen::None, .. } = self.state.outcome()?.verdict {
            return None;
        }
        let declaration = self.body.action.declaration();
        Some(WayOn {
            action: declaration.way_back()?.parse().ok()?,
            parameters: declaration.undone(&self.preview.changes),
        })
    }

    /// The same once more, for the pods that were left.
    pub(super) fn rest(&self) -> Option<WayOn> {
        if let Outcome { verdict: Verdict::Succeeded { .. }, .. } = self.state.outcome()? {
            return None;
        }
        let pinned = &self.pinned.as_ref()?.pods;
        let left: Vec<_> = pinned.iter().filter(|pod| !self.was_evicted(pod)).collect();
        let declaration = self.body.action.declaration();
        (!left.is_empty()).then(|| WayOn {
            action: self.body.action,
            parameters: declaration.for_these(&self.body.parameters, &left),
        })
    }

    /// How many pods went, once the word was given; nothing where none go in waves.
    pub(super) fn evicted(&self) -> Option<Evicted> {
        self.state.execution()?;
        let pods = &self.pinned.as_ref()?.pods;
        let accepted = pods.iter().filter(|pod| self.was_evicted(pod)).count();
        Some(Evicted { pods: pods.len(), accepted })
    }

    fn was_evicted(&self, pod: &PodPin) -> bool {
        let waves = self.state.execution().map(|execution| execution.waves.as_slice());
        waves.unwrap_or_default().iter().any(|wave| {
            let said = wave.said.iter().flatten();
            wave.pods.iter().zip(said).any(|(sent, said)| {
                sent == pod && matches!(said, Said::Accepted { .. } | Said::Gone)
            })
        })
    }
}
