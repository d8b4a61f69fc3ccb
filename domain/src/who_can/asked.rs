//! What is asked about access.

use serde::{Deserialize, Serialize};

use super::{Principal, Resource};
use crate::{grants::RoleRule, problem::Problem};

/// What somebody writes to ask; empty where they leave it open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WrittenAccess {
    /// The verb.
    pub verb: String,
    /// The resource, as [`Resource`] is written.
    pub resource: String,
    /// One object's name.
    pub name: String,
    /// One user, as the API server knows them.
    pub subject: String,
}

/// What is asked; an absent field asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedAccess {
    /// Who can do this.
    pub verb: Option<String>,
    /// To these.
    pub resource: Option<Resource>,
    /// To this one.
    pub name: Option<String>,
    /// Whether they can.
    pub subject: Option<Principal>,
}

/// The longest of each part, in characters.
const LONGEST: usize = 253;

impl WrittenAccess {
    /// What is asked by it.
    pub fn read(&self) -> Result<AskedAccess, Problem> {
        let resource = said(&self.resource).map(str::parse).transpose();
        Ok(AskedAccess {
            verb: read("verb", &self.verb, "a verb of RBAC, such as delete", |text| {
                text.chars().all(|c| c.is_ascii_lowercase())
            })?,
            resource: resource.map_err(|error| Problem::malformed("resource", error))?,
            name: read("name", &self.name, "the name of one object", |text| {
                text.chars().all(|c| c.is_ascii_graphic() && !"/%".contains(c))
            })?,
            subject: read("subject", &self.subject, "a user as the cluster knows them", |text| {
                !text.chars().any(char::is_control)
            })?
            .map(|user| Principal::named(&user)),
        })
    }
}

fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn read(
    field: &str,
    text: &str,
    rule: &str,
    is_well: impl Fn(&str) -> bool,
) -> Result<Option<String>, Problem> {
    match said(text) {
        Some(text) if text.len() > LONGEST || !is_well(text) => {
            Err(Problem::malformed(field, rule))
        }
        said => Ok(said.map(str::to_owned)),
    }
}

impl AskedAccess {
    /// Whether a rule is an answer to it. One about named objects is told where no name is asked for, too.
    pub(super) fn is_answered_by(&self, rule: &RoleRule) -> bool {
        let about = |resource: &Resource| rule.is_about(&resource.api_group, &resource.name);
        self.verb.as_deref().is_none_or(|verb| rule.says(verb))
            && self.resource.as_ref().is_none_or(about)
            && self.name.as_deref().is_none_or(|name| rule.reaches(Some(name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_malformed_is_named() {
        let malformed = |written: WrittenAccess| written.read().unwrap_err().facts["field"].clone();
        let verb = WrittenAccess { verb: "DELETE".into(), ..WrittenAccess::default() };
        assert_eq!(malformed(verb), "verb");
        let resource = WrittenAccess { resource: "pods/".into(), ..WrittenAccess::default() };
        assert_eq!(malformed(resource), "resource");
        let name = WrittenAccess { name: "a/b".into(), ..WrittenAccess::default() };
        assert_eq!(malformed(name), "name");
        let subject = WrittenAccess { subject: "a\nb".into(), ..WrittenAccess::default() };
        assert_eq!(malformed(subject), "subject");
    }

    #[test]
    fn what_is_left_empty_asks_for_all() {
        let open = WrittenAccess { verb: "  ".into(), ..WrittenAccess::default() };
        assert_eq!(open.read().unwrap(), AskedAccess::default());
    }
}
