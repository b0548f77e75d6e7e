//! A key in use: taken by the transaction of the act, or found used by an earlier submission.

use super::answer::{Answered, Asked};
use super::key::{KEPT_DAYS, Keys};
use super::sent::Given;
use super::store::{self, Used};
use crate::base::clock::{self, Timestamp};
use crate::base::db::{Db, Tx};
use crate::base::error::{Error, Result};
use crate::base::ids::Visitor;
use axum::response::Response;
use chrono::TimeDelta;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long the same form with the same content is the same act, where it changes what is there: later it may be meant again.
const AGAIN: TimeDelta = TimeDelta::seconds(30);

/// How long the answer of another submission is waited for, and how often it is looked for.
const PATIENCE: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(25);

tokio::task_local! {
    static CLAIM: Arc<Claim>;
}

/// One submission of a form with a key.
#[derive(Debug)]
pub struct Claim {
    id: String,
    keys: Keys,
    /// The digest of what was sent; nothing until it is known.
    content: Mutex<Option<String>>,
    /// Whether it makes something new: then the key is good for one content only.
    creates: bool,
    is_done: AtomicBool,
    is_answered: AtomicBool,
}

/// What an earlier submission leaves to do.
enum Earlier {
    /// Everything, or what only the handler can say.
    Nothing,
    /// To answer the same.
    Same(Answered),
    /// To say that the key was used for something else.
    Other(Answered),
}

/// The key of the request that is answered here, taken in this transaction: nothing where it has none, or has taken it already.
///
/// # Errors
/// [`Error::Repeated`] where another submission has taken it; where the database refuses.
pub async fn claim(tx: &mut Tx, at: Timestamp) -> Result<Option<Arc<Claim>>> {
    let Ok(claim) = CLAIM.try_with(Arc::clone) else { return Ok(None) };
    if claim.is_done.load(Ordering::Acquire) {
        return Ok(None);
    }
    let content = claim.content().unwrap_or_default();
    let is_taken = if claim.creates {
        store::take(&mut *tx, &claim.id, &content, at).await?
    } else {
        store::take_again(&mut *tx, &claim.id, &content, at, at - AGAIN).await?
    };
    if is_taken {
        return Ok(Some(claim));
    }
    let used = store::find(&mut *tx, &claim.id).await?;
    let thing = used.filter(|used| used.content == content).and_then(|used| used.answered());
    Err(Error::Repeated(thing.and_then(Answered::thing)))
}

/// Says what was sent, where that is not a form's plain fields: files, mostly. To be called before the act begins.
pub fn said(content: &[&[u8]]) {
    // No key, nothing to compare.
    let _none = CLAIM.try_with(|claim| claim.say(content));
}

/// Forgets keys that are too old to be taken for keys.
///
/// # Errors
/// Where the database refuses.
pub async fn clear(db: &Db, now: Timestamp) -> Result<u64> {
    store::clear(db, now - TimeDelta::days(KEPT_DAYS.into())).await
}

impl Claim {
    /// Of a key, at an address, by who acts.
    pub fn new(given: &Given, path: &str, actor: Option<Visitor>, creates: bool) -> Claim {
        let actor = actor.or(given.visitor).map(|visitor| visitor.0.into_bytes()).unwrap_or_default();
        let claim = Claim {
            id: given.keys.digest("used", &[&given.nonce, path.as_bytes(), &actor]),
            keys: given.keys.clone(),
            content: Mutex::new(None),
            creates,
            is_done: AtomicBool::new(false),
            is_answered: AtomicBool::new(false),
        };
        if let Some(fields) = &given.fields {
            let parts = fields.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]);
            claim.say(&parts.collect::<Vec<_>>());
        }
        claim
    }

    fn say(&self, content: &[&[u8]]) {
        let digest = self.keys.digest(&self.id, content);
        *self.content.lock().unwrap_or_else(PoisonError::into_inner) = Some(digest);
    }

    fn content(&self) -> Option<String> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says in the act's transaction what will be answered.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn answer(&self, tx: &mut Tx, answered: &Answered) -> Result<()> {
        store::answer(tx, &self.id, &answered.to_text()?).await?;
        self.is_answered.store(true, Ordering::Release);
        Ok(())
    }

    /// The act was committed.
    pub fn done(&self) {
        self.is_done.store(true, Ordering::Release);
    }

    async fn earlier(&self, db: &Db) -> Result<Earlier> {
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            let Some(used) = store::find(db, &self.id).await? else { return Ok(Earlier::Nothing) };
            let is_other =
                !used.content.is_empty() && self.content().is_some_and(|content| content != used.content);
            if !self.creates && (is_other || used.at < clock::now() - AGAIN) {
                return Ok(Earlier::Nothing);
            }
            let is_late = tokio::time::Instant::now() >= until;
            match used.answered() {
                Some(answered) if is_other => return Ok(Earlier::Other(answered)),
                Some(Answered::Thing { .. }) => return Ok(Earlier::Nothing),
                Some(answered) => return Ok(Earlier::Same(answered)),
                // Its server ended between the act and its answer.
                None if is_late && is_other => return Ok(Earlier::Other(Answered::Page)),
                None if is_late => return Ok(Earlier::Same(Answered::Page)),
                None => tokio::time::sleep(LOOK).await,
            }
        }
    }

    /// Keeps what was answered, where the act itself did not say it. One that cannot be kept is answered in general words.
    async fn keep(&self, db: &Db, response: Response) -> Response {
        if self.is_answered.load(Ordering::Acquire) {
            return response;
        }
        let (answered, response) = Answered::of(response).await;
        let kept = match answered.to_text() {
            Ok(text) => store::answer(db, &self.id, &text).await.map(|_| ()),
            Err(error) => Err(error),
        };
        if let Err(error) = kept {
            tracing::warn!(%error, "what a form was answered is not kept");
        }
        response
    }
}

impl Used {
    fn answered(&self) -> Option<Answered> {
        self.answer.as_deref().and_then(|text| serde_json::from_str(text).ok())
    }
}

/// Answers a submission: by doing what it asks, or like an earlier one with the same key. Says whether it was an earlier one.
///
/// # Errors
/// Where the database does not answer.
pub async fn done_once(
    db: &Db,
    asked: Asked,
    claim: Claim,
    act: impl Future<Output = Response>,
) -> Result<(Response, bool)> {
    let claim = Arc::new(claim);
    // What comes with files is compared once they are read.
    if claim.content().is_some()
        && let Some(response) = asked.like(claim.earlier(db).await?.into_pair())?
    {
        return Ok((response, true));
    }
    let response = CLAIM.scope(Arc::clone(&claim), act).await;
    if claim.is_done.load(Ordering::Acquire) {
        return Ok((claim.keep(db, response).await, false));
    }
    if response.status().is_success() || response.status().is_redirection() {
        return Ok((response, false));
    }
    // Refused: perhaps because another submission of the same was faster.
    let like = asked.like(claim.earlier(db).await?.into_pair())?;
    Ok(like.map_or((response, false), |like| (like, true)))
}

impl Earlier {
    /// What was answered, and whether it was something else.
    fn into_pair(self) -> Option<(Answered, bool)> {
        match self {
            Earlier::Nothing => None,
            Earlier::Same(answered) => Some((answered, false)),
            Earlier::Other(answered) => Some((answered, true)),
        }
    }
}
