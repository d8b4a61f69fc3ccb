//! Sessions: which signed-in browsers there are. Whether one's time ran out is judged elsewhere, by the clock.

use domain::{identity::Session, ids::SessionId, names::Login, store::StoreError, time::Timestamp};

use crate::store::{
    connection::{Reading, Recording, Writing},
    row::Row,
    statement::{Argument, statements},
};

statements! {
    OPEN[5] = "INSERT INTO sessions (id, login, created_at, seen_at, agent) \
        VALUES ($1, $2, $3, $4, $5)";
    ONE[1] = "SELECT id, login, created_at, seen_at, agent FROM sessions WHERE id = $1";
    OF[1] = "SELECT id, login, created_at, seen_at, agent FROM sessions WHERE login = $1 \
        ORDER BY created_at DESC, id DESC";
    TOUCH[2] = "UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
    END[2] = "DELETE FROM sessions WHERE id = $1 AND login = $2";
    END_ALL[1] = "DELETE FROM sessions WHERE login = $1";
}

pub(in crate::store) async fn open(
    recording: &mut Recording,
    session: &Session,
) -> Result<(), StoreError> {
    let arguments = [
        Argument::text(&session.id),
        Argument::text(&session.login),
        Argument::time(session.created_at),
        Argument::time(session.seen_at),
        Argument::text(&session.agent),
    ];
    OPEN.execute(recording, arguments).await?;
    Ok(())
}

pub(super) async fn one(
    reading: &mut Reading,
    id: SessionId,
) -> Result<Option<Session>, StoreError> {
    let row = ONE.first(reading, [Argument::text(&id)]).await?;
    row.as_ref().map(session).transpose()
}

/// A person's sessions, newest first.
pub(super) async fn of(reading: &mut Reading, login: &Login) -> Result<Vec<Session>, StoreError> {
    OF.fetch(reading, [Argument::text(login)]).await?.iter().map(session).collect()
}

pub(super) async fn touch(
    writing: &mut Writing,
    id: SessionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    TOUCH.execute(writing, [Argument::text(&id), Argument::time(now)]).await?;
    Ok(())
}

/// How many sessions ended: one, or none when the person has no such session.
pub(super) async fn end(
    recording: &mut Recording,
    login: &Login,
    id: SessionId,
) -> Result<u64, StoreError> {
    END.execute(recording, [Argument::text(&id), Argument::text(login)]).await
}

/// How many sessions ended.
pub(in crate::store) async fn end_all(
    recording: &mut Recording,
    login: &Login,
) -> Result<u64, StoreError> {
    END_ALL.execute(recording, [Argument::text(login)]).await
}

fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.parsed("id")?,
        login: row.parsed("login")?,
        created_at: row.time("created_at")?,
        seen_at: row.time("seen_at")?,
        agent: row.text("agent")?,
    })
}
