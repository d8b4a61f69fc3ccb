//! Calls that the console makes to the outside: over TLS, to public addresses, once.
//!
//! Never follows a redirect, uses a proxy or keeps a connection, and never connects to an address that was not checked.
//! Clusters and databases are no business of this: their addresses are the operator's own.

mod address;
mod client;
mod connector;
mod networks;
mod resolver;

pub use client::{Answer, CallError, Client, FetchError, Fetched, NoTls};
pub use connector::ConnectError;
pub use networks::{InvalidNetwork, Networks};
pub use resolver::{Resolver, SystemResolver};
