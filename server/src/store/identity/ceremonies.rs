//! Ceremonies under way, and the nonces that the decisions they sign consume.

use domain::{
    approvals::Nonce, canonical::Digest, identity::Ceremony, names::Login, store::StoreError,
    time::Timestamp,
};

use crate::store::{
    connection::{Recording, Writing},
    statement::{Argument, statements},
};

statements! {
    BEGIN[4] = "INSERT INTO ceremonies (digest, kind, state, expires_at) VALUES ($1, $2, $3, $4)";
    TAKE[1] = "DELETE FROM ceremonies WHERE digest = $1 RETURNING kind, state, expires_at";
    KEEP_NONCE[3] = "INSERT INTO nonces (nonce, login, expires_at) VALUES ($1, $2, $3)";
    VOID[1] = "DELETE FROM nonces WHERE login = $1";
    CONSUME[3] = "DELETE FROM nonces WHERE nonce = $1 AND login = $2 AND expires_at > $3";
}

/// Keeps a ceremony, and the nonce that a decision may consume after it.
pub(super) async fn begin(writing: &mut Writing, ceremony: &Ceremony) -> Result<(), StoreError> {
    let kind = serde_json::to_string(&ceremony.kind)
        .map_err(|error| StoreError::Corrupt(format!("ceremony: {error}")))?;
    let arguments = [
        Argument::text(&ceremony.digest),
        Argument::Text(Some(kind)),
        Argument::text(&ceremony.state),
        Argument::time(ceremony.expires_at),
    ];
    BEGIN.execute(writing, arguments).await?;
    if let Some(commitment) = ceremony.kind.opens() {
        let arguments = [
            Argument::text(&commitment.nonce),
            Argument::text(&commitment.person),
            Argument::time(commitment.expires_at),
        ];
        KEEP_NONCE.execute(writing, arguments).await?;
    }
    Ok(())
}

/// Takes a ceremony away, whether it ran out or not.
pub(super) async fn take(
    writing: &mut Writing,
    digest: Digest,
) -> Result<Option<Ceremony>, StoreError> {
    let row = TAKE.first(writing, [Argument::text(&digest)]).await?;
    row.map(|row| {
        Ok(Ceremony {
            digest,
            kind: row.json("kind")?,
            state: row.text("state")?,
            expires_at: row.time("expires_at")?,
        })
    })
    .transpose()
}

/// Whether the nonce was this person's and good at that moment; it is not any more.
pub(in crate::store) async fn consume(
    recording: &mut Recording,
    nonce: Nonce,
    login: &Login,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let arguments = [Argument::text(&nonce), Argument::text(login), Argument::time(now)];
    Ok(CONSUME.execute(recording, arguments).await? == 1)
}

/// Voids whatever a person is in the middle of signing.
pub(in crate::store) async fn void(
    recording: &mut Recording,
    login: &Login,
) -> Result<u64, StoreError> {
    VOID.execute(recording, [Argument::text(login)]).await
}
