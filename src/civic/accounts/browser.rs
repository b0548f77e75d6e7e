//! A browser in words, from what it says of itself: "Firefox, Android". Enough to know one's own devices apart, and no more is kept.

use axum::http::{HeaderMap, header};

/// The browser and its system. An unknown one is `?`.
pub(super) fn in_words(headers: &HeaderMap) -> String {
    let says = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    // In this order: Edge and Opera also say Chrome, and all but Firefox say Safari.
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let one_of = |words: &[(&str, &'static str)]| {
        words.iter().find(|(word, _)| says.contains(word)).map(|(_, name)| *name)
    };
    let known: Vec<_> = [one_of(&BROWSERS), one_of(&SYSTEMS)].into_iter().flatten().collect();
    if known.is_empty() { "?".into() } else { known.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_by_its_name_and_system_only() {
        let words =
            |says: &str| in_words(&HeaderMap::from_iter([(header::USER_AGENT, says.parse().unwrap())]));
        assert_eq!(
            words("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"),
            "Firefox, Android"
        );
        assert_eq!(
            words("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"),
            "Edge, Windows"
        );
        assert_eq!(words("curl/8"), "?");
    }
}
