//! What an address of this site is, and how a reader is led to one. Whatever was typed, sent or kept: nothing else becomes a `Location`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Whether a text is a path of this site, whatever a browser makes of it: it begins with one `/`, and nothing in it is a backslash (which
/// browsers read as `/`), white space or a control character (which they leave out).
pub fn is_own_path(text: &str) -> bool {
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && c != '\\';
    text.starts_with('/') && !text.starts_with("//") && text.chars().all(plain)
}

/// A text that is a path of this site.
pub fn own_path(text: &str) -> Option<&str> {
    Some(text).filter(|text| is_own_path(text))
}

/// Leads a reader to an address of this site by `303 See Other`. What is no path of ours leads home; what is not ASCII is written in
/// percents.
pub fn see_other(path: &str) -> Response {
    let path = own_path(path).unwrap_or("/");
    let plain = |byte: u8| {
        if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    let written: String = path.bytes().map(plain).collect();
    match HeaderValue::try_from(written) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(error) => crate::base::error::Error::Internal(format!("location: {error}")).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_ours_is_one_whatever_a_browser_makes_of_it() {
        for good in ["/", "/list?q=a%20b", "/features/12#answer", "/liste/é"] {
            assert!(is_own_path(good), "{good}");
        }
        for bad in [
            "",
            "list",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/a\r\nX: y",
            "https://evil.example",
            "/ /evil",
            "/\u{a0}",
        ] {
            assert!(!is_own_path(bad), "{bad:?}");
        }
    }

    #[test]
    fn whatever_it_is_given_a_reader_is_led_to_this_site() {
        let led = |to: &str| see_other(to).headers().get("location").unwrap().to_str().unwrap().to_owned();
        assert_eq!(led("/list?q=été"), "/list?q=%C3%A9t%C3%A9");
        for bad in ["//evil.example", "/\\evil.example", "/a\r\nset-cookie: x", "https://evil.example"] {
            assert_eq!(led(bad), "/", "{bad:?}");
        }
    }
}
