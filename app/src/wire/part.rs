//! What JSON was parsed to, read part by part.
//!
//! The compiler writes a reader for each type that pages show, and that is most of what the browser's half weighs beside
//! its views. So parts know no position and errors no reason, and a struct is read from an object only.

use std::fmt::Display;

use serde::{
    Deserializer,
    de::{
        self, DeserializeSeed, EnumAccess, Expected, MapAccess, SeqAccess, Unexpected,
        VariantAccess, Visitor,
    },
    forward_to_deserialize_any,
};
use serde_json::{Map, Value};

/// That a text is not what it was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer cannot be read")]
pub struct Unreadable;

impl de::Error for Unreadable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A part of what was parsed.
pub(super) struct Part(Value);

impl Part {
    /// All that a text says.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        serde_json::from_str(text).map(Self).map_err(|_| Unreadable)
    }

    /// A name alone.
    pub(super) fn name(name: &str) -> Self {
        Self(name.into())
    }
}

/// Reads what is one of a kind: numbers of each width as the widest.
macro_rules! scalars {
    ($($method:ident: $as:ident, $visit:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.$visit(self.0.$as().ok_or(Unreadable)?)
        })*
    };
}

/// Reads in one way what may be asked for by several names.
macro_rules! alike {
    ($($method:ident: $as:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            self.$as(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for Part {
    type Error = Unreadable;

    scalars! {
        deserialize_bool: as_bool, visit_bool;
        deserialize_u8: as_u64, visit_u64;
        deserialize_u16: as_u64, visit_u64;
        deserialize_u32: as_u64, visit_u64;
        deserialize_u64: as_u64, visit_u64;
        deserialize_i8: as_i64, visit_i64;
        deserialize_i16: as_i64, visit_i64;
        deserialize_i32: as_i64, visit_i64;
        deserialize_i64: as_i64, visit_i64;
        deserialize_f32: as_f64, visit_f64;
        deserialize_f64: as_f64, visit_f64;
    }

    alike! {
        deserialize_str: deserialize_string;
        deserialize_identifier: deserialize_string;
    }

    forward_to_deserialize_any! { char bytes byte_buf unit unit_struct }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(said) => visitor.visit_bool(said),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., Some(number)) => visitor.visit_f64(number),
                _ => Err(Unreadable),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items(items.into_iter())),
            Value::Object(members) => visitor.visit_map(Members::of(members)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value::String(text) = self.0 else { return Err(Unreadable) };
        visitor.visit_string(text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value::Array(items) = self.0 else { return Err(Unreadable) };
        visitor.visit_seq(Items(items.into_iter()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value::Object(members) = self.0 else { return Err(Unreadable) };
        visitor.visit_map(Members::of(members))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, Value::Null),
            Value::Object(members) => members.into_iter().next().ok_or(Unreadable)?,
            _ => return Err(Unreadable),
        };
        visitor.visit_enum(Variant { name, content: Part(content) })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

/// The items of a list.
struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(Part(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The members of an object, and the value of the one whose name was read.
struct Members {
    rest: serde_json::map::IntoIter,
    value: Value,
}

impl Members {
    fn of(members: Map<String, Value>) -> Self {
        Self { rest: members.into_iter(), value: Value::Null }
    }
}

impl<'de> MapAccess<'de> for Members {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unreadable> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Part(Value::String(name))).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Unreadable> {
        seed.deserialize(Part(self.value.take()))
    }
}

/// One of several.
struct Variant {
    name: String,
    content: Part,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unreadable;
    type Variant = Part;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Part), Unreadable> {
        Ok((seed.deserialize(Part(Value::String(self.name)))?, self.content))
    }
}

impl<'de> VariantAccess<'de> for Part {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize, de::DeserializeOwned};

    use crate::wire::{Unreadable, read, read_name};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Newtype(i8);

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum One {
        OfThem,
        Named(String),
        Pair(u8, f64),
        Told { so: bool },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Inside { deep: Vec<Option<u64>> },
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Whole {
        newtype: Newtype,
        ones: Vec<One>,
        tagged: Tagged,
        pair: (u32, i64),
        by_name: BTreeMap<String, Result<(), String>>,
        absent: Option<String>,
        anything: serde_json::Value,
    }

    fn comes_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(read::<T>(&serde_json::to_string(value).unwrap()).as_ref(), Ok(value));
    }

    #[test]
    fn whatever_is_written_is_read() {
        let told =
            [One::OfThem, One::Named("a".into()), One::Pair(1, -2.5), One::Told { so: true }];
        comes_back(&Whole {
            newtype: Newtype(-3),
            ones: told.into(),
            tagged: Tagged::Inside { deep: vec![Some(u64::MAX), None] },
            pair: (7, i64::MIN),
            by_name: [("well".into(), Ok(())), ("ill".into(), Err("why".into()))].into(),
            absent: None,
            anything: serde_json::json!({"a": [1, -1, 1.5, "\u{e9}\"", null, false]}),
        });
    }

    #[test]
    fn members_may_be_absent_or_unknown_where_a_struct_says_so() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Lenient {
            option: Option<u8>,
            #[serde(default)]
            list: Vec<u8>,
        }
        let read = read::<Lenient>(r#"{"new":{"since":1}}"#);
        assert_eq!(read, Ok(Lenient { option: None, list: Vec::new() }));
    }

    #[test]
    fn what_is_something_else_cannot_be_read() {
        assert_eq!(read::<Newtype>("300"), Err(Unreadable));
        assert_eq!(read::<u32>("-1"), Err(Unreadable));
        assert_eq!(read::<u32>("1.5"), Err(Unreadable));
        assert_eq!(read::<String>("7"), Err(Unreadable));
        assert_eq!(read::<One>("\"other\""), Err(Unreadable));
        assert_eq!(read::<Tagged>("{}"), Err(Unreadable));
        assert_eq!(read::<Vec<u8>>("[1"), Err(Unreadable));
        assert_eq!(read::<Vec<u8>>("[1] 2"), Err(Unreadable));
    }

    #[test]
    fn a_name_is_read_as_what_it_names() {
        assert_eq!(read_name("of-them"), Ok(One::OfThem));
        assert_eq!(read_name::<One>("other"), Err(Unreadable));
    }
}
