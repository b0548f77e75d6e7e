//! Texts as both sides look at them, reading and showing: what of a text is seen, and what a spreadsheet would run.

use std::borrow::Cow;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// Whether a character shows nothing by itself: spaces, controls, formats, what Unicode calls default ignorable, marks without a
/// letter, and letters that are drawn as blanks.
pub fn is_unseen(c: char) -> bool {
    let is_blank = matches!(
        c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2065}' | '\u{2800}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{16fe4}' | '\u{1d159}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    let group = c.general_category_group();
    let is_said = matches!(group, GeneralCategoryGroup::Mark | GeneralCategoryGroup::Separator);
    // Controls and formats are "other", and so is what nobody has assigned yet: an emoji of next year is seen.
    let is_format = c.is_control() || unicode_properties::GeneralCategory::Format == c.general_category();
    is_blank || is_said || is_format
}

/// Whether nothing of a text is seen: then it is an empty text, whoever asks.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before what starts like one, wide signs too (OWASP, "CSV
/// injection"). Numbers stay numbers.
pub fn inert(cell: &str) -> Cow<'_, str> {
    let start = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let formula = start.starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    let number = start.parse::<f64>().is_ok_and(f64::is_finite);
    if formula && !number { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text_and_a_number_stays_one() {
        for cell in [
            "=1+1",
            "+33",
            "-a",
            "@x",
            "\t=1",
            "\rx",
            "\nx",
            " =1",
            "\u{feff}=1",
            "＝1",
            "＋a",
            "－a",
            "＠x",
            "|x",
            "%x",
        ] {
            let number = cell.trim().parse::<f64>().is_ok();
            assert_eq!(inert(cell).starts_with('\''), !number, "{cell:?}");
        }
        assert_eq!((inert("-4.5"), inert("été")), ("-4.5".into(), "été".into()));
    }
}
