//! JSON between the two halves of a page.
//!
//! What a resource brought with the page is read from text, so what a server function answers is read from text too:
//! for bytes the compiler would write each type's reader a second time.

mod part;

use std::str;

use serde::{Serialize, de::DeserializeOwned};
use server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType,
    codec::{JsonEncoding, Post},
};

use part::Part;
pub use part::Unreadable;

/// The encoding of what server functions answer.
pub(crate) type Json = Post<JsonText>;

/// JSON, read as text.
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        JsonEncoding::encode(value)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        read(str::from_utf8(&bytes).map_err(|_| Unreadable)?)
    }
}

/// Reads JSON.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(Part::parse(text)?)
}

/// Reads what a text stands for: the name of a code, a moment.
pub(crate) fn read_name<T: DeserializeOwned>(name: &str) -> Result<T, Unreadable> {
    T::deserialize(Part::name(name))
}
