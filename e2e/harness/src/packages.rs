//! Debian packages: which are missing, and installing those when we may. Elsewhere, or
//! without the right, the error carries the very command that a person can run.

use std::{fs, process::Command};

use crate::{
    progress::{Progress, Report},
    tool,
};

/// Packages are missing and could not be installed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not ours to install.
    #[error("missing Debian packages; install them with:\n  {command}")]
    Missing {
        /// What to run.
        command: String,
    },
    /// This is no Debian: we do not know what the packages are called here.
    #[error("this is not Debian 12; what these packages contain is needed: {names}")]
    NotDebian {
        /// The Debian packages that were asked for.
        names: String,
    },
    /// The package tools failed.
    #[error(transparent)]
    Tool(#[from] tool::Error),
}

/// Those of `names` that are not installed.
pub fn missing<'a>(names: &[&'a str]) -> Result<Vec<&'a str>, Error> {
    if !is_debian() {
        return Err(Error::NotDebian { names: names.join(" ") });
    }
    Ok(names.iter().copied().filter(|name| !is_installed(name)).collect())
}

/// Installs those of `names` that are missing, if we may, and reports what it installs.
pub fn ensure(names: &[&str], progress: Progress<'_>) -> Result<(), Error> {
    let missing = missing(names)?;
    if missing.is_empty() {
        return Ok(());
    }
    if !rustix::process::geteuid().is_root() {
        return Err(Error::Missing { command: command_for(&missing) });
    }
    if !missing.iter().all(|name| is_known(name)) {
        update(progress)?;
        return Ok(install(&missing, progress)?);
    }
    // A package that has left the mirror since the last update is the usual failure.
    install(&missing, progress).or_else(|_| {
        update(progress)?;
        Ok(install(&missing, progress)?)
    })
}

/// What a person runs to install `names`.
#[must_use]
pub fn command_for(names: &[&str]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        names.join(" ")
    )
}

fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=debian")
}

fn is_installed(name: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", name]);
    tool::output(&mut query).is_ok_and(|status| status == "installed")
}

fn is_known(name: &str) -> bool {
    let mut query = Command::new("apt-cache");
    query.env("LC_ALL", "C").args(["policy", name]);
    tool::output(&mut query)
        .is_ok_and(|policy| policy.contains("Candidate: ") && !policy.contains("Candidate: (none)"))
}

fn update(progress: Progress<'_>) -> Result<(), tool::Error> {
    progress(Report::Step("update the package lists"));
    tool::run(apt_get().arg("update"), progress)
}

fn install(names: &[&str], progress: Progress<'_>) -> Result<(), tool::Error> {
    progress(Report::Step(&format!("install Debian packages: {}", names.join(" "))));
    tool::run(apt_get().args(["install", "-y", "--no-install-recommends"]).args(names), progress)
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        // Somebody else may be installing just now: wait for them.
        .args(["-q", "-o", "DPkg::Lock::Timeout=600", "-o", "Dpkg::Use-Pty=0"]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_essential_package_is_not_missing_and_nonsense_is() {
        let missing = missing(&["dpkg", "sekisho-no-such-package"]).expect("Debian");

        assert_eq!(missing, ["sekisho-no-such-package"]);
    }

    #[test]
    fn nothing_is_reported_when_nothing_is_missing() {
        ensure(&["dpkg"], &|report| panic!("unexpected {report:?}")).expect("installed");
    }

    #[test]
    fn the_command_can_be_pasted() {
        assert_eq!(
            command_for(&["etcd-server", "openssl"]),
            "sudo apt-get update && sudo apt-get install -y --no-install-recommends etcd-server openssl"
        );
    }
}
