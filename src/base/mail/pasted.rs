//! Addresses as people paste them: out of a mail program (`"Durand, Anne" <anne@…>`), a page (`mailto:…`) or a spreadsheet.
//!
//! What it is not: the strict reading of one typed address ([`super::address`]), which everything here ends in. Invariant: what is
//! taken and what is left unread is all that was pasted: nothing that may be somebody disappears without a word.

use super::address;
use std::borrow::Cow;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Each address once, in the order in which they came.
    pub addresses: Vec<String>,
    /// What is no address: the line (from 1), and what stands there.
    pub unread: Vec<(usize, String)>,
}

/// Reads a list. A first line without any address over lines of several cells is the head of a table; in a table, cells without `@`
/// are names.
pub fn pasted(text: &str) -> Pasted {
    let text = plain(text);
    let lines: Vec<(usize, Vec<Cow<'_, str>>)> = text
        .split('\n')
        .enumerate()
        .map(|(at, line)| (at + 1, pieces(line)))
        .filter(|(_, pieces)| !pieces.is_empty())
        .collect();
    let is_named = |pieces: &[Cow<'_, str>]| pieces.iter().any(|piece| piece.contains('@'));
    let has_head =
        lines.first().is_some_and(|(_, first)| !is_named(first) && is_head(first)) && lines.len() > 1;
    let is_table =
        has_head || (lines.len() > 1 && lines.iter().all(|(_, pieces)| pieces.len() > 1 && one(pieces)));
    let mut read = Pasted::default();
    for (line, pieces) in lines.into_iter().skip(usize::from(has_head)) {
        let is_named = is_named(&pieces);
        for piece in &pieces {
            if piece.contains('@') {
                take(&mut read, line, piece);
            } else if !(is_name_before(&pieces, piece) || is_table && is_named) {
                read.unread.push((line, piece.clone().into_owned()));
            }
        }
    }
    read
}

/// Whether these cells are names of columns.
fn is_head(cells: &[Cow<'_, str>]) -> bool {
    let words = ["mail", "courriel", "adresse", "address", "nom", "name", "contact", "@"];
    cells.iter().any(|cell| words.iter().any(|word| crate::base::text::fold(cell).contains(word)))
}

fn one(pieces: &[Cow<'_, str>]) -> bool {
    pieces.iter().filter(|piece| piece.contains('@')).count() == 1
}

/// Whether a piece is the beginning of a name that a comma cut: `Durand, Anne <anne@…>`.
fn is_name_before(pieces: &[Cow<'_, str>], piece: &str) -> bool {
    let after = pieces.iter().skip_while(|other| *other != piece).nth(1);
    after.is_some_and(|after| after.contains('<') && !after.starts_with('<'))
}

/// One way of writing what looks the same: line breaks, blanks of every width, what is not seen, wide signs.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace("%40", "@");
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}'))
        .map(|c| match c {
            '\n' | '\t' => c,
            '＠' => '@',
            '．' => '.',
            '“' | '”' | '«' | '»' => '"',
            '；' => ';',
            '，' => ',',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// The pieces of a line between commas, semicolons and tabs that stand in no quotes, brackets or parentheses.
fn pieces(line: &str) -> Vec<Cow<'_, str>> {
    let mut found = Vec::new();
    let (mut start, mut quoted, mut depth) = (0, false, 0_i32);
    let balanced = line.matches('"').count().is_multiple_of(2);
    for (at, c) in line.char_indices() {
        match c {
            '"' if balanced => quoted = !quoted,
            '<' | '(' if !quoted => depth += 1,
            '>' | ')' if !quoted => depth = (depth - 1).max(0),
            ',' | ';' | '\t' if !quoted && depth == 0 => {
                found.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&line[start..]);
    let trimmed = found.into_iter().map(str::trim).filter(|piece| !piece.is_empty());
    trimmed.map(Cow::Borrowed).collect()
}

/// The addresses of a piece that has an `@`.
fn take(read: &mut Pasted, line: usize, piece: &str) {
    let bare = without_comments(piece);
    let within = bare.rfind('<').map(|at| bare[at + 1..].split('>').next().unwrap_or_default());
    let candidates: Vec<&str> = match within {
        Some(inside) => vec![inside],
        None => bare.split([' ', ',', ';']).filter(|word| word.contains('@')).collect(),
    };
    let read_all: Vec<Option<String>> = candidates.iter().map(|word| one_address(word)).collect();
    if read_all.is_empty() || read_all.iter().any(Option::is_none) {
        read.unread.push((line, piece.to_owned()));
    }
    for address in read_all.into_iter().flatten() {
        if !read.addresses.contains(&address) {
            read.addresses.push(address);
        }
    }
}

/// Without what RFC 5322 calls comments: `anne@mail.example (Anne)`.
fn without_comments(piece: &str) -> String {
    let mut depth = 0;
    let kept = piece.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    kept.collect()
}

fn one_address(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '’' | '‘' | '.' | ':' | '[' | ']' | '<' | '>')
    });
    let word = match word.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &word[7..],
        _ => word,
    };
    let word = word.split('?').next().unwrap_or_default();
    address(word.trim_end_matches('.')).map(|address| canonical(&address))
}

/// An address as addresses are compared on a list: in lower case, its domain as the network writes it (`xn--…`).
pub fn canonical(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let Some((name, domain)) = address.rsplit_once('@') else { return address };
    let domain = domain.trim_end_matches('.');
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_unknown| domain.to_owned());
    format!("{name}@{domain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let read = pasted(text);
        assert_eq!(read.unread, [], "{text}");
        read.addresses
    }

    #[test]
    fn an_address_is_read_in_every_form_in_which_it_is_pasted() {
        for text in [
            "anne@mail.example",
            "ANNE@Mail.Example",
            "\"anne@mail.example\"",
            "'anne@mail.example'",
            "« anne@mail.example »",
            "“anne@mail.example”",
            "<anne@mail.example>",
            "Anne Durand <anne@mail.example>",
            "\"Durand, Anne\" <anne@mail.example>",
            "\"Durand; Anne\" <anne@mail.example>;",
            "Durand, Anne <anne@mail.example>",
            "Anne Durand anne@mail.example",
            "anne@mail.example (Anne, la voisine)",
            "mailto:anne@mail.example",
            "MAILTO:anne@mail.example?subject=Bonjour%20Anne",
            "<mailto:anne@mail.example>",
            "mailto:anne%40mail.example",
            "anne@mail.example.",
            "\u{a0}anne@mail.example\u{a0}",
            "\u{feff}anne@mail.example\u{200b}",
            "anne＠mail．example",
            "anne@mail.example,",
            "  anne@mail.example ;\r\n",
            "[anne@mail.example]",
        ] {
            assert_eq!(read(text), ["anne@mail.example"], "{text}");
        }
        assert_eq!(read("o'neil@mail.example"), ["o'neil@mail.example"]);
    }

    #[test]
    fn separators_are_those_that_people_use() {
        for text in [
            "a@x.example,b@x.example",
            "a@x.example; b@x.example",
            "a@x.example\nb@x.example",
            "a@x.example\r\n\r\nb@x.example\r\n",
            "a@x.example\tb@x.example",
            "a@x.example b@x.example",
            "A <a@x.example>, \"B, b\" <b@x.example>",
            "a@x.example\nb@x.example; a@X.example",
        ] {
            assert_eq!(read(text), ["a@x.example", "b@x.example"], "{text}");
        }
    }

    #[test]
    fn a_table_with_a_head_is_read_by_its_addresses() {
        let rows = "Nom;Prénom;Courriel\nDurand;Anne;anne@x.example\n\"Le Goff, fils\";Yann;yann@x.example\n";
        assert_eq!(read(rows), ["anne@x.example", "yann@x.example"]);
        assert_eq!(
            read("Durand\tanne@x.example\nLe Goff\tyann@x.example"),
            ["anne@x.example", "yann@x.example"]
        );
        assert_eq!(read("E-mail\nanne@x.example"), ["anne@x.example"]);
    }

    #[test]
    fn a_domain_is_the_same_in_letters_and_as_the_network_writes_it() {
        assert_eq!(read("lea@hôtel.example, lea@xn--htel-vqa.example").len(), 1);
        assert_eq!(canonical("Lea@HÔTEL.example"), canonical("lea@hôtel.example."));
    }

    #[test]
    fn what_is_no_address_is_told_with_its_line_and_the_rest_is_read() {
        let read = pasted(
            "anne@x.example\npaul chez x.example\n\nnoe@\nlea@x.example; bob; b@d@c.example\nDurand;Luc;\n",
        );
        assert_eq!(read.addresses, ["anne@x.example", "lea@x.example"]);
        let lines: Vec<_> = read.unread.iter().map(|(line, text)| (*line, text.as_str())).collect();
        assert_eq!(
            lines,
            [
                (2, "paul chez x.example"),
                (4, "noe@"),
                (5, "bob"),
                (5, "b@d@c.example"),
                (6, "Durand"),
                (6, "Luc")
            ]
        );
        let table = pasted("Nom;Courriel\nDurand;anne@x.example\nMartin;\n");
        assert_eq!(table.unread, [(3, "Martin".to_owned())], "a row without an address is somebody");
        assert_eq!(pasted(" \n ; , \n"), Pasted::default());
    }
}
