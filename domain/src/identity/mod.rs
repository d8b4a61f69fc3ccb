//! Who is at the door: enrolment links, passkeys, ceremonies and sessions.
//!
//! Never keeps a secret in the clear: links, cookies and ceremony handles are kept as digests.

mod ceremony;
mod link;
mod passkey;
mod relying_party;
mod session;
mod store;

pub use ceremony::{CEREMONY_TTL, Ceremony, CeremonyId, CeremonyKind};
pub use link::{EnrolmentLink, LINK_TTL, LinkSecret};
pub use passkey::{CredentialId, InvalidLabel, Passkey, PasskeyLabel, PasskeyRecord};
pub use relying_party::{Claimed, RelyingParty, RelyingPartyError, Verified};
pub use session::{Session, SessionLimits};
pub use store::{
    EnrolError, IdentityStore, NewEnrolment, PasskeyChange, PasskeyError, PersonStatus,
    SignInRecord,
};
