//! A Postgres of one's own: Debian's server in a temporary folder, as an unprivileged user,
//! with its defaults (fsync included), gone when dropped. Never runs as root and never
//! touches a server that the machine runs otherwise.

mod account;
mod databases;
mod installation;

use std::{env, fs, io, os::unix::fs::chown, path::Path, process::Command, time::Duration};

use crate::{
    packages, ports,
    progress::Progress,
    run_folder::{self, RunFolder},
    tool,
};
use account::Account;
pub use databases::{Databases, ENVIRONMENT, Role};
use installation::Installation;

/// What must be installed.
pub const PACKAGES: &[&str] = &["postgresql"];

/// How long the server may take to start or stop.
const LIMIT: Duration = Duration::from_mins(1);

/// Postgres could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server is not installed.
    #[error(
        "no Postgres server below {}; install it with:\n  {}",
        installation::ROOT,
        packages::command_for(PACKAGES)
    )]
    NotInstalled,
    /// Root must not run Postgres, and the user that would is missing.
    #[error("Postgres cannot run as root, and there is no user `{}` to run it as", account::SYSTEM)]
    NoAccount,
    /// A test that needs a server was started without one.
    #[error("{ENVIRONMENT} is not set: run the suite through `cargo xtask test`")]
    NotHandedOver,
    /// The variable does not hold what the harness hands over.
    #[error("{ENVIRONMENT} is no admin URL of a test server: {0}")]
    BadUrl(String),
    /// A name that would have to be quoted.
    #[error("`{0}` is no plain database name: use a-z, 0-9 and _")]
    BadName(String),
    /// No port to listen on.
    #[error(transparent)]
    Port(#[from] ports::NoneFree),
    /// A program of Postgres failed.
    #[error(transparent)]
    Tool(#[from] tool::Error),
    /// The run folder could not be had.
    #[error(transparent)]
    RunFolder(#[from] run_folder::Error),
    /// The file system refused.
    #[error("cannot set up Postgres")]
    Io(#[from] io::Error),
}

/// Installs Postgres if it is missing.
pub fn prepare(progress: Progress<'_>) -> Result<(), packages::Error> {
    packages::ensure(PACKAGES, progress)
}

/// A running server.
#[derive(Debug)]
pub struct Postgres {
    installation: Installation,
    account: Option<Account>,
    folder: Option<RunFolder>,
    databases: Databases,
}

impl Postgres {
    /// Starts a new, empty server on a Unix socket and a free loopback port.
    pub fn start() -> Result<Self, Error> {
        let installation = Installation::find().ok_or(Error::NotInstalled)?;
        let account = Account::unprivileged()?;
        let folder = RunFolder::fresh(&env::temp_dir(), "sekisho-postgres")?;
        let port = ports::free()?;
        let databases = Databases::at(folder.path(), port);
        // From here on, dropping `server` clears what was done so far.
        let server = Self { installation, account, folder: Some(folder), databases };
        server.initialise(port)?;
        server.recover()?;
        server.databases.create_roles()?;
        Ok(server)
    }

    /// Its databases.
    #[must_use]
    pub fn databases(&self) -> &Databases {
        &self.databases
    }

    /// The URL at which `role` reaches `database`, over loopback.
    #[must_use]
    pub fn url(&self, database: &str, role: Role) -> String {
        self.databases.url(database, role)
    }

    /// Stops the server as a crash would: connections break, recovery follows at the next start.
    pub fn crash(&self) -> Result<(), Error> {
        self.stop("immediate")
    }

    /// Starts the server again after [`crash`](Self::crash), at the same address.
    pub fn recover(&self) -> Result<(), Error> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let log = folder.path().join("postgres.log");
        let mut start = self.program("pg_ctl");
        start.arg("--log").arg(&log).args(["--wait", &limit(), "start"]);
        // Its error only points at the log: show that.
        if let Err(tool::Error::Failed { command, status, .. }) = tool::output(&mut start) {
            let tail = fs::read_to_string(&log).unwrap_or_default();
            return Err(tool::Error::Failed { command, status, tail }.into());
        }
        let pid = fs::read_to_string(folder.path().join("data/postmaster.pid"))?;
        let pid = pid.lines().next().and_then(|line| line.parse().ok());
        let pid = pid.ok_or_else(|| io::Error::other("postmaster.pid names no process"))?;
        Ok(folder.record("postgres", pid)?)
    }

    fn stop(&self, mode: &str) -> Result<(), Error> {
        let mut stop = self.program("pg_ctl");
        tool::output(stop.args(["--mode", mode, "--wait", &limit(), "stop"]))?;
        Ok(())
    }

    fn initialise(&self, port: u16) -> Result<(), Error> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        if let Some(account) = &self.account {
            chown(folder.path(), Some(account.user), Some(account.group))?;
        }
        let mut initdb = self.program("initdb");
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8"]);
        // Skips one sync of the empty server only; what is written later is synced.
        tool::output(initdb.args(["--locale=C.UTF-8", "--no-instructions", "--no-sync"]))?;
        configure(folder.path(), port)?;
        Ok(())
    }

    /// A program of the server's, run by its account on its data.
    fn program(&self, name: &str) -> Command {
        let mut command = self.installation.program(name);
        if let Some(folder) = &self.folder {
            command.current_dir(folder.path()).arg("--pgdata").arg(folder.path().join("data"));
        }
        if let Some(account) = &self.account {
            account.run(&mut command);
        }
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A server that a test has crashed is not running: nothing to stop then.
        let _ = self.stop("fast");
        if let Some(folder) = self.folder.take() {
            let _ = folder.remove();
        }
    }
}

/// Where it listens and who may come in. The superuser comes by the socket only, whose
/// folder is closed to other users: on loopback, everybody on the machine could be it.
fn configure(folder: &Path, port: u16) -> io::Result<()> {
    let data = folder.join("data");
    let settings = format!(
        "listen_addresses = '127.0.0.1'\n\
         port = {port}\n\
         unix_socket_directories = '{}'\n\
         max_connections = 300\n",
        folder.display()
    );
    let path = data.join("postgresql.conf");
    fs::write(&path, fs::read_to_string(&path)? + &settings)?;
    fs::write(
        data.join("pg_hba.conf"),
        "local all all trust\n\
         host all postgres 127.0.0.1/32 reject\n\
         host all all 127.0.0.1/32 trust\n",
    )
}

fn limit() -> String {
    format!("--timeout={}", LIMIT.as_secs())
}
