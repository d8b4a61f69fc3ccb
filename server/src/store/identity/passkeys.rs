//! Passkeys: what the relying party keeps of each, and whose it is.

use domain::{
    identity::{CredentialId, InvalidLabel, Passkey, PasskeyChange, PasskeyError, PasskeyRecord},
    names::Login,
    store::StoreError,
    time::Timestamp,
};

use crate::store::{
    connection::{Reading, Recording},
    row::{Row, corrupt},
    statement::{Argument, Connected, statements},
};

statements! {
    ADD[6] = "INSERT INTO passkeys (id, login, label, record, created_at, used_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
    NOTE_USE[4] = "UPDATE passkeys SET record = $3, used_at = $4 WHERE id = $1 AND login = $2";
    REMOVE[2] = "DELETE FROM passkeys WHERE id = $1 AND login = $2";
    REMOVE_ALL[1] = "DELETE FROM passkeys WHERE login = $1";
    ONE[1] = "SELECT id, login, label, record, created_at, used_at FROM passkeys WHERE id = $1";
    OF[1] = "SELECT id, login, label, record, created_at, used_at FROM passkeys \
        WHERE login = $1 ORDER BY created_at, id";
}

/// Whether the credential was new.
pub(in crate::store) async fn add(
    recording: &mut Recording,
    passkey: &Passkey,
) -> Result<bool, StoreError> {
    let arguments = [
        Argument::text(&passkey.id.0),
        Argument::text(&passkey.login),
        Argument::text(passkey.label.as_str()),
        Argument::text(&passkey.record.0),
        Argument::time(passkey.created_at),
        Argument::Integer(passkey.used_at.map(Timestamp::as_micros)),
    ];
    Ok(ADD.execute(recording, arguments).await? == 1)
}

/// Whether that person still has the passkey.
pub(super) async fn note_use(
    on: &mut impl Connected,
    passkey: &Passkey,
) -> Result<bool, StoreError> {
    let arguments = [
        Argument::text(&passkey.id.0),
        Argument::text(&passkey.login),
        Argument::text(&passkey.record.0),
        Argument::Integer(passkey.used_at.map(Timestamp::as_micros)),
    ];
    Ok(NOTE_USE.execute(on, arguments).await? == 1)
}

/// One more or one less, never the last one less.
pub(super) async fn change(
    recording: &mut Recording,
    login: &Login,
    change: PasskeyChange,
) -> Result<(), PasskeyError> {
    match change {
        PasskeyChange::Add(passkey) => {
            let passkey = Passkey { login: login.clone(), ..*passkey };
            if !add(recording, &passkey).await? {
                return Err(PasskeyError::AlreadyEnrolled);
            }
        }
        PasskeyChange::Remove(id) => {
            let arguments = [Argument::text(&id.0), Argument::text(login)];
            if REMOVE.execute(recording, arguments).await? == 0 {
                return Err(PasskeyError::Unknown);
            }
            if of(recording, login).await?.is_empty() {
                return Err(PasskeyError::Last);
            }
        }
    }
    Ok(())
}

/// Removes every passkey of a person: another one takes their place in the same transaction.
pub(in crate::store) async fn remove_all(
    recording: &mut Recording,
    login: &Login,
) -> Result<u64, StoreError> {
    REMOVE_ALL.execute(recording, [Argument::text(login)]).await
}

pub(super) async fn one(
    reading: &mut Reading,
    id: &CredentialId,
) -> Result<Option<Passkey>, StoreError> {
    let row = ONE.first(reading, [Argument::text(&id.0)]).await?;
    row.as_ref().map(passkey).transpose()
}

/// A person's passkeys, oldest first.
pub(in crate::store) async fn of(
    on: &mut impl Connected,
    login: &Login,
) -> Result<Vec<Passkey>, StoreError> {
    OF.fetch(on, [Argument::text(login)]).await?.iter().map(passkey).collect()
}

fn passkey(row: &Row) -> Result<Passkey, StoreError> {
    Ok(Passkey {
        id: CredentialId(row.text("id")?),
        login: row.parsed("login")?,
        label: row
            .text("label")?
            .try_into()
            .map_err(|error: InvalidLabel| corrupt("label", &error))?,
        record: PasskeyRecord(row.text("record")?),
        created_at: row.time("created_at")?,
        used_at: row.optional_time("used_at")?,
    })
}
