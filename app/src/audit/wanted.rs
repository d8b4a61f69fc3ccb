//! Which entries are wanted, as the address says it.

use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// Which entries are wanted, as a person wrote it; empty where they did not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    pub(super) actor: String,
    pub(super) tenant: String,
    pub(super) action: String,
    pub(super) outcome: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) cursor: String,
}

impl Wanted {
    /// As the address says.
    pub(super) fn of(query: &ParamsMap) -> Self {
        let said = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
        Self {
            actor: said("actor"),
            tenant: said("tenant"),
            action: said("action"),
            outcome: said("outcome"),
            from: said("from"),
            to: said("to"),
            cursor: said("cursor"),
        }
    }

    /// The address of the same entries from a cursor on.
    pub(super) fn href(&self, path: &str, cursor: &str) -> String {
        let parts = [
            ("actor", self.actor.as_str()),
            ("tenant", &self.tenant),
            ("action", &self.action),
            ("outcome", &self.outcome),
            ("from", &self.from),
            ("to", &self.to),
            ("cursor", cursor),
        ];
        let mut query = ParamsMap::new();
        for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            query.insert(name, value.to_owned());
        }
        format!("{path}{}", query.to_query_string())
    }

    /// Whether anything but all is wanted.
    pub(super) fn is_filtered(&self) -> bool {
        *self != Self { cursor: self.cursor.clone(), ..Self::default() }
    }
}

#[cfg(feature = "ssr")]
impl Wanted {
    /// The filter and page that it asks for.
    pub(super) fn parse(
        self,
    ) -> Result<(domain::audit::EntryFilter, domain::page::PageRequest), domain::Problem> {
        let filter = domain::audit::EntryFilter {
            actor: field("actor", &self.actor)?,
            tenant: field("tenant", &self.tenant)?,
            action: field("action", &self.action)?,
            outcome: field("outcome", &self.outcome)?,
            from: field("from", &moment(&self.from))?,
            to: field("to", &moment(&self.to))?,
            request: None,
            grant: None,
        };
        let cursor = Some(self.cursor).filter(|cursor| !cursor.is_empty());
        Ok((filter, domain::page::PageRequest { cursor, limit: None }))
    }
}

#[cfg(feature = "ssr")]
fn field<T: std::str::FromStr<Err: std::fmt::Display>>(
    name: &str,
    text: &str,
) -> Result<Option<T>, domain::Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error: T::Err| domain::Problem::malformed(name, error))
}

/// A moment as a form writes it (`2026-01-01T00:00`, in UTC) as RFC 3339; anything else as it is.
#[cfg(feature = "ssr")]
fn moment(text: &str) -> String {
    match text.len() {
        16 => format!("{text}:00Z"),
        19 => format!("{text}Z"),
        _ => text.to_owned(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_writes_is_understood() {
        let wanted = Wanted {
            actor: "on-call".into(),
            tenant: "tokyo/checkout".into(),
            outcome: "refused".into(),
            from: "2026-01-01T00:00".into(),
            ..Wanted::default()
        };
        let (filter, page) = wanted.parse().unwrap();
        assert_eq!(filter.actor, Some("on-call".parse().unwrap()));
        assert_eq!(filter.tenant, Some("tokyo/checkout".parse().unwrap()));
        assert_eq!(filter.from, Some("2026-01-01T00:00:00Z".parse().unwrap()));
        assert_eq!((filter.to, page.cursor), (None, None));
    }

    #[test]
    fn what_is_malformed_is_named() {
        let wanted = Wanted { tenant: "checkout".into(), ..Wanted::default() };
        assert_eq!(wanted.parse().unwrap_err().facts["field"], "tenant");
    }
}
