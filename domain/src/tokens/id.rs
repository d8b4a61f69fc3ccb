//! Which token: by its grant, and the entry that tells that it was issued.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::GrantId;

/// One token that was issued, written `<grant>.<entry>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TokenId {
    /// The grant whose account it is of.
    pub grant: GrantId,
    /// The place of the entry that tells of it.
    pub entry: u64,
}

/// The text names no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a token is named <grant>.<entry>")]
pub struct NotATokenId;

impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.grant, self.entry)
    }
}

impl FromStr for TokenId {
    type Err = NotATokenId;

    fn from_str(text: &str) -> Result<Self, NotATokenId> {
        let (grant, entry) = text.split_once('.').ok_or(NotATokenId)?;
        let grant = grant.parse().map_err(|_| NotATokenId)?;
        Ok(Self { grant, entry: entry.parse().map_err(|_| NotATokenId)? })
    }
}

impl TryFrom<String> for TokenId {
    type Error = NotATokenId;

    fn try_from(text: String) -> Result<Self, NotATokenId> {
        text.parse()
    }
}

impl From<TokenId> for String {
    fn from(id: TokenId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_back_from_its_text() {
        let text = "00000000-0001-7000-8000-000000000000.17";
        assert_eq!(text.parse::<TokenId>().map(|id| id.to_string()), Ok(text.to_owned()));
        for bad in [
            "",
            "17",
            "x.17",
            "00000000-0001-7000-8000-000000000000",
            "00000000-0001-7000-8000-000000000000.-1",
        ] {
            assert_eq!(bad.parse::<TokenId>(), Err(NotATokenId), "{bad}");
        }
    }
}
