//! One policy is in force, the same for all, and each change of it is an entry.

use domain::{
    audit::{EntryAction, EntryOutcome},
    canonical::Digest,
    policy::{PolicyDigest, PolicyStore, PutInForceError},
};

use crate::{
    databases::Database,
    fixtures::{entry, policy},
};

on_both!(a_policy_follows_the_one_it_was_meant_to_follow);

async fn a_policy_follows_the_one_it_was_meant_to_follow(db: Database) {
    let put = entry("platform-admin", EntryAction::Policy, EntryOutcome::Succeeded);
    let newer = PolicyDigest(Digest::of(b"newer"));
    assert_eq!(db.store.current().await, Ok(None));
    let early = db.store.put_in_force(newer, Some(policy()), put.clone()).await;
    assert_eq!(early, Err(PutInForceError::Moved(None)));

    let first = db.store.put_in_force(policy(), None, put.clone()).await.expect("in force");
    assert_eq!(first.sequence, 0, "what was refused left no entry");
    let late = db.store.put_in_force(newer, None, put.clone()).await;
    assert_eq!(late, Err(PutInForceError::Moved(Some(policy()))));
    db.store.put_in_force(newer, Some(policy()), put).await.expect("in force");
    assert_eq!(db.store.current().await, Ok(Some(newer)));
}
