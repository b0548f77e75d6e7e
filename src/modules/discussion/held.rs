//! The page of what is not public: the author sees their own text and why; others see that it was hidden, for which reason, and
//! never what it said. What was merged stays readable, and says where it went.

use crate::base::error::{Error, Result};
use crate::base::http::{Reader, filters};
use crate::base::i18n::Lang;
use crate::base::ids::{FeatureId, Visitor};
use crate::base::prose;
use crate::civic::contributions::appeals::{self, Appeal, Outcome};
use crate::civic::contributions::decisions::{self, Absent, Decision, Reason, Ruling};
use crate::civic::contributions::things::Thing;
use crate::core::app::App;
use crate::core::features::{Hold, merges, revisions};
use askama::Template;
use askama_web::WebTemplate;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A decision that hides something, as its author sees it: with its reason, the word to them and their appeal.
pub(super) struct Against {
    pub(super) decision: Decision,
    pub(super) appeal: Option<Appeal>,
    /// The hidden text as HTML.
    pub(super) text: String,
}

impl Against {
    async fn of(app: &App, decision: Decision) -> Result<Against> {
        let appeal = appeals::of(&app.db, decision.id).await?;
        Ok(Against { text: prose::html(&decision.body), decision, appeal })
    }
    /// Where an appeal is sent.
    pub(super) fn action(&self) -> String {
        let on = self.decision.feature_id;
        on.map_or_else(String::new, |feature| format!("/features/{feature}/appeal"))
    }
    /// Whether it blacks passages out, and hides nothing else.
    pub(super) fn is_redaction(&self) -> bool {
        self.decision.kind == Ruling::Redacted
    }
    pub(super) fn reason(&self, lang: &Lang) -> Option<String> {
        self.decision.reason.map(|reason| reason_name(*lang, reason))
    }
}

fn reason_name(lang: Lang, reason: Reason) -> String {
    lang.text(&format!("reason-{}", reason.word().replace('_', "-")))
}

/// What moderators say to a reader on a feature's page: to its author, and to the authors of hidden arguments.
#[derive(Default)]
pub(super) struct Word {
    /// What its author is asked to change.
    pub(super) asked: Option<String>,
    /// The reader's own arguments that were hidden.
    pub(super) arguments: Vec<Against>,
    /// What was answered to an appeal that the reader made and that was granted.
    pub(super) granted: Option<String>,
    /// What was merged into it.
    pub(super) merged: Vec<(FeatureId, String)>,
    /// Whether a change that its author made waits to be read.
    pub(super) waits: bool,
}

impl Word {
    pub(super) async fn read(app: &App, id: FeatureId, visitor: Option<Visitor>, mine: bool) -> Result<Word> {
        let merged = merges::merged(&app.db, id).await?;
        let asked = if mine { decisions::asked(&app.db, id).await? } else { None };
        let mut arguments = Vec::new();
        if let Some(visitor) = visitor {
            for decision in decisions::hidden_parts(&app.db, id, visitor).await? {
                arguments.push(Against::of(app, decision).await?);
            }
        }
        let made = if visitor.is_some() { appeals::of_feature(&app.db, id).await? } else { Vec::new() };
        let mut granted = made.into_iter().filter(|appeal| Some(appeal.voice) == visitor);
        let granted = granted.find(|appeal| appeal.outcome == Some(Outcome::Granted));
        Ok(Word {
            asked: asked.map(|decision| decision.note),
            arguments,
            granted: granted.map(|appeal| appeal.answer),
            merged,
            waits: mine && revisions::waiting(&app.db, id).await?.is_some(),
        })
    }
}

/// The page of something that is not public.
#[derive(Template, WebTemplate)]
#[template(path = "discussion/templates/held.html")]
struct HeldPage {
    lang: Lang,
    site: String,
    absent: Absent,
    /// Safe HTML.
    text: String,
    /// The reason of the charter, for everybody.
    reason: Option<String>,
    /// For the author alone.
    against: Option<Against>,
    mine: bool,
}

impl HeldPage {
    fn is(&self, held: Hold) -> bool {
        self.absent.held == held
    }
}

/// The page of a feature that is not public.
///
/// # Errors
/// [`Error::NotFound`] where it is none of anybody's business: withdrawn, waiting (but for its author), never there.
pub(super) async fn page(
    app: &App,
    reader: &Reader,
    id: FeatureId,
    visitor: Option<Visitor>,
) -> Result<Response> {
    let absent = decisions::absent(&app.db, id).await?;
    let mine = visitor.is_some() && absent.author == visitor;
    let is_seen = match absent.held {
        Hold::Hidden | Hold::Merged => true,
        Hold::Waiting => mine,
        Hold::Withdrawn | Hold::Erased => false,
    };
    if !is_seen {
        return Err(Error::NotFound);
    }
    let standing = decisions::standing(&app.db, Thing::feature(id)).await?;
    let hides = standing.filter(|_| absent.held == Hold::Hidden);
    let reason = hides.as_ref().and_then(|decision| decision.reason);
    // 410 for who looks for what is no more; the author and readers of what was merged find it here.
    let status = if absent.held == Hold::Hidden && !mine { StatusCode::GONE } else { StatusCode::OK };
    let page = HeldPage {
        lang: reader.lang,
        site: app.name(),
        text: prose::html(&absent.body),
        reason: reason.map(|reason| reason_name(reader.lang, reason)),
        against: match hides {
            Some(decision) if mine => Some(Against::of(app, decision).await?),
            _ => None,
        },
        mine,
        absent,
    };
    Ok((status, [(header::CACHE_CONTROL, "no-store")], page).into_response())
}
