//! One-time enrolment links: their digests, one per person.

use domain::{
    canonical::Digest, identity::EnrolmentLink, names::Login, store::StoreError, time::Timestamp,
};

use crate::store::{
    connection::{Reading, Recording},
    statement::{Argument, statements},
};

statements! {
    VOID[1] = "DELETE FROM links WHERE login = $1";
    KEEP[3] = "INSERT INTO links (digest, login, expires_at) VALUES ($1, $2, $3)";
    STANDING[2] = "SELECT login, expires_at FROM links WHERE digest = $1 AND expires_at > $2";
    USE_UP[3] = "DELETE FROM links WHERE digest = $1 AND login = $2 AND expires_at > $3";
}

/// Keeps a link instead of any earlier one of that person.
pub(super) async fn create(
    recording: &mut Recording,
    link: &EnrolmentLink,
) -> Result<(), StoreError> {
    void(recording, &link.login).await?;
    let arguments = [
        Argument::text(&link.digest),
        Argument::text(&link.login),
        Argument::time(link.expires_at),
    ];
    KEEP.execute(recording, arguments).await?;
    Ok(())
}

/// How many links of a person ended.
pub(in crate::store) async fn void(
    recording: &mut Recording,
    login: &Login,
) -> Result<u64, StoreError> {
    VOID.execute(recording, [Argument::text(login)]).await
}

/// The link of that digest, unless it ran out.
pub(super) async fn standing(
    reading: &mut Reading,
    digest: Digest,
    now: Timestamp,
) -> Result<Option<EnrolmentLink>, StoreError> {
    let row = STANDING.first(reading, [Argument::text(&digest), Argument::time(now)]).await?;
    row.map(|row| {
        Ok(EnrolmentLink {
            digest,
            login: row.parsed("login")?,
            expires_at: row.time("expires_at")?,
        })
    })
    .transpose()
}

/// Whether the link stood, was this person's, and is now used up.
pub(super) async fn use_up(
    recording: &mut Recording,
    digest: Digest,
    login: &Login,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let arguments = [Argument::text(&digest), Argument::text(login), Argument::time(now)];
    Ok(USE_UP.execute(recording, arguments).await? == 1)
}
