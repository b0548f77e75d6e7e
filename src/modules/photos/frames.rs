//! The form of what is to be covered in a photo: frames, in hundredths of its width and height. What was typed comes back.

use crate::base::error::Problem;
use crate::base::http::Fields;
use crate::base::i18n::Message;
use crate::base::media::{Frame, STEPS};

/// The most frames of a form.
pub(super) const MOST: usize = 20;

/// How many are offered without a script.
const OFFERED: usize = 4;

/// The smallest side of a frame, in [`STEPS`].
const LEAST: u32 = 50;

/// The names of the fields, in the order of [`Row`].
pub(super) const FIELDS: [&str; 4] = ["left", "top", "width", "height"];

/// A frame as it was typed.
pub(super) type Row = [String; 4];

/// What was typed, without empty rows.
pub(super) fn rows(fields: &Fields) -> Vec<Row> {
    let columns =
        FIELDS.map(|name| fields.every(name).map(|text| text.trim().to_owned()).collect::<Vec<_>>());
    let count = columns.iter().map(Vec::len).max().unwrap_or(0);
    let row = |n: usize| columns.clone().map(|column| column.get(n).cloned().unwrap_or_default());
    (0..count.min(4 * MOST)).map(row).filter(|row| row.iter().any(|text| !text.is_empty())).collect()
}

/// The rows that a page shows: those that were typed, and room for others.
pub(super) fn offered(mut typed: Vec<Row>) -> Vec<Row> {
    typed.resize(typed.len().max(OFFERED), Row::default());
    typed
}

/// Hundredths, as people write them, in [`STEPS`].
fn steps(text: &str) -> Option<u32> {
    let number: f64 =
        text.replace(',', ".").trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']).parse().ok()?;
    let is_part = (0.0..=100.0).contains(&number);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between nothing and all")]
    is_part.then(|| (number / 100.0 * f64::from(STEPS)).round() as u32)
}

/// The frames that are meant.
///
/// # Errors
/// What is wrong with them.
pub(super) fn read(rows: &[Row]) -> Result<Vec<Frame>, Problem> {
    let wrong =
        |key: &'static str| Problem { field: "frames".into(), message: Message::new(key).with("most", MOST) };
    if rows.is_empty() {
        return Err(wrong("photo-frames-none"));
    }
    if rows.len() > MOST {
        return Err(wrong("photo-frames-many"));
    }
    let frame = |row: &Row| {
        let [left, top, width, height] = row.each_ref().map(|text| steps(text));
        let frame = Frame { left: left?, top: top?, width: width?, height: height? };
        let is_there =
            frame.width >= LEAST && frame.height >= LEAST && frame.left < STEPS && frame.top < STEPS;
        is_there.then_some(frame)
    };
    rows.iter().map(frame).collect::<Option<Vec<_>>>().ok_or_else(|| wrong("photo-frames-wrong"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(rows: &[[&str; 4]]) -> Fields {
        let named = |row: &[&str; 4]| {
            FIELDS.map(str::to_owned).into_iter().zip(row.map(str::to_owned)).collect::<Vec<_>>()
        };
        Fields::new(rows.iter().flat_map(named).collect())
    }

    #[test]
    fn frames_are_read_as_people_write_hundredths() {
        let typed =
            rows(&fields(&[["10", "12,5", "20 %", "5.25"], ["", "", "", ""], ["0", "0", "100", "100"]]));
        let read = read(&typed).unwrap();
        assert_eq!(read[0], Frame { left: 1_000, top: 1_250, width: 2_000, height: 525 });
        assert_eq!((read.len(), read[1].width), (2, STEPS), "an empty row is no frame");
    }

    #[test]
    fn what_is_no_frame_is_told() {
        let said = |all: &[[&str; 4]]| read(&rows(&fields(all))).unwrap_err().message.key.into_owned();
        assert_eq!(said(&[]), "photo-frames-none");
        for wrong in [
            ["10", "", "5", "5"],
            ["-1", "0", "5", "5"],
            ["10", "10", "0,1", "9"],
            ["x", "1", "2", "3"],
            ["100", "0", "5", "5"],
        ] {
            assert_eq!(said(&[wrong]), "photo-frames-wrong", "{wrong:?}");
        }
        assert_eq!(said(&[["1", "1", "2", "2"]; MOST + 1]), "photo-frames-many");
    }
}
