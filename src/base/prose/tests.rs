//! What people write comes out as they meant it, and nothing else does.

use super::{excerpt, html, plain};
use crate::server::testing::{harmless, shared};

#[test]
fn what_is_taken_is_shown() {
    for (text, expected) in [
        ("Un banc", "<p>Un banc</p>"),
        ("Un\nbanc\n\nà l’ombre", "<p>Un<br>\nbanc</p>\n<p>à l’ombre</p>"),
        ("**gras** et *italique*", "<p><strong>gras</strong> et <em>italique</em></p>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("3. trois\n4. quatre", "<ol start=\"3\">\n<li>trois</li>\n<li>quatre</li>\n</ol>"),
        ("> dit-on", "<blockquote>\n<p>dit-on</p>\n</blockquote>"),
        ("# Titre\nTexte", "<p><strong>Titre</strong></p>\n<p>Texte</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("![un mur](https://x.fr/a.png)", "<p>un mur</p>"),
        ("`code`", "<p>code</p>"),
        ("    en\n    retrait", "<p>en<br>\nretrait</p>"),
        (
            "<b>gras</b> <script>alert(1)</script>",
            "<p>&lt;b&gt;gras&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
        ("<div onclick=x>\nici\n</div>", "<p>&lt;div onclick=x&gt;<br>\nici<br>\n&lt;/div&gt;</p>"),
        ("a | b\n--|--\n1 | 2", "<p>a | b<br>\n--|--<br>\n1 | 2</p>"),
        ("", ""),
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn links_lead_to_the_web_or_a_mailbox_and_nowhere_else() {
    let a = |href: &str, text: &str| {
        format!("<p><a href=\"{href}\" rel=\"nofollow ugc noopener\">{text}</a></p>")
    };
    assert_eq!(html("[ici](https://a.fr/b?c=1&d=2)"), a("https://a.fr/b?c=1&amp;d=2", "ici"));
    assert_eq!(html("<https://a.fr>"), a("https://a.fr", "https://a.fr"));
    assert_eq!(html("<moi@a.fr>"), a("mailto:moi@a.fr", "moi@a.fr"));
    assert_eq!(html("[moi](mailto:moi@a.fr)"), a("mailto:moi@a.fr", "moi"));
    for wrong in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "[x](/features/1)",
        "[x](//evil.fr)",
        "[x](&#106;avascript:alert(1))",
        "[x](vbscript:x)",
    ] {
        assert_eq!(html(wrong), "<p>x</p>", "{wrong}");
    }
}

#[test]
fn bare_addresses_become_links_without_the_punctuation_around_them() {
    for (text, address) in [
        ("Voir https://a.fr/b.", "https://a.fr/b"),
        ("(voir https://a.fr/b_(c))", "https://a.fr/b_(c)"),
        ("« https://a.fr »", "https://a.fr"),
        ("http://a.fr/?q=1&r=2, puis", "http://a.fr/?q=1&amp;r=2"),
        ("https://a.fr/un_mot_long", "https://a.fr/un_mot_long"),
    ] {
        assert!(html(text).contains(&format!("href=\"{address}\"")), "{text}: {}", html(text));
    }
    for none in ["https://", "xhttps://a.fr", "httpsomething", "http", "https://…", "ftp://a.fr"] {
        assert!(!html(none).contains("<a"), "{none}: {}", html(none));
    }
    let link = html("[https://a.fr](https://b.fr)");
    assert_eq!(link.matches("<a").count(), 1, "{link}");
}

#[test]
fn plain_text_has_words_and_line_breaks_only() {
    assert_eq!(
        plain("# Un *banc*\n\n- [ici](https://a.fr)\n- là\n\n> ou **pas**\nencore"),
        "Un banc\n\n• ici\n• là\n\nou pas\nencore"
    );
    assert_eq!(plain("<b>x</b>"), "<b>x</b>");
    assert_eq!(plain("  "), "");
}

#[test]
fn an_excerpt_ends_between_words() {
    assert_eq!(excerpt("Un banc, à l’ombre", 40), "Un banc, à l’ombre");
    assert_eq!(excerpt("Un banc, à l’ombre", 12), "Un banc, à…");
    assert_eq!(excerpt("Un banc, à l’ombre", 10), "Un banc…");
    assert_eq!(excerpt(&"é".repeat(50), 10).chars().count(), 10);
    assert_eq!(excerpt("a\n\nb", 10), "a b");
}

#[test]
fn depth_without_end_stays_shallow() {
    for text in
        [">".repeat(4_000), "- ".repeat(2_000), "*".repeat(4_000), "[".repeat(4_000), "![a](".repeat(800)]
    {
        let html = html(&text);
        assert!(html.matches("<blockquote>").count() + html.matches("<ul>").count() <= 6, "{}", &text[..10]);
        harmless(&format!("<html><body>{html}</body></html>"));
    }
}

#[test]
fn naughty_strings_stay_words() {
    let Some(file) = shared("adversarial/blns.json") else { return };
    let strings: Vec<String> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    for text in &strings {
        let html = html(text);
        harmless(&format!("<html><body><div>{html}</div></body></html>"));
        assert!(excerpt(text, 160).chars().count() <= 160);
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_typed_is_harmless(text in "[ -~\u{a0}-\u{ff}\n<>\\[\\]()*_`#>!&;:/\"']{0,200}") {
        harmless(&format!("<html><body><div>{}</div></body></html>", html(&text)));
    }
}
