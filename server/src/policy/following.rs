//! The policy in force where it follows its folder.
//!
//! A folder is looked at again and again rather than watched: mounted volumes, repositories that are
//! checked out anew, and network file systems tell a watcher too little.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use arc_swap::ArcSwap;
use domain::{
    policy::{PolicyDigest, PolicySnapshot, PolicySource, PolicyStatus, PolicyTrouble},
    time::{Clock, Timestamp},
};
use futures::{Stream, StreamExt};

use super::{
    CalendarAddress, CalendarNotice, Copies, Folder, InvalidPolicy, LoadedPolicy, load,
    on_call::show,
};
use crate::calendar::Calendar;

/// The policy of a folder, which changes when the folder does and is valid; and what the calendars that it names say.
pub struct FollowedPolicy {
    dir: PathBuf,
    clock: Arc<dyn Clock>,
    in_force: ArcSwap<InForce>,
    /// Held by whoever changes what is in force.
    followed: Mutex<Followed>,
}

/// What the policy in force is made from.
struct Followed {
    last_look: Result<Folder, InvalidPolicy>,
    loaded: LoadedPolicy,
    copies: Copies,
    notices: Vec<CalendarNotice>,
}

struct InForce {
    snapshot: Arc<PolicySnapshot>,
    loaded_at: Timestamp,
    trouble: Option<PolicyTrouble>,
}

/// Another policy came into force.
#[derive(Clone)]
pub struct PolicyTaken {
    /// What was in force before.
    pub previous: PolicyDigest,
    /// What is now.
    pub current: Arc<PolicySnapshot>,
    /// Since when.
    pub at: Timestamp,
}

/// What a look at the folder found.
pub enum Look {
    /// Nothing new.
    Same,
    /// The folder is not what it was a look ago. It is left alone until it stands still, for
    /// whoever writes it may not have finished.
    Moving,
    /// A new policy, in force from now on.
    Taken(PolicyTaken),
    /// A folder that is not valid; the last policy that was stays in force.
    Refused(InvalidPolicy),
}

impl FollowedPolicy {
    /// Loads the folder for the first time. This blocks on the file system.
    pub fn open(dir: &Path, clock: Arc<dyn Clock>) -> Result<Self, InvalidPolicy> {
        let folder = Folder::read(dir)?;
        let loaded = load(&folder)?;
        let (copies, notices) = (Copies::default(), Vec::new());
        let mut followed = Followed { last_look: Ok(folder), loaded, copies, notices };
        let at = clock.now();
        let in_force = InForce { snapshot: followed.on_duty(at), loaded_at: at, trouble: None };
        Ok(Self {
            dir: dir.to_owned(),
            clock,
            in_force: ArcSwap::from_pointee(in_force),
            followed: Mutex::new(followed),
        })
    }

    /// The policy as it was loaded, without what calendars say.
    pub(super) fn loaded(&self) -> LoadedPolicy {
        self.followed().loaded.clone()
    }

    /// Takes what was fetched, and looks into all calendars anew. This blocks while they are expanded.
    pub(super) fn take_calendars(&self, fetched: Vec<(CalendarAddress, Calendar)>) {
        let mut followed = self.followed();
        let at = self.clock.now();
        for (address, calendar) in fetched {
            followed.copies.keep(address, calendar, at);
        }
        let now = self.in_force.load();
        self.in_force.store(Arc::new(InForce {
            snapshot: followed.on_duty(at),
            loaded_at: now.loaded_at,
            trouble: now.trouble.clone(),
        }));
    }

    fn followed(&self) -> MutexGuard<'_, Followed> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the folder once. This blocks on the file system.
    pub fn look(&self) -> Look {
        let found = Folder::read(&self.dir);
        let mut followed = self.followed();
        if followed.last_look != found {
            followed.last_look = found;
            return Look::Moving;
        }
        self.consider(found, &mut followed)
    }

    fn consider(&self, found: Result<Folder, InvalidPolicy>, followed: &mut Followed) -> Look {
        let now = self.in_force.load();
        let previous = now.snapshot.policy.digest;
        let returned = found.as_ref().is_ok_and(|folder| folder.digest() == previous);
        if returned {
            self.set_trouble(&now, None);
            return Look::Same;
        }
        match found.and_then(|folder| load(&folder)) {
            Ok(loaded) => {
                followed.loaded = loaded;
                Look::Taken(self.take(previous, followed))
            }
            Err(invalid) => {
                self.set_trouble(&now, invalid.first().cloned());
                Look::Refused(invalid)
            }
        }
    }

    fn take(&self, previous: PolicyDigest, followed: &mut Followed) -> PolicyTaken {
        let at = self.clock.now();
        let current = followed.on_duty(at);
        self.in_force.store(Arc::new(InForce {
            snapshot: Arc::clone(&current),
            loaded_at: at,
            trouble: None,
        }));
        PolicyTaken { previous, current, at }
    }

    fn set_trouble(&self, now: &InForce, trouble: Option<PolicyTrouble>) {
        if now.trouble != trouble {
            self.in_force.store(Arc::new(InForce {
                snapshot: Arc::clone(&now.snapshot),
                loaded_at: now.loaded_at,
                trouble,
            }));
        }
    }

    /// Looks at each tick, and tells of each policy that comes into force before it looks again.
    /// Ends with the ticks.
    pub async fn follow<F>(
        self: Arc<Self>,
        mut ticks: impl Stream + Unpin,
        mut taken: impl FnMut(PolicyTaken) -> F,
    ) where
        F: Future<Output = ()>,
    {
        while ticks.next().await.is_some() {
            let this = Arc::clone(&self);
            let before = this.status().trouble;
            match tokio::task::spawn_blocking(move || this.look()).await {
                Ok(Look::Taken(policy)) => taken(policy).await,
                Ok(Look::Refused(invalid)) if before.as_ref() != invalid.first() => {
                    tracing::warn!(%invalid, "the policy folder is not valid; the last valid policy stays in force");
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "looking at the policy folder failed"),
            }
        }
    }
}

impl Followed {
    /// The policy with whomever calendars put on call by now. What there is to know about them is told once.
    fn on_duty(&mut self, now: Timestamp) -> Arc<PolicySnapshot> {
        let addresses: Vec<_> = self.loaded.fetched_calendars().map(|(_, it)| it.clone()).collect();
        self.copies.retain(&addresses);
        let on_duty = self.loaded.on_duty(&self.copies, now);
        for notice in on_duty.notices.iter().filter(|notice| !self.notices.contains(notice)) {
            tracing::warn!(%notice, "a calendar needs to be looked at");
        }
        show(&on_duty.notices);
        self.notices = on_duty.notices;
        on_duty.snapshot
    }
}

impl PolicySource for FollowedPolicy {
    fn current(&self) -> Arc<PolicySnapshot> {
        Arc::clone(&self.in_force.load().snapshot)
    }

    fn status(&self) -> PolicyStatus {
        let in_force = self.in_force.load();
        PolicyStatus {
            digest: in_force.snapshot.policy.digest,
            loaded_at: in_force.loaded_at,
            trouble: in_force.trouble.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use domain::testkit::ManualClock;
    use futures::stream;

    use super::*;

    struct Bench {
        dir: tempfile::TempDir,
        clock: Arc<ManualClock>,
        policy: Arc<FollowedPolicy>,
    }

    fn bench() -> Bench {
        let dir = tempfile::tempdir().unwrap();
        Folder::demo().write(dir.path()).unwrap();
        let clock = Arc::new(ManualClock::default());
        let policy = FollowedPolicy::open(dir.path(), clock.clone()).unwrap();
        Bench { dir, clock, policy: Arc::new(policy) }
    }

    impl Bench {
        fn append(&self, file: &str, text: &str) {
            let path = self.dir.path().join(file);
            let old = fs::read_to_string(&path).unwrap();
            fs::write(path, format!("{old}{text}")).unwrap();
        }
    }

    #[test]
    fn a_changed_folder_is_taken_once_it_stands_still() {
        let bench = bench();
        let before = bench.policy.status();
        assert!(matches!(bench.policy.look(), Look::Same));

        bench.clock.advance(Duration::from_mins(1));
        bench.append("CODEOWNERS", "/demo/loyalty-pilot/ @treasury\n");
        assert!(matches!(bench.policy.look(), Look::Moving));
        assert_eq!(bench.policy.status(), before);
        let Look::Taken(taken) = bench.policy.look() else { panic!("the folder stood still") };

        let after = bench.policy.status();
        assert_eq!(taken.previous, before.digest);
        assert_eq!(taken.current.policy.digest, after.digest);
        assert_eq!(after.loaded_at, taken.at);
        assert!(after.loaded_at > before.loaded_at);
        let owners =
            bench.policy.current().policy.ownership.owners(&"demo/loyalty-pilot".parse().unwrap());
        assert_eq!(owners.len(), 1);
        assert!(matches!(bench.policy.look(), Look::Same));
    }

    #[test]
    fn an_invalid_folder_leaves_the_last_policy_in_force() {
        let bench = bench();
        let before = bench.policy.status();
        bench.append("people.toml", "[people.BAD]\n");
        bench.policy.look();
        assert!(matches!(bench.policy.look(), Look::Refused(_)));
        let status = bench.policy.status();
        assert_eq!(status.digest, before.digest);
        assert_eq!(status.loaded_at, before.loaded_at);
        assert_eq!(status.trouble.unwrap().file, "people.toml");

        Folder::demo().write(bench.dir.path()).unwrap();
        bench.policy.look();
        assert!(matches!(bench.policy.look(), Look::Same));
        assert_eq!(bench.policy.status(), before);
    }

    #[test]
    fn a_folder_that_vanishes_is_trouble_and_takes_nothing_away() {
        let bench = bench();
        let people = bench.policy.current().policy.people.len();
        fs::remove_file(bench.dir.path().join("teams.toml")).unwrap();
        bench.policy.look();
        assert!(matches!(bench.policy.look(), Look::Refused(_)));
        assert_eq!(bench.policy.current().policy.people.len(), people);
        let trouble = bench.policy.status().trouble.unwrap();
        assert_eq!(trouble.to_string(), "teams.toml: is missing");
    }

    #[test]
    fn a_folder_that_is_not_valid_does_not_open() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::default());
        assert!(FollowedPolicy::open(dir.path(), clock).is_err());
    }

    #[tokio::test]
    async fn whoever_follows_is_told_of_each_policy_once() {
        let bench = bench();
        bench.append("CODEOWNERS", "# a remark\n");
        let mut told = Vec::new();
        let ticks = stream::iter([(); 5]);
        let policy = Arc::clone(&bench.policy);
        policy
            .follow(ticks, |taken| {
                told.push(taken.current.policy.digest);
                std::future::ready(())
            })
            .await;
        assert_eq!(told, [bench.policy.status().digest]);
    }
}
