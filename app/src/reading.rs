//! What a page reads: on the server for the page as it is sent, in the browser whenever it has to be read anew.
//!
//! Whatever is read is kept as a thing of one type, so that the browser's half holds what waits for it once and not for
//! each page anew. It goes with the page as text; only who shows it reads that.

use std::{
    any::Any,
    convert::Infallible,
    fmt,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    str::FromStr,
    sync::{Arc, OnceLock},
};

use domain::ProblemCode;
use leptos::{prelude::*, server::codee::string::FromToStringCodec};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Failure, wire::read};

/// What can go with a page and come out of it again.
pub(crate) trait Readable:
    Clone + Serialize + DeserializeOwned + Send + Sync + 'static
{
}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Readable for T {}

/// What a page reads, and reads anew when what it asks for changes.
pub(crate) struct Reading<T> {
    last: Last,
    of: PhantomData<fn() -> T>,
}

/// What was read last.
pub(crate) type Last = Resource<Kept, FromToStringCodec>;

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T: Readable> Reading<T> {
    /// Reads what `wanted` asks for.
    pub(crate) fn new<W, F>(
        wanted: impl Fn() -> W + Send + Sync + 'static,
        read: impl Fn(W) -> F + Send + Sync + 'static,
    ) -> Self
    where
        W: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let read = Arc::new(read);
        let wish = move || {
            let (wanted, read) = (wanted(), read.clone());
            let of = Arc::new(wanted.clone());
            let read = move || -> Later {
                let read = read(wanted.clone());
                Box::pin(async move { Kept::of(read.await) })
            };
            Wish { of, read: Arc::new(read) }
        };
        Self { last: granted(Box::new(wish)), of: PhantomData }
    }

    /// What was read last, to wait for.
    pub(crate) fn last(self) -> Last {
        self.last
    }

    /// Looks at what was read last, once there is something; follows it.
    pub(crate) fn with<U>(self, look: impl FnOnce(Option<&Result<T, Failure>>) -> U) -> U {
        self.last.with(|kept| look(kept.as_ref().and_then(Kept::open)))
    }
}

/// Of one type, so that the browser's half holds it once and not for each page anew.
fn granted(wish: Box<dyn Fn() -> Wish + Send + Sync>) -> Last {
    Resource::new_str(wish, |wish| (wish.read)())
}

type Later = Pin<Box<dyn Future<Output = Kept> + Send>>;

/// What is wanted, and how it is read. It is the same wish as long as the same is wanted.
#[derive(Clone)]
struct Wish {
    of: Arc<dyn Same>,
    read: Arc<dyn Fn() -> Later + Send + Sync>,
}

impl PartialEq for Wish {
    fn eq(&self, other: &Self) -> bool {
        self.of.is(other.of.as_any())
    }
}

/// What can be compared with anything.
trait Same: Send + Sync {
    fn is(&self, other: &dyn Any) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<W: PartialEq + Send + Sync + 'static> Same for W {
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What was read, whatever it is: as text, as itself, or as both.
#[derive(Clone)]
pub(crate) struct Kept(Arc<(String, OnceLock<Box<dyn Any + Send + Sync>>)>);

impl Kept {
    fn of<T: Readable>(read: Result<T, Failure>) -> Self {
        let text = text(&read);
        let read: Box<dyn Any + Send + Sync> = Box::new(read);
        Self(Arc::new((text, OnceLock::from(read))))
    }

    /// What was read; nothing where something else was.
    pub(crate) fn open<T: Readable>(&self) -> Option<&Result<T, Failure>> {
        let Self(kept) = self;
        let (text, opened) = kept.as_ref();
        let from_text = || -> Box<dyn Any + Send + Sync> {
            let read: Result<T, Failure> =
                read(text).unwrap_or_else(|_| Err(ProblemCode::Internal.into()));
            Box::new(read)
        };
        opened.get_or_init(from_text).downcast_ref()
    }
}

impl FromStr for Kept {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(Arc::new((text.to_owned(), OnceLock::new()))))
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.0)
    }
}

/// What was read, as it goes with the page.
#[cfg(feature = "ssr")]
fn text<T: Readable>(read: &Result<T, Failure>) -> String {
    serde_json::to_string(read).unwrap_or_default()
}

/// Nothing: what the browser read goes nowhere.
#[cfg(not(feature = "ssr"))]
fn text<T: Readable>(_read: &Result<T, Failure>) -> String {
    String::new()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_goes_with_the_page_and_comes_out_of_it() {
        for read in [Ok(7), Err(Failure::Unreachable)] {
            let kept = Kept::of::<u32>(read.clone());
            let Ok(arrived) = kept.to_string().parse::<Kept>();
            assert_eq!(kept.open(), Some(&read));
            assert_eq!(arrived.open(), Some(&read));
        }
    }

    #[test]
    fn what_does_not_arrive_whole_is_an_internal_problem() {
        let Ok(kept) = "{\"Ok\":".parse::<Kept>();
        assert_eq!(kept.open::<u32>(), Some(&Err(ProblemCode::Internal.into())));
    }

    #[test]
    fn a_wish_is_the_same_as_long_as_the_same_is_wanted() {
        let wish = |n: u32| Wish { of: Arc::new(n), read: Arc::new(|| unreachable!()) };
        assert!(wish(1) == wish(1));
        assert!(wish(1) != wish(2));
    }
}
