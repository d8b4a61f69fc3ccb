//! Removal of `__Host-` cookies.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// Marks removals of our cookies `Secure`: the session layer leaves that out, and browsers then ignore a
/// removal of a `__Host-` cookie.
pub(in crate::http) async fn secure_removals(mut response: Response) -> Response {
    if let header::Entry::Occupied(mut set) = response.headers_mut().entry(header::SET_COOKIE) {
        for cookie in set.iter_mut() {
            if let Some(mended) = mended(cookie) {
                *cookie = mended;
            }
        }
    }
    response
}

fn mended(cookie: &HeaderValue) -> Option<HeaderValue> {
    let text = cookie.to_str().ok()?;
    let secure = text.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure"));
    if secure || !text.starts_with("__Host-") {
        return None;
    }
    HeaderValue::from_str(&format!("{text}; Secure")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_host_cookies_that_lack_it_are_marked() {
        let mended = |text: &'static str| {
            mended(&HeaderValue::from_static(text)).map(|value| value.to_str().unwrap().to_owned())
        };
        let removal = "__Host-sekisho=; Path=/; Max-Age=0";
        assert_eq!(mended(removal), Some(format!("{removal}; Secure")));
        assert_eq!(mended("__Host-sekisho=x; Secure; Path=/"), None);
        assert_eq!(mended("other=; Max-Age=0"), None);
    }
}
