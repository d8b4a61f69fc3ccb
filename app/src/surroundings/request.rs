//! The surroundings as the server reads them: from cookies, `Accept-Language` and the configuration.

use http::{header, request::Parts};
use leptos::prelude::*;

use super::{LANGUAGE_COOKIE, Surroundings, THEME_COOKIE};
use crate::messages::Language;

/// What the request and the configuration say. While routes are being listed there is no request.
pub(crate) fn read() -> Surroundings {
    let deployment = use_context().unwrap_or_default();
    let Some(parts) = use_context::<Parts>() else {
        return Surroundings { deployment, ..Surroundings::default() };
    };
    let accepted = || {
        let header = parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Some(Language::accepted(header))
    };
    let chosen = cookie(&parts, LANGUAGE_COOKIE).and_then(|tag| tag.parse().ok());
    Surroundings {
        language: chosen.or_else(accepted).unwrap_or_default(),
        theme: cookie(&parts, THEME_COOKIE).and_then(|name| name.parse().ok()).unwrap_or_default(),
        deployment,
    }
}

/// The value of a cookie that holds no more than a short word.
fn cookie<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let request = Request::builder()
            .header(header::COOKIE, "not_sekisho_theme=light; sekisho_theme_x=light")
            .header(header::COOKIE, "other=1; sekisho_theme=dark")
            .body(())
            .unwrap();
        let (parts, ()) = request.into_parts();
        assert_eq!(cookie(&parts, THEME_COOKIE), Some("dark"));
        assert_eq!(cookie(&parts, LANGUAGE_COOKIE), None);
    }
}
