//! Following the calendars of the policy in force: those elsewhere are fetched at intervals, all are expanded anew.
//!
//! A fetch that fails takes nothing away: the last good copy counts until it is stale. Nothing waits for a calendar.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::{
    canonical::Digest,
    time::{Clock, Timestamp},
};
use futures::{Stream, StreamExt, future::join_all};
use tokio::task::spawn_blocking;

use super::{CalendarAddress, FollowedPolicy, LoadedPolicy, NotFetched, on_call::count_fetch};
use crate::{calendar::Calendar, outgoing::Client};

/// How long a copy is left alone.
const FETCH: Duration = Duration::from_mins(5);
/// How soon a fetch that failed is tried again.
const RETRY: Duration = Duration::from_mins(1);
/// How often calendars are expanded at least.
const EXPAND: Duration = Duration::from_hours(1);

/// Follows the calendars of a policy.
pub struct FollowedCalendars {
    policy: Arc<FollowedPolicy>,
    clock: Arc<dyn Clock>,
    client: Option<Client>,
    /// When each is to be fetched next, and why that failed last.
    due: BTreeMap<CalendarAddress, Due>,
    expanded_at: Timestamp,
}

#[derive(Default)]
struct Due {
    at: Option<Timestamp>,
    trouble: Option<String>,
    /// Of the last good copy.
    digest: Option<Digest>,
}

/// What came of fetching a calendar.
struct Attempt<'a> {
    /// A rotation that has it.
    rotation: &'a str,
    address: &'a CalendarAddress,
    result: Result<Calendar, NotFetched>,
}

impl FollowedCalendars {
    /// The calendars of that policy, fetched over that client; without one, none are.
    #[must_use]
    pub fn of(policy: Arc<FollowedPolicy>, clock: Arc<dyn Clock>, client: Option<Client>) -> Self {
        let expanded_at = clock.now();
        Self { policy, clock, client, due: BTreeMap::new(), expanded_at }
    }

    /// Looks after them at each tick. Ends with the ticks.
    pub async fn follow(mut self, mut ticks: impl Stream + Unpin) {
        while ticks.next().await.is_some() {
            self.look().await;
        }
    }

    /// Fetches what is due, all at once, and expands calendars where that is due.
    pub async fn look(&mut self) {
        let policy = Arc::clone(&self.policy);
        // Whoever changes the policy may keep it for a while.
        let Ok(loaded) = spawn_blocking(move || policy.loaded()).await else { return };
        let now = self.clock.now();
        let attempts = self.fetch_due(&loaded, now).await;
        let expansion_is_due = loaded.has_calendars() && now.since(self.expanded_at) >= EXPAND;
        if attempts.is_empty() && !expansion_is_due {
            return;
        }
        let mut copies = Vec::new();
        for Attempt { rotation, address, result } in attempts {
            count_fetch(&result);
            self.note(address, rotation, &result);
            copies.extend(result.ok().map(|calendar| (address.clone(), calendar)));
        }
        self.expand(copies).await;
    }

    async fn fetch_due<'a>(
        &mut self,
        loaded: &'a LoadedPolicy,
        now: Timestamp,
    ) -> Vec<Attempt<'a>> {
        let named: BTreeMap<_, _> =
            loaded.fetched_calendars().map(|(rotation, address)| (address, rotation)).collect();
        self.due.retain(|address, _| named.contains_key(address));
        let is_due = |address: &CalendarAddress| {
            self.due.get(address).and_then(|due| due.at).is_none_or(|at| at <= now)
        };
        let due = named.into_iter().filter(|(address, _)| is_due(address));
        let client = self.client.as_ref();
        let attempts = due.map(async |(address, rotation)| {
            let result = address.fetch(client, now).await;
            Attempt { rotation, address, result }
        });
        join_all(attempts).await
    }

    /// Notes when to fetch next. What changed is told once: a calendar, or why there is none.
    fn note(
        &mut self,
        address: &CalendarAddress,
        rotation: &str,
        result: &Result<Calendar, NotFetched>,
    ) {
        let due = self.due.entry(address.clone()).or_default();
        let wait = match result {
            Ok(calendar) => {
                let digest = calendar.digest();
                let is_other = due.digest.replace(digest) != Some(digest);
                if due.trouble.take().is_some() || is_other {
                    tracing::info!(%rotation, %digest, "a calendar was fetched");
                }
                FETCH
            }
            Err(error) => {
                let trouble = error.to_string();
                if due.trouble.as_ref() != Some(&trouble) {
                    tracing::warn!(%rotation, %trouble, "a calendar was not fetched; its last good copy counts until it is stale");
                }
                due.trouble = Some(trouble);
                RETRY
            }
        };
        due.at = Some(self.clock.now().plus(wait));
    }

    async fn expand(&mut self, copies: Vec<(CalendarAddress, Calendar)>) {
        let policy = Arc::clone(&self.policy);
        let expanded = spawn_blocking(move || policy.take_calendars(copies)).await;
        match expanded {
            Ok(()) => self.expanded_at = self.clock.now(),
            Err(error) => tracing::error!(%error, "expanding calendars broke down"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use axum::{
        Router,
        http::StatusCode,
        response::{IntoResponse, Redirect, Response},
    };
    use domain::{
        policy::{PolicySource, RoleName},
        testkit::ManualClock,
    };
    use tokio::net::TcpListener;

    use super::*;
    use crate::{
        outgoing::SystemResolver,
        policy::{Folder, Look, folder::ON_CALL},
    };

    const NIGHT: &str = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Night\n\
        DTSTART:20260101T000000Z\nDTEND:20260201T000000Z\nEND:VEVENT\nEND:VCALENDAR\n";

    /// What somebody on loopback answers next.
    #[derive(Clone)]
    enum Says {
        Text(String),
        Status(StatusCode),
        Redirect,
        Nothing,
    }

    impl Says {
        async fn answer(self) -> Response {
            match self {
                Self::Text(text) => text.into_response(),
                Self::Status(status) => status.into_response(),
                Self::Redirect => Redirect::permanent("/elsewhere.ics").into_response(),
                Self::Nothing => std::future::pending().await,
            }
        }
    }

    struct Bench {
        dir: tempfile::TempDir,
        clock: Arc<ManualClock>,
        says: Arc<Mutex<Says>>,
        policy: Arc<FollowedPolicy>,
        calendars: FollowedCalendars,
    }

    /// A policy whose one rotation has its calendar on loopback, where that network is listed.
    async fn bench(networks: &str) -> Bench {
        let says = Arc::new(Mutex::new(Says::Text(NIGHT.to_owned())));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let speaker = Arc::clone(&says);
        let router = Router::new().fallback(async move || {
            let says = speaker.lock().unwrap().clone();
            says.answer().await
        });
        tokio::spawn(axum::serve(listener, router).into_future());
        let dir = tempfile::tempdir().unwrap();
        Folder::demo()
            .with(ON_CALL, rotation(port, "engineer").as_bytes())
            .write(dir.path())
            .unwrap();
        let clock = Arc::new(ManualClock::default());
        let policy = Arc::new(FollowedPolicy::open(dir.path(), clock.clone()).unwrap());
        let (resolver, networks) = (Arc::new(SystemResolver), networks.parse().unwrap());
        let client = Client::new(resolver, networks, Duration::from_millis(300)).unwrap();
        let calendars = FollowedCalendars::of(policy.clone(), clock.clone(), Some(client));
        Bench { dir, clock, says, policy, calendars }
    }

    fn rotation(port: u16, login: &str) -> String {
        format!(
            "[rotations.night]\nrole = \"on-duty\"\ncalendar = \"http://127.0.0.1:{port}/private-hunter2.ics\"\n\
             calendar_stale_after = \"2h\"\npeople = {{ night = \"{login}\" }}\n"
        )
    }

    impl Bench {
        fn say(&self, says: Says) {
            *self.says.lock().unwrap() = says;
        }

        /// Time passes, and calendars are looked after.
        async fn after(&mut self, minutes: u64) -> bool {
            self.clock.advance(Duration::from_mins(minutes));
            self.calendars.look().await;
            self.is_on_call("engineer")
        }

        fn is_on_call(&self, login: &str) -> bool {
            let (policy, at) = (self.policy.current(), self.clock.now());
            let duty: RoleName = "on-duty".to_owned();
            policy.policy.on_call.roles_of(&login.parse().unwrap(), at).contains(&duty)
        }
    }

    #[tokio::test]
    async fn whoever_a_fetched_calendar_names_is_on_call() {
        let mut bench = bench("127.0.0.1").await;
        assert!(!bench.is_on_call("engineer"), "it was not fetched yet");
        let digest = bench.policy.status().digest;
        assert!(bench.after(0).await);
        assert_eq!(
            bench.policy.status().digest,
            digest,
            "what was fetched is no part of the policy"
        );
        bench.say(Says::Text(NIGHT.replace("SUMMARY:Night", "SUMMARY:Nobody")));
        assert!(bench.after(4).await, "it is left alone for some minutes");
        assert!(!bench.after(1).await, "a name that reviewed code does not list has no power");
    }

    #[tokio::test]
    async fn the_last_good_copy_counts_until_it_is_stale() {
        for failing in [
            Says::Status(StatusCode::INTERNAL_SERVER_ERROR),
            Says::Status(StatusCode::NO_CONTENT),
            Says::Redirect,
            Says::Nothing,
            Says::Text(NIGHT.replace("END:VCALENDAR", "")),
            Says::Text("<html>Sign in</html>".to_owned()),
            Says::Text(NIGHT.replace("END:VCALENDAR", &"X:y\n".repeat(300_000))),
            Says::Text(
                NIGHT.replace("SUMMARY", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY"),
            ),
        ] {
            let mut bench = bench("127.0.0.1").await;
            assert!(bench.after(0).await);
            bench.say(failing);
            assert!(bench.after(60).await);
            assert!(bench.after(59).await);
            bench.clock.advance(Duration::from_secs(59));
            assert!(bench.is_on_call("engineer"), "up to the last second");
            bench.clock.advance(Duration::from_secs(1));
            assert!(!bench.is_on_call("engineer"), "even if nobody looks after it");
            assert!(!bench.after(1).await);
            bench.say(Says::Text(NIGHT.to_owned()));
            assert!(bench.after(1).await, "a fetch that failed is tried again after a minute");
        }
    }

    #[tokio::test]
    async fn what_is_private_is_not_fetched_unless_it_is_listed() {
        let mut bench = bench("127.0.0.2").await;
        assert!(!bench.after(0).await);
        let address = bench.policy.loaded();
        let (_, address) = address.fetched_calendars().next().unwrap();
        let refused = address.fetch(bench.calendars.client.as_ref(), bench.clock.now()).await;
        let refused = refused.unwrap_err();
        assert!(refused.to_string().contains("127.0.0.1 is no public address"), "{refused}");
        for told in [format!("{refused:?} {refused}"), format!("{address:?}")] {
            assert!(!told.contains("hunter2"), "{told}");
        }
    }

    #[tokio::test]
    async fn another_policy_reads_the_same_copy_in_its_own_way() {
        let mut bench = bench("127.0.0.1").await;
        assert!(bench.after(0).await);
        let file = bench.dir.path().join(ON_CALL);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace("\"engineer\"", "\"approver\"")).unwrap();
        bench.policy.look();
        let Look::Taken(taken) = bench.policy.look() else { panic!("the folder stood still") };
        let approver = "approver".parse().unwrap();
        assert_eq!(taken.current.policy.on_call.roles_of(&approver, taken.at).len(), 1);
        assert!(bench.is_on_call("approver") && !bench.is_on_call("engineer"));
        std::fs::remove_file(&file).unwrap();
        bench.policy.look();
        bench.policy.look();
        bench.calendars.look().await;
        assert!(bench.calendars.due.is_empty(), "a calendar that nobody names is not fetched");
    }

    #[tokio::test]
    async fn without_a_client_nothing_is_fetched() {
        let mut bench = bench("127.0.0.1").await;
        bench.calendars.client = None;
        assert!(!bench.after(0).await);
    }

    #[tokio::test]
    async fn a_calendar_of_the_folder_is_expanded_anew_as_time_passes() {
        let rotation = "[rotations.night]\nrole = \"on-duty\"\ncalendar = \"duty.ics\"\n\
             people = { night = \"engineer\" }\n";
        let mut bench = bench("127.0.0.1").await;
        let folder = Folder::demo().with(ON_CALL, rotation.as_bytes());
        folder.with("duty.ics", NIGHT.as_bytes()).write(bench.dir.path()).unwrap();
        bench.policy.look();
        bench.policy.look();
        assert!(bench.is_on_call("engineer"));
        bench.clock.advance(Duration::from_hours(20 * 24));
        assert!(!bench.is_on_call("engineer"), "nobody looked after it");
        assert!(bench.after(0).await);
    }
}
