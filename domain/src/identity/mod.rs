//! Who is at the door: enrolment links, passkeys, ceremonies and sessions.
//!
//! Never keeps a secret in the clear: links, cookies and ceremony handles are kept as digests.

mod authenticate;
mod ceremony;
mod departed;
mod enrol;
mod failures;
mod invite;
mod link;
mod lock;
mod me;
mod passkey;
mod passkey_change;
mod passkey_list;
mod people;
mod relying_party;
mod session;
mod sessions;
mod sign_in;
mod sign_out;
mod step_up;
mod store;

pub use ceremony::{CEREMONY_TTL, Ceremony, CeremonyId, CeremonyKind};
pub use enrol::NewPasskey;
pub(crate) use failures::FailureCounter;
pub use failures::{FAILURE_WINDOW, KNOWN_FAILURES_PER_WINDOW};
pub use invite::Invitation;
pub use link::{EnrolmentLink, LINK_TTL, LinkSecret};
pub use me::{Capability, Me};
pub use passkey::{CredentialId, InvalidLabel, Passkey, PasskeyLabel, PasskeyRecord};
pub use passkey_change::passkey_change_digest;
pub use passkey_list::PasskeyRow;
pub use people::PersonRow;
pub use relying_party::{Claimed, RelyingParty, RelyingPartyError, Verified};
pub use session::{Session, SessionLimits};
pub use step_up::{BegunStepUp, StepUp, StepUpWish};
pub use store::{
    EnrolError, IdentityStore, NewEnrolment, PasskeyChange, PasskeyError, PersonStatus,
    SignInError, SignInRecord,
};
