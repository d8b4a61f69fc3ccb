//! The way in, one's own passkeys and sessions, and the people of the console.

mod account;
mod enrol;
mod passkey_list;
mod passkeys;
mod people;
mod read;
mod session_list;
mod sign_in;
mod sign_out;

pub(crate) use account::AccountPage;
pub(crate) use enrol::EnrolPage;
pub(crate) use people::PeoplePage;
pub(crate) use read::{Viewer, read_viewer};
pub(crate) use sign_in::{SignInAgain, SignInPage};
