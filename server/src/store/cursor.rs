//! Cursors: the key of the last item of a page, opaque to whoever holds it, and versioned.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{page::Page, store::StoreError};

use super::row::Row;

/// Where the next page of a list begins.
pub(super) trait Cursor: Sized {
    /// Tells lists and versions of a cursor apart; changes whenever its fields do.
    const VERSION: &'static str;

    /// Its fields; none holds a space.
    fn fields(&self) -> [String; 2];

    /// Reads them back.
    fn from_fields(fields: [&str; 2]) -> Option<Self>;

    /// As a list hands it out.
    fn encode(&self) -> String {
        let [first, second] = self.fields();
        URL_SAFE_NO_PAD.encode(format!("{} {first} {second}", Self::VERSION))
    }

    /// What a list handed out.
    fn decode(text: &str) -> Result<Self, StoreError> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        text.and_then(|text| {
            let mut fields = text.split(' ');
            let version = fields.next()?;
            let (first, second) = (fields.next()?, fields.next()?);
            (version == Self::VERSION && fields.next().is_none())
                .then(|| Self::from_fields([first, second]))?
        })
        .ok_or(StoreError::BadCursor)
    }
}

/// A page of at most `limit` items, of which one more was asked for than it may hold.
pub(super) fn page<T, C: Cursor>(
    mut items: Vec<T>,
    limit: usize,
    key: impl FnOnce(&T) -> C,
) -> Page<T> {
    let more = items.len() > limit;
    items.truncate(limit);
    let last = items.last().filter(|_| more);
    Page { next: last.map(|item| key(item).encode()), items }
}

/// A page of those that can be read. One that somebody spoilt must not keep the others from their end.
pub(super) fn readable<T, C: Cursor + Clone>(
    rows: &[Row],
    limit: usize,
    place: fn(&Row) -> Result<C, StoreError>,
    record: fn(&Row) -> Result<T, StoreError>,
) -> Result<Page<T>, StoreError> {
    let places = rows.iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let Page { items, next } = page(places, limit, C::clone);
    let read = |row| record(row).inspect_err(|error| tracing::error!(%error, "it is passed over"));
    let readable = rows[..items.len()].iter().filter_map(|row| read(row).ok());
    Ok(Page { items: readable.collect(), next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Number(i64);

    impl Cursor for Number {
        const VERSION: &'static str = "number-1";

        fn fields(&self) -> [String; 2] {
            [self.0.to_string(), String::new()]
        }

        fn from_fields([number, nothing]: [&str; 2]) -> Option<Self> {
            nothing.is_empty().then_some(())?;
            number.parse().ok().map(Self)
        }
    }

    #[test]
    fn only_what_was_handed_out_is_taken() {
        assert_eq!(Number::decode(&Number(7).encode()), Ok(Number(7)));
        let other_version = URL_SAFE_NO_PAD.encode("number-2 7 ");
        let longer = URL_SAFE_NO_PAD.encode("number-1 7  x");
        for bad in ["", "7", "é", &other_version, &longer] {
            assert_eq!(Number::decode(bad), Err(StoreError::BadCursor), "{bad}");
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let full = page(vec![3, 2, 1], 2, |n| Number(*n));
        assert_eq!(full.items, [3, 2]);
        assert_eq!(full.next, Some(Number(2).encode()));
        assert_eq!(page(vec![1, 0], 2, |n| Number(*n)).next, None);
    }
}
