//! A service: one long-running child process with a log. It can be paused, killed and
//! started again, as fault tests need, and ends with its value. Never restarts by itself.

use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

use rustix::process::Signal;

use crate::{identity::Identity, run_folder, run_folder::RunFolder, tool::last_lines};

/// How many of a dead service's last log lines its error repeats.
const TAIL: usize = 15;

/// A service did not run as it should.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It could not be started at all.
    #[error("cannot start {name}")]
    NotStarted {
        /// The service.
        name: String,
        /// Why not.
        source: io::Error,
    },
    /// It ended by itself.
    #[error("{name} ended by itself ({status}); the end of {}:\n{tail}", log.display())]
    Ended {
        /// The service.
        name: String,
        /// How it ended.
        status: ExitStatus,
        /// Its log.
        log: PathBuf,
        /// The last lines of it.
        tail: String,
    },
    /// Its run folder refused the note of its process.
    #[error(transparent)]
    RunFolder(#[from] run_folder::Error),
}

/// A running child process.
#[derive(Debug)]
pub struct Service {
    name: String,
    command: Command,
    log: PathBuf,
    child: Child,
}

impl Service {
    /// Starts `command` under `name`, with a log and a note of its process in `folder`.
    pub fn start(name: &str, mut command: Command, folder: &RunFolder) -> Result<Self, Error> {
        let log = folder.path().join(format!("{name}.log"));
        let child = spawn(name, &mut command, &log)?;
        let service = Self { name: name.to_owned(), command, log, child };
        folder.record(name, service.child.id())?;
        Ok(service)
    }

    /// Where it writes its log.
    #[must_use]
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Stops it in its tracks: connections to it stay open and unanswered.
    pub fn pause(&self) {
        self.signal(Signal::STOP);
    }

    /// Lets a paused service go on.
    pub fn resume(&self) {
        self.signal(Signal::CONT);
    }

    /// Kills it, as a crash would.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        self.reap();
    }

    /// Starts it again after [`kill`](Self::kill), with the same command line.
    pub fn start_again(&mut self, folder: &RunFolder) -> Result<(), Error> {
        self.stop();
        self.child = spawn(&self.name, &mut self.command, &self.log)?;
        folder.record(&self.name, self.child.id())?;
        Ok(())
    }

    /// An error if it has ended by itself.
    pub fn check(&mut self) -> Result<(), Error> {
        let Ok(Some(status)) = self.child.try_wait() else {
            return Ok(());
        };
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        Err(Error::Ended {
            name: self.name.clone(),
            status,
            log: self.log.clone(),
            tail: last_lines(&log, TAIL),
        })
    }

    /// Ends it in order, or by force when it does not listen.
    pub fn stop(&mut self) {
        if let Some(identity) = Identity::of(self.child.id()) {
            identity.stop();
        }
        self.reap();
    }

    fn signal(&self, signal: Signal) {
        if let Some(identity) = Identity::of(self.child.id()) {
            identity.signal(signal);
        }
    }

    /// Waits for the end that was just brought about; nothing is left to do if that fails.
    fn reap(&mut self) {
        let _ = self.child.wait();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(name: &str, command: &mut Command, log: &Path) -> Result<Child, Error> {
    let not_started = |source| Error::NotStarted { name: name.to_owned(), source };
    let open = || -> io::Result<(File, File)> {
        let file = OpenOptions::new().create(true).append(true).open(log)?;
        Ok((file.try_clone()?, file))
    };
    let (out, err) = open().map_err(not_started)?;
    command.stdin(Stdio::null()).stdout(out).stderr(err).spawn().map_err(not_started)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wait;
    use std::{fs, time::Duration};

    const LIMIT: Duration = Duration::from_secs(10);

    fn folder() -> (tempfile::TempDir, RunFolder) {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let folder = RunFolder::fresh(parent.path(), "run").expect("fresh");
        (parent, folder)
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn ends_with_its_value() {
        let (_parent, folder) = folder();
        let service = Service::start("sleep", shell("exec sleep 1000"), &folder).expect("started");
        let identity = Identity::of(service.pid()).expect("alive");

        drop(service);

        assert!(!identity.is_alive());
    }

    #[test]
    fn its_own_end_is_an_error_with_the_log() {
        let (_parent, folder) = folder();
        let mut service =
            Service::start("brief", shell("echo out of luck; exit 4"), &folder).expect("started");

        let error = wait::until("its end", LIMIT, || service.check().err()).expect("ended");

        let text = error.to_string();
        assert!(text.contains("brief ended by itself (exit status: 4)"), "{text}");
        assert!(text.ends_with("out of luck"), "{text}");
    }

    #[test]
    fn runs_again_after_a_kill_and_keeps_its_log() {
        let (_parent, folder) = folder();
        let mut service =
            Service::start("echo", shell("echo begun; exec sleep 1000"), &folder).expect("started");
        let lines = |service: &Service, count| {
            wait::until("log lines", LIMIT, || {
                let log = fs::read_to_string(service.log()).ok()?;
                (log.lines().count() == count).then_some(())
            })
            .expect("logged");
        };
        lines(&service, 1);
        let first = service.pid();

        service.kill();
        service.start_again(&folder).expect("started again");

        lines(&service, 2);
        assert_ne!(service.pid(), first);
    }

    #[test]
    fn a_paused_service_does_nothing_until_resumed() {
        let (_parent, folder) = folder();
        let service = Service::start("sleep", shell("exec sleep 1000"), &folder).expect("started");
        let state = || {
            let stat = fs::read_to_string(format!("/proc/{}/stat", service.pid())).expect("alive");
            stat.rsplit_once(") ").expect("a stat line").1.chars().next()
        };

        service.pause();
        wait::until("a stopped process", LIMIT, || (state() == Some('T')).then_some(()))
            .expect("paused");
        service.resume();
        wait::until("a going process", LIMIT, || (state() != Some('T')).then_some(()))
            .expect("resumed");
    }
}
