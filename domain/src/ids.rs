//! Identifiers and the port that makes them and every other random value.

use uuid::Uuid;

/// Where identifiers and randomness come from. Product code never draws its own.
pub trait Ids: Send + Sync {
    /// A new `UUIDv7` (RFC 9562 §5.7).
    fn uuid(&self) -> Uuid;

    /// 32 bytes nobody can guess.
    fn secret(&self) -> [u8; 32];
}

macro_rules! uuid_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// Names the thing that this `UUIDv7` was made for.
            #[must_use]
            pub const fn new(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }

            /// The identifier itself.
            #[must_use]
            pub const fn uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}
pub(crate) use uuid_id;

uuid_id!(
    /// One request.
    RequestId
);
uuid_id!(
    /// One grant.
    GrantId
);
uuid_id!(
    /// One recovery of one person.
    RecoveryId
);
uuid_id!(
    /// One signed-in browser of one person; not the secret in its cookie.
    SessionId
);
uuid_id!(
    /// The handle by which an authenticator knows a person (WebAuthn `user.id`).
    UserHandle
);
