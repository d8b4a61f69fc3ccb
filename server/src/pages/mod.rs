//! The pages: `app` rendered on the server, and the files its browser half is made of.
//!
//! Decides nothing; what a page may show is asked of the console by the page's own server functions.

mod failures;
mod reads;
mod routes;
mod site;

pub use routes::{pages, server_function_paths};
pub use site::{Site, SiteError};
