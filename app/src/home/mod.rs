//! Home: is my service all right, and is anything waiting for me?

mod page;
mod read;

pub(crate) use page::HomePage;
