//! The one-time links of a demo's people.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use domain::{Console, Problem, ProblemCode, names::Login};
use serde_json::json;

use crate::identity::Origin;

/// For whom links are made, in the order in which a newcomer meets them.
const PERSONAS: [(&str, &str); 6] = [
    ("on-call", "acts in an emergency, with approval"),
    ("approver", "owns checkout, ledger and payouts; approves"),
    ("second-on-call", "approves what the first asks for, where two must sign"),
    ("engineer", "sees the tenants of one team"),
    ("security", "reads everybody's history"),
    ("admin", "invites and locks people; holds no power over production"),
];

/// Where the console is, and the links of those who have no passkey yet.
pub(super) struct Links {
    address: String,
    links: BTreeMap<Login, String>,
}

/// Makes the links.
pub(super) async fn make(console: &Console, origin: &Origin) -> Result<Links, Problem> {
    let mut links = BTreeMap::new();
    for (login, _) in PERSONAS {
        let login: Login = login.parse().map_err(|_| ProblemCode::Internal)?;
        match console.invite_from_machine(&login).await {
            Ok(invitation) => drop(links.insert(login, origin.enrolment_link(&invitation.secret))),
            Err(problem) if problem.code == ProblemCode::AlreadyEnrolled => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(Links { address: origin.to_string(), links })
}

impl Links {
    /// One line, for scripts.
    pub(super) fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", json!({ "address": self.address, "links": self.links }))?;
        out.flush()
    }

    /// For people.
    pub(super) fn write_for_people(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\nSekisho is ready at {}", self.address)?;
        writeln!(
            out,
            "\nEach link enrols one person, once, within 15 minutes; open each in a browser of its own:\n"
        )?;
        for (login, what) in PERSONAS {
            let link = self.links.iter().find(|(enrolled, _)| enrolled.as_str() == login);
            let link = link.map_or("has a passkey already: sign in", |(_, link)| link.as_str());
            writeln!(out, "  {login:14} {what}\n                 {link}\n")?;
        }
        writeln!(out, "Ctrl-C ends the demo.")?;
        out.flush()
    }
}
