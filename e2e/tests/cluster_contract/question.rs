//! May somebody do something? As it is put to a cluster, and to what the console makes of its RBAC.

use domain::who_can::{AskedAccess, Principal, WrittenAccess};

/// May this user do this in that namespace?
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) user: String,
    /// Groups that whoever checked the user's identity put them into.
    pub(crate) groups: Vec<String>,
    pub(crate) verb: &'static str,
    /// The API group; the core's is empty.
    pub(crate) api_group: &'static str,
    pub(crate) plural: &'static str,
    pub(crate) subresource: Option<&'static str>,
    /// One object's name; all where none is asked about.
    pub(crate) name: Option<&'static str>,
    pub(crate) namespace: String,
}

impl Question {
    /// The same, as the console is asked.
    pub(crate) fn asked(&self) -> AskedAccess {
        let group = if self.api_group.is_empty() { "" } else { "." };
        let subresource = self.subresource.map(|it| format!("/{it}")).unwrap_or_default();
        let written = WrittenAccess {
            verb: self.verb.to_owned(),
            resource: format!("{}{group}{}{subresource}", self.plural, self.api_group),
            name: self.name.unwrap_or_default().to_owned(),
            subject: String::new(),
        };
        let subject = Principal::named(&self.user).in_groups(self.groups.iter().cloned());
        AskedAccess { subject: Some(subject), ..written.read().unwrap() }
    }
}
