//! Reading rows: what does not parse is reported as corrupt, by column.

use std::{fmt::Display, str::FromStr};

use domain::{store::StoreError, time::Timestamp};
use serde::de::DeserializeOwned;
use sqlx::{Any, Decode, Row as _, Type, any::AnyRow};

use super::failure::failure;

/// One row of an answer.
pub(super) struct Row(AnyRow);

impl Row {
    pub(super) const fn new(row: AnyRow) -> Self {
        Self(row)
    }

    pub(super) fn text(&self, column: &'static str) -> Result<String, StoreError> {
        self.get(column)
    }

    pub(super) fn integer(&self, column: &'static str) -> Result<i64, StoreError> {
        self.get(column)
    }

    pub(super) fn bytes(&self, column: &'static str) -> Result<Vec<u8>, StoreError> {
        self.get(column)
    }

    pub(super) fn time(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.get(column).map(Timestamp::from_micros)
    }

    pub(super) fn optional_time(
        &self,
        column: &'static str,
    ) -> Result<Option<Timestamp>, StoreError> {
        let micros: Option<i64> = self.get(column)?;
        Ok(micros.map(Timestamp::from_micros))
    }

    pub(super) fn parsed<T: FromStr<Err: Display>>(
        &self,
        column: &'static str,
    ) -> Result<T, StoreError> {
        self.text(column)?.parse().map_err(|error| corrupt(column, &error))
    }

    pub(super) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        serde_json::from_str(&self.text(column)?).map_err(|error| corrupt(column, &error))
    }

    pub(super) fn optional_json<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.get(column)?;
        let read = |text: String| serde_json::from_str(&text);
        text.map(read).transpose().map_err(|error| corrupt(column, &error))
    }

    /// A number that counts something.
    pub(super) fn count(&self, column: &'static str) -> Result<u32, StoreError> {
        self.integer(column)?.try_into().map_err(|error| corrupt(column, &error))
    }

    fn get<'r, T>(&'r self, column: &'static str) -> Result<T, StoreError>
    where
        T: Decode<'r, Any> + Type<Any>,
    {
        self.0.try_get(column).map_err(failure)
    }
}

/// What stands in a column is not what was written there.
pub(super) fn corrupt(column: &str, error: &dyn Display) -> StoreError {
    StoreError::Corrupt(format!("column {column}: {error}"))
}
