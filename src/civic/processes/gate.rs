//! Whether somebody may do something in a process now: calendar and level of identity. Whoever may not is told why, and from
//! when on they may.

use super::action::{Action, Shut};
use super::model::{Ballot, Opening, Settings, State};
use super::{local_time, roll};
use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::error::{Error, Result};
use crate::base::i18n::{Lang, Message};
use crate::base::ids::ProcessId;
use crate::base::mail;
use crate::civic::accounts::{Actor, Jurisdiction, Level, Role};
use crate::core::app::App;
use crate::core::atlas::World;
use crate::core::features::vocabulary::{Process, Theme};
use crate::core::features::{Kind, Terms, Voice};

/// A process with its settings, or the open square around all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessRules {
    /// Its id; 0 for the open square.
    pub id: ProcessId,
    /// The word used in addresses; empty for the open square.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Whether it can be seen.
    pub state: State,
    /// What was decided about it.
    pub settings: Settings,
    /// The number of the version that this is; 0 for the open square.
    pub version: i64,
}

impl ProcessRules {
    /// Where what belongs to no process is placed: always open, to everybody.
    pub fn square() -> ProcessRules {
        ProcessRules {
            id: ProcessId(0),
            slug: String::new(),
            title: String::new(),
            state: State::Public,
            settings: Settings::default(),
            version: 0,
        }
    }

    /// Reads a row.
    ///
    /// # Errors
    /// [`Error::Internal`] where its settings are none.
    pub(super) fn read(
        id: ProcessId,
        (slug, title): (&str, &str),
        settings: &str,
        state: &str,
        version: i64,
    ) -> Result<ProcessRules> {
        let settings = serde_json::from_str(settings)
            .map_err(|e| Error::Internal(format!("settings of the process {slug}: {e}")))?;
        let state = State::of_word(state).unwrap_or(State::Public);
        Ok(ProcessRules { id, slug: slug.to_owned(), title: title.to_owned(), state, settings, version })
    }

    /// A process as the world knows it.
    ///
    /// # Errors
    /// [`Error::Internal`] where its settings are none.
    pub(super) fn of(p: &Process) -> Result<ProcessRules> {
        ProcessRules::read(p.id, (&p.slug, &p.title), &p.settings, &p.state, p.version)
    }

    /// Its id, where it is a process.
    pub fn process(&self) -> Option<ProcessId> {
        (self.id.0 != 0).then_some(self.id)
    }

    /// Every process that can be seen.
    ///
    /// # Errors
    /// [`Error::Internal`] where a row's settings are none.
    pub fn all(world: &World) -> Result<Vec<ProcessRules>> {
        world.shown_processes().map(ProcessRules::of).collect()
    }

    /// Every process, drafts among them.
    ///
    /// # Errors
    /// [`Error::Internal`] where a row's settings are none.
    pub fn every(world: &World) -> Result<Vec<ProcessRules>> {
        world.processes().iter().map(ProcessRules::of).collect()
    }

    /// The process of a slug that can be seen; the open square for none.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn of_slug(world: &World, slug: &str) -> Result<ProcessRules> {
        if slug.is_empty() {
            return Ok(ProcessRules::square());
        }
        let process = world.shown_processes().find(|process| process.slug == slug);
        ProcessRules::of(process.ok_or(Error::NotFound)?)
    }

    /// The process of a slug as somebody may see it: a draft for who has a role in it, and for nobody else.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn seen_by(app: &App, actor: &Actor, slug: &str) -> Result<ProcessRules> {
        let (known, _) = super::store::find(&app.db, slug).await?;
        if known.state != State::Draft || known.has_team(actor) {
            return Ok(known);
        }
        Err(Error::NotFound)
    }

    /// Whether everybody may see it.
    pub fn is_shown(&self) -> bool {
        self.state != State::Draft
    }

    /// Whether somebody works on it, in whatever role.
    pub(super) fn has_team(&self, actor: &Actor) -> bool {
        let place = Jurisdiction { process: self.process(), areas: Vec::new() };
        Role::ALL.iter().any(|role| actor.may(*role, &place))
    }

    /// The process of a feature, whatever its state: what is in a draft is closed.
    ///
    /// # Errors
    /// [`Error::Internal`] where its settings are none.
    pub fn of_feature(world: &World, slug: Option<&str>) -> Result<ProcessRules> {
        match world.processes().iter().find(|p| Some(p.slug.as_str()) == slug) {
            Some(process) => ProcessRules::of(process),
            None => Ok(ProcessRules::square()),
        }
    }

    /// The rules of voices on a feature of a kind in this process, and of what is said about it: where the kind has a vote of its own, both
    /// are open to everybody, always, and the process says nothing about them. `ballot` is the vote that the feature's row names.
    #[must_use]
    pub fn for_acts_on(self, kind: Kind, ballot: Ballot) -> ProcessRules {
        if kind.0.ballot.is_none() {
            return self;
        }
        let mut settings = Settings::default();
        settings.rules.votes = ballot;
        ProcessRules { settings, state: State::Public, ..self }
    }

    /// Whether its ideas may be sorted under a theme: its own always; of those that are shared, the ones that it chose.
    pub fn offers(&self, theme: &Theme) -> bool {
        match theme.process_id {
            Some(owner) => self.process() == Some(owner),
            None if self.settings.own_themes_only => false,
            None => self.settings.themes.is_empty() || self.settings.themes.contains(&theme.slug),
        }
    }

    /// The themes that it offers, its own first.
    pub fn themes(&self, world: &World) -> Vec<Theme> {
        let mut themes: Vec<Theme> =
            world.themes().iter().filter(|theme| self.offers(theme)).cloned().collect();
        themes.sort_by_key(|theme| theme.process_id.is_none());
        themes
    }

    /// Whether an act can be done here at an instant, by calendar and state.
    pub fn opening(&self, action: Action, now: Timestamp) -> Opening {
        match self.settings.opening(action, now) {
            // Closed for good, whatever the calendar says.
            Opening::Open(_) | Opening::Opens(_) if self.state != State::Public => Opening::Never,
            opening => opening,
        }
    }

    /// The terms under which an act is admitted now, to be asked again where it is written.
    pub fn terms(&self, action: Action) -> Terms {
        let now = crate::base::clock::now();
        let until = match self.opening(action, now) {
            Opening::Open(until) => until,
            Opening::Opens(_) | Opening::Closed(_) | Opening::Never => Some(now),
        };
        Terms { process: self.process(), version: self.version, until }
    }

    /// The same for what the calendar does not close: taking back what is one's own.
    pub fn terms_always(&self) -> Terms {
        Terms { process: self.process(), version: self.version, until: None }
    }

    /// Whether the owner of an address is on this process's roll.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn is_on_roll(&self, app: &App, db: impl Sql<'_>, email: &str) -> Result<bool> {
        roll::has(db, self.id, &person(app, self.id, email)).await
    }

    /// Why an act cannot be done here now, whoever wants to; nothing where it can.
    pub fn closed(&self, lang: Lang, action: Action, now: Timestamp) -> Option<Message> {
        let when = |shut, at| Message::new(action.refusal_key(shut)).with("when", local_time::said(lang, at));
        match self.opening(action, now) {
            Opening::Open(_) => None,
            Opening::Opens(at) => Some(when(Shut::Opens, at)),
            Opening::Closed(at) => Some(when(Shut::Closed, at)),
            Opening::Never => Some(Message::new(action.refusal_key(Shut::Never))),
        }
    }

    /// Whether somebody is known well enough for an act here, and what is missing.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn lacking(&self, app: &App, action: Action, actor: &Actor) -> Result<Option<Message>> {
        let wanted = self.settings.rules.level(action);
        let is_enough = match wanted {
            Level::Roll => match actor.account.as_ref().and_then(|account| account.email.as_deref()) {
                Some(email) => roll::has(&app.db, self.id, &person(app, self.id, email)).await?,
                None => false,
            },
            level => actor.level() >= level,
        };
        Ok((!is_enough).then(|| Message::new(level_key(wanted))))
    }

    /// Refuses an act that cannot be done here by them now.
    ///
    /// # Errors
    /// [`Error::Forbidden`] with the date on which it opens or closed, or the identity that is asked for.
    pub async fn admit(&self, app: &App, lang: Lang, action: Action, actor: &Actor) -> Result<()> {
        match self.refusal(app, lang, action, actor).await? {
            Some(refusal) => Err(Error::Forbidden(refusal.why)),
            None => Ok(()),
        }
    }

    /// Why an act cannot be done here by them now; nothing where it can.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn refusal(
        &self,
        app: &App,
        lang: Lang,
        action: Action,
        actor: &Actor,
    ) -> Result<Option<Refusal>> {
        if !app.config.participation {
            return Ok(Some(Refusal { why: Message::new("error-read-only"), lacks_identity: false }));
        }
        if let Some(why) = self.closed(lang, action, crate::base::clock::now()) {
            return Ok(Some(Refusal { why, lacks_identity: false }));
        }
        let lacking = self.lacking(app, action, actor).await?;
        Ok(lacking.map(|why| Refusal { why, lacks_identity: true }))
    }
}

/// Why somebody may not do something now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The date on which it opens or closed, or the identity that is asked for.
    pub why: Message,
    /// Whether it is for want of an identity: signing in helps.
    pub lacks_identity: bool,
}

impl Ballot {
    /// Whether a voice is one of this vote's.
    ///
    /// # Errors
    /// What voices there are instead.
    pub fn takes(self, voice: Voice) -> Result<()> {
        let is_one = match self {
            Ballot::ForAgainst => matches!(voice, Voice::For | Voice::Against),
            Ballot::ForOnly => voice == Voice::For,
            Ballot::Scale => true,
            Ballot::None => false,
        };
        let key = if self == Ballot::ForOnly { "process-vote-against" } else { "process-vote-scale" };
        if is_one { Ok(()) } else { Err(Error::invalid("voice", Message::new(key))) }
    }
}

/// What a roll knows somebody by: nobody learns an address from it, not even who holds the database without its key.
pub(super) fn person(app: &App, process: ProcessId, email: &str) -> String {
    app.key_to(&format!("roll of {process}: {}", mail::canonical(email)))
}

fn level_key(level: Level) -> &'static str {
    match level {
        Level::Visitor => "process-level-visitor",
        Level::Email => "process-level-email",
        Level::Verified => "process-level-verified",
        Level::Roll => "process-level-roll",
    }
}
