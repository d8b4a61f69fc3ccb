//! Adapters for identity: the machine's clock and randomness, and WebAuthn.
//!
//! Never decides who may come in; that is `domain::identity`'s part.

mod clock;
mod cose;
mod ids;
mod origin;
mod relying_party;

pub use clock::{SteadyClock, SystemClock, describe_clock};
pub use ids::SystemIds;
pub use origin::{InvalidOrigin, Origin};
pub use relying_party::{NotSupported, WebauthnRelyingParty};
