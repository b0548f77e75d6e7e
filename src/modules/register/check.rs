//! The check of the register: fed with its rows in order, it says which of them is wrong. Pure: no SQL.
//!
//! Invariant: one row that was tampered with is one finding that names it; the lines after it are still checked, each against the
//! link before it as it is stored or as it ought to be.

use super::model::{Fault, Finding};
use crate::base::ids::{AreaId, ThemeId};
use crate::base::words::Read;
use crate::core::features::photos::Photo;
use crate::core::features::said::{self, AnswerSaid, FeatureSaid};
use crate::core::features::{Kind, Voice, geometry};
use crate::core::journal::seal::{self, Hash, Sealed};
use std::collections::HashMap;

/// A row of the journal as it is, right or wrong, with what is kept of its content.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct LineRow {
    pub(super) seq: i64,
    /// RFC 3339.
    pub(super) at: String,
    pub(super) act: String,
    pub(super) feature_id: Option<i64>,
    pub(super) subject: Option<String>,
    pub(super) number: i64,
    pub(super) channel: Option<String>,
    pub(super) content: Option<Vec<u8>>,
    pub(super) chain: Option<Vec<u8>>,
    pub(super) salt: Option<Vec<u8>>,
    pub(super) said: Option<String>,
}

impl LineRow {
    /// The line as outsiders read it, with its canonical fields and without what people said.
    pub(super) fn json(&self) -> String {
        let at = seal::instant_of(&self.at);
        serde_json::json!({
            "number": self.number, "line": self.seq, "at": at, "act": self.act, "feature": self.feature_id,
            "subject": self.subject, "channel": self.channel, "content": self.content.as_deref().map(seal::hex),
            "chain": self.chain.as_deref().map(seal::hex),
        })
        .to_string()
    }

    /// The chain at this line after what came before.
    pub(super) fn chained(&self, before: &[u8]) -> Hash {
        let at = seal::instant_of(&self.at);
        let line = Sealed {
            number: self.number,
            seq: self.seq,
            at: &at,
            act: &self.act,
            feature: self.feature_id,
            subject: self.subject.as_deref(),
            channel: self.channel.as_deref(),
            content: self.content.as_deref(),
        };
        seal::chained(before, &line)
    }
}

/// Checks lines one after the other.
#[derive(Debug)]
pub(super) struct Lines {
    next: i64,
    /// The link before the next line: as it was stored, and as it ought to have been.
    stored: Vec<u8>,
    computed: Hash,
    /// Lines whose content is not kept, by feature and what they are about: until an erasure is met.
    gone: HashMap<(i64, Option<String>), Vec<i64>>,
    pub(super) findings: Vec<Finding>,
}

impl Lines {
    pub(super) fn new(sealed_from: i64) -> Lines {
        let genesis = seal::genesis(sealed_from);
        Lines {
            next: 1,
            stored: genesis.to_vec(),
            computed: genesis,
            gone: HashMap::new(),
            findings: Vec::new(),
        }
    }

    fn find(&mut self, number: i64, fault: Fault) {
        self.findings.push(Finding { number: Some(number), fault });
    }

    /// The next line, in the order of their numbers.
    pub(super) fn take(&mut self, row: &LineRow) {
        for missing in self.next..row.number.min(self.next.saturating_add(1_000)) {
            self.find(missing, Fault::Missing);
        }
        let is_first_after_gap = row.number != self.next;
        self.next = row.number.saturating_add(1);
        let chain = row.chain.clone().unwrap_or_default();
        let fits = |before: &[u8]| row.chained(before).as_slice() == chain;
        // After a gap nothing says what the line was chained to: the missing line is the finding.
        if !is_first_after_gap && !fits(&self.stored) && !fits(&self.computed) {
            self.find(row.number, Fault::Chain);
        }
        self.computed = row.chained(&self.stored);
        self.stored = chain;
        self.content(row);
    }

    fn content(&mut self, row: &LineRow) {
        // What stands on no contribution is named by its kind and number alone.
        if row.act == "erased" && (row.feature_id.is_some() || row.subject.is_some()) {
            let feature = row.feature_id.unwrap_or_default();
            self.gone.remove(&(feature, row.subject.clone()));
            if row.subject.is_none() {
                // With everything that its author said of it: photos, and versions that were never published.
                let goes = |subject: &str| subject == "photos" || subject.starts_with("revision ");
                self.gone.retain(|(of, subject), _| *of != feature || !subject.as_deref().is_some_and(goes));
            }
        }
        let Some(content) = &row.content else { return };
        match (&row.salt, &row.said) {
            (Some(salt), Some(said)) if seal::digest(salt, said).as_slice() == content => {}
            (None, None) => {
                let about = (row.feature_id.unwrap_or_default(), row.subject.clone());
                self.gone.entry(about).or_default().push(row.number);
            }
            _ => self.find(row.number, Fault::Content),
        }
    }

    /// After the last line: what the head says, and what is gone without a word.
    pub(super) fn end(&mut self, number: i64, chain: Option<&[u8]>) {
        for missing in self.next..=number.min(self.next.saturating_add(1_000)) {
            self.find(missing, Fault::Missing);
        }
        let is_head = number + 1 == self.next && (number == 0 || chain == Some(self.stored.as_slice()));
        if !is_head && number < self.next {
            self.findings.push(Finding { number: Some(self.next - 1), fault: Fault::Head });
        }
        let mut gone: Vec<i64> = std::mem::take(&mut self.gone).into_values().flatten().collect();
        gone.sort_unstable();
        for number in gone {
            self.find(number, Fault::Gone);
        }
    }
}

/// A feature's row, and what was deposited of it last.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct FeatureRow {
    pub(super) id: i64,
    pub(super) kind: Read<Kind>,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) wkb: Option<Vec<u8>>,
    pub(super) area_id: Option<AreaId>,
    pub(super) number: Option<i64>,
    pub(super) said: Option<String>,
    pub(super) status: String,
    /// The status that a line gave it since then.
    pub(super) told: Option<String>,
    /// Where nothing was deposited: the first line of the journal that speaks of it.
    pub(super) first: Option<i64>,
}

#[derive(serde::Deserialize)]
struct Words {
    theme: Option<ThemeId>,
    notice: Option<String>,
}

impl FeatureRow {
    /// What is wrong with it. The theme is not compared: the authority may sort anew.
    pub(super) fn fault(&self, sealed_from: i64) -> Option<Finding> {
        let says = match (&self.said, self.number) {
            (Some(said), _) => self.again(said).as_ref() == Some(said),
            // Erased: then the row is empty, too.
            (None, Some(_)) => self.title.is_empty() && self.body.is_empty() && self.wkb.is_none(),
            (None, None) => self.first.is_some_and(|first| first <= sealed_from),
        };
        let is_told = self.told.as_ref().is_none_or(|told| *told == self.status);
        (!(says && is_told)).then_some(Finding { number: self.number, fault: Fault::Feature(self.id) })
    }

    fn again(&self, said: &str) -> Option<String> {
        let words: Words = serde_json::from_str(said).ok()?;
        let place = self.wkb.as_deref().map(geometry::from_wkb).transpose().ok()?;
        let row = FeatureSaid {
            kind: self.kind.0?,
            title: &self.title,
            body: &self.body,
            theme: words.theme,
            geometry: place.as_ref(),
            area: self.area_id,
            notice: words.notice.as_deref(),
        };
        said::feature(&row).ok()
    }
}

/// A version of an official answer, and the line that tells of it: the nth of the feature's versions beside its nth line.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct AnswerRow {
    pub(super) feature_id: i64,
    /// Of the line; none where there is a version more than lines.
    pub(super) number: Option<i64>,
    pub(super) said: Option<String>,
    /// None where there is a line more than versions.
    pub(super) id: Option<i64>,
    pub(super) verdict: String,
    pub(super) body: String,
    pub(super) motive: String,
    pub(super) link: String,
    pub(super) authority: String,
}

impl AnswerRow {
    pub(super) fn fault(&self) -> Option<Finding> {
        let now = said::answer(&AnswerSaid {
            verdict: &self.verdict,
            body: &self.body,
            motive: &self.motive,
            link: &self.link,
            authority: &self.authority,
        });
        // Where the line's content is gone, the line itself is the finding.
        let says = match (self.number, self.id, &self.said) {
            (Some(_), Some(_), Some(said)) => now.ok().as_ref() == Some(said),
            (Some(_), Some(_), None) => true,
            _ => false,
        };
        (!says).then_some(Finding { number: self.number, fault: Fault::Answer(self.feature_id) })
    }
}

/// An argument's row, and what was deposited of it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ArgumentRow {
    pub(super) id: i64,
    pub(super) side: Voice,
    pub(super) body: String,
    pub(super) number: Option<i64>,
    pub(super) said: Option<String>,
}

impl ArgumentRow {
    pub(super) fn fault(&self, sealed_from: i64) -> Option<Finding> {
        let says = match (&self.said, self.number) {
            (Some(said), _) => self.again(said).as_ref() == Some(said),
            (None, Some(_)) => self.body.is_empty(),
            (None, None) => sealed_from > 0,
        };
        (!says).then_some(Finding { number: self.number, fault: Fault::Argument(self.id) })
    }

    fn again(&self, said: &str) -> Option<String> {
        let words: Words = serde_json::from_str(said).ok()?;
        said::argument(self.side, &self.body, words.notice.as_deref()).ok()
    }
}

/// What was deposited last of a feature's photos: number and content, which is gone once it was erased.
pub(super) type PhotosSaid = (i64, Option<String>);

/// Compares features' photos with what was deposited of them.
pub(super) fn photos(
    rows: &HashMap<i64, Vec<Photo>>,
    said: &HashMap<i64, PhotosSaid>,
    sealed_from: i64,
) -> Vec<Finding> {
    let mut features: Vec<i64> = rows.keys().chain(said.keys()).copied().collect();
    features.sort_unstable();
    features.dedup();
    let wrong = |id: &i64| {
        let now = rows.get(id).map_or(&[][..], Vec::as_slice);
        match said.get(id) {
            Some((_, Some(said))) => said::photos(now).ok().as_ref() != Some(said),
            Some((_, None)) => !now.is_empty(),
            None => sealed_from == 0,
        }
    };
    let found = features.into_iter().filter(wrong);
    found
        .map(|id| Finding { number: said.get(&id).map(|(number, _)| *number), fault: Fault::Photos(id) })
        .collect()
}
