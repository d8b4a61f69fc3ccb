//! The unprivileged account that a server runs as. Postgres refuses to be root.

use std::{os::unix::process::CommandExt as _, process::Command};

use super::Error;
use crate::tool;

/// The system user of Debian's package.
pub(super) const SYSTEM: &str = "postgres";

/// Another user's ids, for when this process is root.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) user: u32,
    pub(super) group: u32,
}

impl Account {
    /// The account to change to; none when this process is unprivileged already.
    pub(super) fn unprivileged() -> Result<Option<Self>, Error> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let id = |flag| {
            let text = tool::output(Command::new("id").args([flag, SYSTEM])).ok()?;
            text.trim().parse().ok()
        };
        let (user, group) = id("-u").zip(id("-g")).ok_or(Error::NoAccount)?;
        Ok(Some(Self { user, group }))
    }

    /// Makes `command` run as this account.
    pub(super) fn run(&self, command: &mut Command) {
        command.uid(self.user).gid(self.group);
    }
}
