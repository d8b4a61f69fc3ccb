//! Whether a call that failed had left: what tells "nothing was done" from "nobody knows".

use std::error::Error as StdError;

use hyper_util::client::legacy;

/// Whether a call surely never reached the API server: no connection came about, or the console's
/// own credentials could not be had. Whatever else went wrong may have gone wrong on the way back.
pub(in crate::cluster) fn never_left(error: &kube::Error) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<legacy::Error>() {
            return error.is_connect();
        }
        if error.is::<kube::client::AuthError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
