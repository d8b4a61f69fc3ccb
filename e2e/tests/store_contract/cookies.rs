//! Cookies: found by their secret, judged by our clock, and of no use to whoever reads the database.

use std::{collections::HashMap, sync::Arc};

use domain::testkit::ManualClock;
use sekisho::store::Cookies;
use serde_json::json;
use sqlx::Row;
use time::{Duration, OffsetDateTime};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};

use crate::{
    databases::Database,
    fixtures::{MINUTE, start},
};

on_both!(a_cookie_lives_until_its_time_or_its_end, the_secret_is_not_in_the_database);

fn record() -> Record {
    let now = OffsetDateTime::from_unix_timestamp_nanos(i128::from(start().as_micros()) * 1000);
    Record {
        id: Id::default(),
        data: HashMap::from([("session".to_owned(), json!("0190"))]),
        expiry_date: now.expect("a moment") + Duration::minutes(10),
    }
}

fn clock() -> Arc<ManualClock> {
    let clock = ManualClock::default();
    clock.set(start());
    Arc::new(clock)
}

async fn a_cookie_lives_until_its_time_or_its_end(db: Database) {
    let clock = clock();
    let cookies = Cookies::new(db.store.clone(), clock.clone());
    let mut first = record();
    cookies.create(&mut first).await.expect("created");
    let mut second = first.clone();
    cookies.create(&mut second).await.expect("created");
    assert_ne!(first.id, second.id, "an id that is taken is not taken over");

    first.data.insert("seen".to_owned(), json!(1));
    cookies.save(&first).await.expect("saved");
    assert_eq!(cookies.load(&first.id).await.expect("loaded"), Some(first.clone()));
    cookies.delete(&second.id).await.expect("deleted");
    cookies.save(&second).await.expect("saved");
    assert_eq!(cookies.load(&second.id).await.expect("loaded"), None, "it stays deleted");

    clock.advance(MINUTE * 10);
    assert_eq!(cookies.load(&first.id).await.expect("loaded"), None);
}

async fn the_secret_is_not_in_the_database(db: Database) {
    let cookies = Cookies::new(db.store.clone(), clock());
    let mut record = record();
    cookies.create(&mut record).await.expect("created");
    let row = sqlx::query("SELECT digest, data FROM cookies")
        .fetch_one(&mut db.as_owner().await)
        .await
        .expect("a row");
    let row: (String, String) = (row.get(0), row.get(1));
    for secret in [record.id.to_string(), record.id.0.to_string()] {
        assert!(!row.0.contains(&secret) && !row.1.contains(&secret));
    }
}
