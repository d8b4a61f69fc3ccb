//! The word given before the act: no effect leaves without a committed intent.

use serde::{Deserialize, Serialize};

use super::{Change, Effect, PodPin, Request};
use crate::{
    audit::Entry,
    canonical::{Digest, NotCanonical},
    ids::RequestId,
    time::Timestamp,
};

/// What is about to be done, until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// When it was declared.
    pub at: Timestamp,
    /// After this the effect may no longer be sent.
    pub deadline: Timestamp,
    /// Until then what follows from the effect is watched for; later it counts as not settled in time.
    pub settle_by: Timestamp,
}

/// Proof that an intent stands in the audit log. Consumed by the effect; made only by committing.
///
/// ```compile_fail
/// fn twice(intent: domain::actions::CommittedIntent) {
///     let _copy = intent.clone();
/// }
/// ```
#[derive(Debug)]
#[must_use = "an intent that is not carried out must be settled"]
pub struct CommittedIntent {
    request: RequestId,
    digest: Digest,
    target: String,
    change: Digest,
    intent: Intent,
    sequence: u64,
}

impl CommittedIntent {
    /// After the store committed, as this entry, the intent of the request to make this change to its target.
    pub(crate) fn committed(
        request: &Request,
        change: &Change,
        intent: Intent,
        entry: &Entry,
    ) -> Result<Self, NotCanonical> {
        let target = request.body.target.uid.clone();
        Ok(Self::to(request, target, change.digest()?, intent, entry))
    }

    /// After the store committed, as this entry, the intent of the request to evict this pod with others.
    pub(crate) fn to_evict(request: &Request, pod: &PodPin, intent: Intent, entry: &Entry) -> Self {
        Self::to(request, pod.uid.clone(), eviction(), intent, entry)
    }

    fn to(
        request: &Request,
        target: String,
        change: Digest,
        intent: Intent,
        entry: &Entry,
    ) -> Self {
        let (sequence, digest) = (entry.sequence, request.digest);
        Self { request: request.body.id, digest, target, change, intent, sequence }
    }

    /// Whether it was given for this very effect.
    #[must_use]
    pub fn is_for(&self, effect: &Effect) -> bool {
        self.target == effect.target.uid && effect.change.digest() == Ok(self.change)
    }

    /// Whether it was given for the eviction of this very pod.
    #[must_use]
    pub fn is_to_evict(&self, pod: &PodPin) -> bool {
        self.target == pod.uid && self.change == eviction()
    }

    /// The request it belongs to.
    #[must_use]
    pub fn request(&self) -> RequestId {
        self.request
    }

    /// The digest of that request.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// After this the effect may no longer be sent.
    #[must_use]
    pub fn deadline(&self) -> Timestamp {
        self.intent.deadline
    }

    /// Its place in the audit log.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.sequence
    }
}

fn eviction() -> Digest {
    Change::Evict.digest().expect("an eviction holds no floats")
}
