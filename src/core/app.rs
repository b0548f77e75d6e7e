//! What every handler holds: configuration, database, live map. The two verbs of a write, [`App::begin`] and
//! [`App::commit`].

use crate::base::clock;
use crate::base::config::{Config, LettersLack};
use crate::base::db::{self, Db, setting};
use crate::base::error::{Error, Result};
use crate::base::http::{Crowd, Proxies, descriptors};
use crate::base::i18n::Message;
use crate::base::ids::Seq;
use crate::base::media;
use crate::base::once;
use crate::core::atlas::{Atlas, Follower};
use crate::core::features::ballots::Ballots;
use crate::core::gazetteer;
use crate::core::journal::{self, Write};
use crate::core::made::Made;
use crate::core::site::{Field, Site};
use axum::extract::FromRef;
use axum_extra::extract::cookie::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

/// Live streams to one address: ten people with ten pages each, as `accounts::limits` counts who shares one.
const LISTENERS_OF_ONE: usize = 100;

/// The application. Cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    parts: Arc<Parts>,
}

/// What [`App`] points to.
#[derive(Debug)]
pub struct Parts {
    /// What the operator decided.
    pub config: Config,
    /// The truth.
    pub db: Db,
    /// The live map.
    pub atlas: Arc<Atlas>,
    /// The search of known places.
    pub places: gazetteer::Search,
    /// What was counted and drawn of the map as it is.
    pub made: Made,
    /// The kept pictures.
    pub media: media::Store,
    /// Where voices are put in.
    pub ballots: Ballots,
    /// Whom live streams are open to.
    pub listeners: Arc<Crowd>,
    /// Which proxies are believed about where a request comes from.
    pub proxies: Proxies,
    cookie_key: Secret,
}

struct Secret(Key);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl FromRef<App> for Key {
    fn from_ref(app: &App) -> Key {
        app.parts.cookie_key.0.clone()
    }
}

impl App {
    /// Opens the database, brings its schema up to date, loads the live map and starts to follow the journal.
    ///
    /// # Errors
    /// Where the database does not answer or is newer than this binary.
    pub async fn start(config: Config) -> Result<App> {
        let db = Db::connect(config.database.expose(), config.connections).await?;
        db::migrate(&db).await?;
        let kept = config.map_file();
        App::with_map(config, db, kept.as_deref()).await
    }

    /// The same on a database that is open and migrated; the live map is read from the database alone.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn on(config: Config, db: Db) -> Result<App> {
        App::with_map(config, db, None).await
    }

    async fn with_map(config: Config, db: Db, kept: Option<&Path>) -> Result<App> {
        tell_baseline(journal::baseline(&db).await?);
        let (atlas, follower) = Follower::load(db.clone(), config.tile_cache_mb << 20, kept).await?;
        tokio::spawn(follower.run());
        // In the database and not in a file: two servers on one database must read each other's cookies.
        let hex = setting::ensure(&db, "cookie_key", || {
            use rand::Rng;
            let mut key = [0u8; 64];
            rand::rng().fill_bytes(&mut key);
            key.iter().map(|byte| format!("{byte:02x}")).collect()
        })
        .await?;
        let key: Vec<u8> = (0..hex.len() / 2)
            .filter_map(|at| u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok())
            .collect();
        let key = Key::try_from(key.as_slice()).map_err(|e| Error::Internal(format!("cookie key: {e}")))?;
        let media = media::Store::new(config.media.clone());
        let ballots = Ballots::open(db.clone(), Arc::clone(&atlas));
        let proxies = Proxies::read(&config.trusted_proxies, &config.forwarded_header)?;
        // Half of all connections: the other half is for requests.
        let all = descriptors::connections() / 2;
        let listeners = Crowd::new(all, if config.limits.trim() == "off" { all } else { LISTENERS_OF_ONE });
        Ok(App {
            parts: Arc::new(Parts {
                config,
                db,
                atlas,
                places: gazetteer::Search::default(),
                made: Made::default(),
                media,
                ballots,
                listeners,
                proxies,
                cookie_key: Secret(key),
            }),
        })
    }

    /// Writes the live map's columns beside the database, for the next start. That it fails is told, and stops nobody. Gives whether the
    /// file is there.
    pub async fn keep_map(&self) -> bool {
        let Some(path) = self.config.map_file() else { return false };
        let kept = self.atlas.keep(&self.db, &path).await;
        if let Err(error) = &kept {
            tracing::warn!(%error, path = %path.display(), "the next start reads the whole database");
        }
        kept.is_ok()
    }

    /// The address under which the reader reaches us, without a final `/`: for what they alone are shown, or what names the site to
    /// them. Nothing of it goes into a letter: who writes `Host` into a request would write the letter ([`Config::letters_base`]).
    pub fn base(&self, reader: &crate::base::http::Reader) -> String {
        if self.config.public_url.is_empty() { reader.base.clone() } else { self.config.public_url.clone() }
    }

    /// A setting that is in force: the operator's, where the file says one, else the desk's; empty where nobody said anything.
    pub fn setting(&self, name: &str) -> String {
        let of_operator = Field::of_name(name).and_then(|field| field.of_operator(&self.config));
        of_operator.map_or_else(|| self.site().get(name).to_owned(), ToOwned::to_owned)
    }

    /// What the city says of itself.
    pub fn site(&self) -> Arc<Site> {
        Arc::clone(self.atlas.world().site())
    }

    /// What the site is called.
    pub fn name(&self) -> String {
        let name = self.setting("name");
        if name.is_empty() { "Parvis".to_owned() } else { name }
    }

    /// What keeps letters from leaving; nothing where they do.
    pub fn letters_lack(&self) -> Option<LettersLack> {
        let lack = self.config.letters_lack();
        lack.filter(|lack| *lack != LettersLack::Way || self.site().get("mail_host").is_empty())
    }

    /// Refuses what a visitor does where the operator has closed participation.
    ///
    /// # Errors
    /// [`Error::Forbidden`], with what to read instead.
    pub fn must_be_open(&self) -> Result<()> {
        if self.config.participation {
            Ok(())
        } else {
            Err(Error::Forbidden(Message::new("error-read-only")))
        }
    }

    /// A key to one thing, that only this instance can make: a link with it opens what the link is to, whoever holds it.
    /// Nothing of it is stored.
    pub fn key_to(&self, thing: &str) -> String {
        let digest = self.mac(thing).finalize().into_bytes();
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether a key is the one to this thing. Takes as long for a wrong key as for the right one.
    pub fn is_key_to(&self, thing: &str, key: &str) -> bool {
        let bytes: Option<Vec<u8>> = key
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .collect();
        bytes.is_some_and(|bytes| bytes.len() == 16 && self.mac(thing).verify_truncated_left(&bytes).is_ok())
    }

    fn mac(&self, thing: &str) -> Hmac<Sha256> {
        // HMAC pads a short key with zeros up to the block of the hash.
        let mut block = [0u8; 64];
        for (byte, key) in block.iter_mut().zip(self.cookie_key.0.signing()) {
            *byte = *key;
        }
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(b"parvis key to ");
        mac.update(thing.as_bytes());
        mac
    }

    /// What makes the one-time keys of forms.
    pub fn once_keys(&self) -> once::Keys {
        once::Keys::new(&self.cookie_key.0)
    }

    /// Begins a write; in it the request's one-time key is taken, if it has one.
    ///
    /// # Errors
    /// Where the database gives no connection or lock in time; [`Error::Repeated`] where the key was taken before.
    pub async fn begin(&self) -> Result<Write> {
        Write::begin(&self.db, clock::now()).await?.through("web").once().await
    }

    /// Commits a write and waits until the live map shows it.
    ///
    /// # Errors
    /// Where the database refuses: nothing is kept then. A map that is late is logged, not an error: the write is safe.
    pub async fn commit(&self, write: Write) -> Result<()> {
        let seq = write.commit().await?;
        shown(&self.atlas, seq).await;
        Ok(())
    }
}

/// Says that rows which are older than their sealing were sealed as they stood.
pub(crate) fn tell_baseline(rows: u64) {
    if rows > 0 {
        tracing::info!(rows, "the register holds these rows from now on");
    }
}

/// Waits until the live map shows what was committed as this line.
pub(crate) async fn shown(atlas: &Atlas, seq: Option<Seq>) {
    if let Some(seq) = seq
        && let Err(error) = atlas.reach(seq).await
    {
        tracing::error!(%error, seq, "committed, but the live map is late");
    }
}
