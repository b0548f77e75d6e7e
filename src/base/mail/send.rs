//! The task that sends what is in the outbox: by SMTP, or as files into a folder.
//!
//! What it is not: a queue in memory. Invariants: a letter goes at least once, and from one server at a time; what cannot be sent
//! is tried again with growing pauses, then given up with what the server said last; nothing in a letter becomes a header.

use super::Letter;
use super::names::{self, Naming};
use super::store::{self, Waiting};
use crate::base::clock::{self, Timestamp};
use crate::base::config::Config;
use crate::base::db::Db;
use crate::base::error::{Error, Result};
use chrono::TimeDelta;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How often the outbox is looked at: who waits for a link looks at their mailbox, not at a progress bar.
const LOOK: Duration = Duration::from_secs(1);

/// How many letters are sent in a row before the outbox is looked at anew.
const BATCH: i64 = 20;

/// How many are on their way at the same time.
const AT_ONCE: i64 = 4;

/// The longest that a mail server may take for one letter.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest that a trial may take: whoever asked for it waits for the page.
const TRIAL: Duration = Duration::from_secs(15);

/// The longest that a whole letter may take, each of its steps within [`PATIENCE`].
const MOST: Duration = Duration::from_secs(90);

/// How long a letter is this server's: longer than [`MOST`], so that no other sends it meanwhile.
const TAKEN: TimeDelta = TimeDelta::minutes(2);

/// How often a letter is tried: with the pauses of [`pause`], for about a day. Refusals are tried again, too: most are a password
/// or a quota that an operator mends.
const MOST_TRIES: i64 = 12;

/// The pause after so many tries: half a minute, doubled each time, four hours at most.
fn pause(tries: i64) -> TimeDelta {
    let doubled = 30_i64 << tries.clamp(1, 16).saturating_sub(1);
    TimeDelta::seconds(doubled.min(4 * 3600))
}

/// How letters leave.
#[derive(Clone)]
pub struct Post {
    way: Way,
    from: Mailbox,
    naming: Option<Naming>,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address of the mail server holds a password.
        f.write_str("Post(…)")
    }
}

impl Post {
    /// The way that the operator chose; nothing where letters wait.
    ///
    /// # Errors
    /// [`Error::Config`] where it cannot be: the text names the key, never the password.
    pub fn of(config: &Config) -> Result<Option<Post>> {
        match config.mail.expose() {
            "" => Ok(None),
            way => Post::by(way, &config.mail_from).map(Some),
        }
    }

    /// The way of an address (`smtp://…`, `smtps://…`, `folder:PATH`), in somebody's name.
    ///
    /// # Errors
    /// [`Error::Config`] where one of them cannot be read.
    pub fn by(way: &str, from: &str) -> Result<Post> {
        let way = match way.strip_prefix("folder:") {
            Some(path) if !path.is_empty() => Way::Folder(path.into()),
            Some(_) => return Err(bad("mail")),
            None => Way::Smtp(smtp(way)?),
        };
        let from = from.parse().map_err(|_no_mailbox: lettre::address::AddressError| bad("mail_from"))?;
        Ok(Post { way, from, naming: None })
    }

    /// Sends a letter at once, past the outbox: to try the way.
    ///
    /// # Errors
    /// What the mail server says, for people.
    pub async fn try_out(&self, letter: &Letter) -> Result<(), String> {
        let Letter { to, subject, body } = letter.clone();
        let waiting = Waiting::of_trial(to, subject, body);
        tokio::time::timeout(TRIAL, send(self, &waiting))
            .await
            .unwrap_or_else(|_late| Err("the mail server took too long".to_owned()))
    }

    /// The same with who says the names of what letters are about.
    #[must_use]
    pub fn naming(self, naming: Naming) -> Post {
        Post { naming: Some(naming), ..self }
    }
}

fn bad(key: &str) -> Error {
    Error::Config(format!("{key} : valeur illisible, voir parvis.example.toml / cannot be read"))
}

fn smtp(address: &str) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    // A password goes to another machine encrypted or not at all.
    let encrypted = if address.starts_with("smtp://") && !address.contains("tls=") && !is_here(address) {
        let sign = if address.contains('?') { '&' } else { '?' };
        format!("{address}{sign}tls=required")
    } else {
        address.to_owned()
    };
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&encrypted)
        .map_err(|_no_address: lettre::transport::smtp::Error| bad("mail"))?;
    Ok(transport.timeout(Some(PATIENCE)).build())
}

/// Whether the mail server is on this machine.
fn is_here(address: &str) -> bool {
    let rest = address.trim_start_matches("smtp://");
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|here| host.strip_prefix(here).is_some_and(|port| port.is_empty() || port.starts_with(':')))
}

/// Says how letters leave now; nothing where they wait. Asked each time that the outbox is looked at.
pub type Posting = Box<dyn Fn() -> futures_util::future::BoxFuture<'static, Option<Post>> + Send + Sync>;

/// Sends what waits, and what will, until the database is closed.
pub async fn deliver(db: Db, posting: Posting) {
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        look.tick().await;
        if db.is_closed() {
            return;
        }
        let Some(post) = posting().await else { continue };
        if let Err(error) = crate::base::telemetry::ran("letters", drain(&db, &post, clock::now()).await)
            && !db.is_closed()
        {
            tracing::error!(%error, "the outbox could not be read");
        }
    }
}

/// Sends the letters whose turn it is. Gives how many went.
pub(super) async fn drain(db: &Db, post: &Post, now: Timestamp) -> Result<usize> {
    let mut went = 0;
    let began = Instant::now();
    let moment = move || now + TimeDelta::from_std(began.elapsed()).unwrap_or_default();
    // A few at a time, and the outbox is looked at again in between: a link that somebody asks for meanwhile is next.
    for _ in 0..BATCH / AT_ONCE {
        let due = store::due(db, moment(), AT_ONCE).await?;
        if due.is_empty() {
            break;
        }
        let each = due.into_iter().map(|letter| deliver_one(db, post, letter, moment));
        for sent in futures_util::future::join_all(each).await {
            went += usize::from(sent?);
        }
    }
    Ok(went)
}

/// Sends a letter, unless another server does. Gives whether it went.
async fn deliver_one(db: &Db, post: &Post, letter: Waiting, moment: impl Fn() -> Timestamp) -> Result<bool> {
    let taken = moment();
    if !store::take(db, letter.id, taken, taken + TAKEN).await? {
        return Ok(false);
    }
    let letter = named(db, post, letter).await?;
    let sent = tokio::time::timeout(MOST, send(post, &letter)).await;
    let now = moment();
    let Err(problem) = sent.unwrap_or_else(|_late| Err("the mail server took too long".to_owned())) else {
        store::sent(db, letter.id, now).await?;
        metrics::counter!("parvis_mail_total", "outcome" => "sent").increment(1);
        return Ok(true);
    };
    let tries = letter.tries + 1;
    let next = (tries < MOST_TRIES).then(|| now + pause(tries));
    // The letter's number only: addresses do not belong into a log.
    tracing::warn!(letter = letter.id, tries, problem, given_up = next.is_none(), "not sent");
    metrics::counter!("parvis_mail_total", "outcome" => "failed").increment(1);
    store::failed(db, letter.id, &problem, now, next).await?;
    Ok(false)
}

/// The letter with the name of what it is about, as it may be said now.
async fn named(db: &Db, post: &Post, mut letter: Waiting) -> Result<Waiting> {
    let (Some(kind), Some(id)) = (&letter.subject_kind, letter.subject_id) else { return Ok(letter) };
    let name = match post.naming {
        Some(naming) => naming(db, kind, id).await?,
        None => None,
    };
    letter.subject = names::named(&letter.subject, name.as_deref(), id);
    letter.body = names::named(&letter.body, name.as_deref(), id);
    Ok(letter)
}

async fn send(post: &Post, letter: &Waiting) -> Result<(), String> {
    let message = message(&post.from, letter)?;
    match &post.way {
        Way::Smtp(transport) => transport.send(message).await.map(|_| ()).map_err(|e| told(&e)),
        Way::Folder(folder) => {
            write(folder, letter.id, &message.formatted()).await.map_err(|e| e.to_string())
        }
    }
}

/// An error with its cause: "Connection error" alone helps nobody.
fn told(error: &dyn std::error::Error) -> String {
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    crate::base::text::line(&format!("{error}{cause}"), 300)
}

/// The letter as it travels. The address must be one, the subject is one line: no text of a stranger begins a header.
fn message(from: &Mailbox, letter: &Waiting) -> Result<Message, String> {
    let to: Address = letter.recipient.parse().map_err(|e| format!("address: {e}"))?;
    // The same at each try: a mail server that was slow to say yes knows it again.
    let id = format!("<{}.{}@{}>", letter.created_at.timestamp_micros(), letter.id, from.email.domain());
    let mut message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(crate::base::text::line(&letter.subject, 300))
        .date(letter.created_at.into())
        .message_id(Some(id))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .map_err(|e| e.to_string())?;
    // No "I am on holiday" in answer to a machine (RFC 3834).
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    message.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".into()));
    Ok(message)
}

/// Writes a file whole or not at all: who reads the folder finds no half letters.
async fn write(folder: &Path, id: i64, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let unfinished = folder.join(format!(".{id}.eml"));
    tokio::fs::write(&unfinished, bytes).await?;
    tokio::fs::rename(unfinished, folder.join(format!("{id:06}.eml"))).await
}

#[cfg(test)]
mod unit {
    use super::*;

    #[test]
    fn pauses_grow_and_a_letter_is_tried_for_about_a_day() {
        assert_eq!(pause(1), TimeDelta::seconds(30));
        assert_eq!(pause(3), TimeDelta::minutes(2));
        let whole: TimeDelta = (1..MOST_TRIES).map(pause).sum();
        assert!(whole > TimeDelta::hours(8) && whole < TimeDelta::hours(30), "{whole}");
    }

    #[test]
    fn a_mail_server_elsewhere_is_reached_encrypted() {
        assert!(
            is_here("smtp://localhost:25")
                && is_here("smtp://u:p@127.0.0.1")
                && is_here("smtp://[::1]:2525/me")
        );
        assert!(!is_here("smtp://localhost.evil.example") && !is_here("smtp://mail.example:587"));
    }

    #[test]
    fn a_way_that_cannot_be_is_said_without_its_password() {
        let of = |mail: &str| {
            Post::of(&Config { mail: crate::base::config::Secret::new(mail), ..Config::default() })
        };
        assert!(of("").unwrap().is_none());
        assert!(of("smtp://u:hunter2@mail.example:587").unwrap().is_some());
        for wrong in ["http://u:hunter2@x", "folder:", "mail.example", "smtp://"] {
            let error = of(wrong).unwrap_err().to_string();
            assert!(error.contains("mail :") && !error.contains("hunter2"), "{wrong}: {error}");
        }
    }
}
