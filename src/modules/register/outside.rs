//! What others kept of the register, beside the register: published heads and receipts. Only this stands against somebody who
//! rewrites the whole, or cuts its end off with all that belongs to it. Pure: no SQL, no network.

use super::model::{Fault, Finding, Question};
use crate::core::journal::seal::{hex, of_hex};

/// A head or a receipt that somebody kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is from, in words: `tête du 2026-11-22 / head of 2026-11-22`.
    pub name: String,
    /// The number of the line that it attests, with all before.
    pub number: i64,
    /// The chain at the line, hexadecimal digits, sixteen at least.
    pub print: String,
    /// Salt and content, from a whole receipt.
    pub said: Option<(Vec<u8>, String)>,
}

/// The heads in a text: the site's own `/register.json` or `/register.atom`, a letter, a bulletin: wherever a day, a number and
/// sixty-four hexadecimal digits stand one after the other.
pub fn heads(text: &str) -> Vec<Kept> {
    let mut kept = serde_json::from_str(text).map(|json| of_json(&json)).unwrap_or_default();
    if kept.is_empty() {
        let words: Vec<&str> = text
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .filter(|word| !word.is_empty())
            .collect();
        let three = words.windows(3).filter_map(|three| head(three[0], three[1].parse().ok()?, three[2]));
        kept = three.collect();
    }
    kept.dedup();
    kept
}

fn of_json(json: &serde_json::Value) -> Vec<Kept> {
    let own = json["number"].as_i64().zip(json["chain"].as_str());
    let present = own.and_then(|(number, chain)| {
        let name = json["day"].as_str().map_or_else(|| format!("n° {number}"), of_day);
        kept(name, number, chain)
    });
    let list = json["heads"].as_array().or_else(|| json.as_array());
    let each = list
        .into_iter()
        .flatten()
        .filter_map(|one| head(one["day"].as_str()?, one["number"].as_i64()?, one["chain"].as_str()?));
    present.into_iter().chain(each).collect()
}

fn of_day(day: &str) -> String {
    format!("tête du {day} / head of {day}")
}

fn head(day: &str, number: i64, chain: &str) -> Option<Kept> {
    let is_day = day.len() == 10 && day.parse::<chrono::NaiveDate>().is_ok();
    if is_day && chain.len() == 64 { kept(of_day(day), number, chain) } else { None }
}

fn kept(name: String, number: i64, chain: &str) -> Option<Kept> {
    // Before the first line there is nothing to attest.
    let print = chain.to_ascii_lowercase();
    (number > 0 && of_hex(&print).is_some()).then_some(Kept { name, number, print, said: None })
}

/// The receipt in a text, as the site gives it for keeping.
pub fn receipt(text: &str) -> Option<Kept> {
    let question = Question::of_text(text);
    let (number, print) = question.read()?;
    Some(Kept { name: format!("reçu n° {number} / receipt {number}"), number, print, said: question.said })
}

/// A line as it is now: the chain at it, and the digest of what was said.
pub(super) type Now = (Vec<u8>, Option<Vec<u8>>);

impl Kept {
    /// What the register, as it is now, makes of it.
    pub(super) fn against(&self, now: Option<Now>) -> Option<Finding> {
        let find = |fault| Some(Finding { number: Some(self.number), fault });
        let Some((chain, content)) = now else { return find(Fault::CutOff(self.name.clone())) };
        if !hex(&chain).starts_with(&self.print) {
            return find(Fault::Rewritten(self.name.clone()));
        }
        let (salt, said) = self.said.as_ref()?;
        let is_said = content.as_deref() == Some(crate::core::journal::seal::digest(salt, said).as_slice());
        if is_said { None } else { find(Fault::Rewritten(self.name.clone())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAIN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    #[test]
    fn heads_are_read_from_whatever_they_were_kept_in() {
        let expected = [("tête du 2026-11-22 / head of 2026-11-22", 41)];
        let texts = [
            format!(
                "{{\"form\":\"parvis-register-1\",\"heads\":[{{\"day\":\"2026-11-22\",\"number\":41,\"chain\":\"{CHAIN}\"}}]}}"
            ),
            format!("[{{\"day\":\"2026-11-22\",\"number\":41,\"chain\":\"{CHAIN}\",\"published\":\"x\"}}]"),
            format!(
                "<entry><title>2026-11-22 · n° 41</title><summary>2026-11-22 41 {CHAIN}</summary></entry>"
            ),
            format!("Bonjour,\n\n2026-11-22 41\n{}\n", CHAIN.to_uppercase()),
        ];
        for text in texts {
            let read = heads(&text);
            assert_eq!(
                read.iter().map(|k| (k.name.as_str(), k.number)).collect::<Vec<_>>(),
                expected,
                "{text}"
            );
            assert_eq!(read[0].print, CHAIN);
        }
        for text in ["", "{}", "2026-11-22 41 00ff", "2026-13-45 41 00"] {
            assert_eq!(heads(text), [], "{text}");
        }
        let present = heads(&format!("{{\"number\":9,\"chain\":\"{CHAIN}\",\"heads\":[]}}"));
        assert_eq!(present[0].number, 9, "the head at the moment of saving counts, too");
    }

    #[test]
    fn a_receipt_is_read_and_what_is_none_is_not() {
        let text = format!(
            "Parvis register receipt 1\nnumber: 7\nfingerprint: {CHAIN}\nsalt: 00ff\ncontent: {{}}\n"
        );
        let read = receipt(&text).unwrap();
        assert_eq!(
            (read.number, read.print.as_str(), read.said),
            (7, CHAIN, Some((vec![0, 255], "{}".into())))
        );
        assert_eq!(receipt("number: 7\nfingerprint: abc"), None);
    }
}
