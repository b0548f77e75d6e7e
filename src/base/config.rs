//! What an operator decides: `parvis.toml`, then `PARVIS_*` over it. Unknown keys are refused, so that a typo is an
//! error and not a silent default. The only reader of the environment.

use crate::base::error::{Error, Result};
use crate::base::http::Prefix;
use serde::Deserialize;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The whole configuration. `parvis.example.toml` shows each key with its default; a test keeps it true.
#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `sqlite:PATH` or `postgres://user:password@host/database`.
    pub database: Secret,
    /// Connections to the database.
    pub connections: u32,
    /// The address that the server listens on.
    pub listen: SocketAddr,
    /// The address on which `/metrics` is served, and nothing else; empty: nowhere.
    pub metrics_listen: String,
    /// The address that people type, without a final `/`; it may have a path (`https://ville.example/carte`). Empty: pages take it from each request's `Host`, letters never do
    /// ([`Config::letters_base`]).
    pub public_url: String,
    /// The site's name, on every page; empty: as it is set at the desk.
    pub name: String,
    /// How log lines are written.
    pub log: LogFormat,
    /// What is logged, in the syntax of `RUST_LOG`.
    pub log_filter: String,
    /// Memory for rendered tiles, in MiB.
    pub tile_cache_mb: u64,
    /// The file that the live map's columns are kept in between two starts ([`Config::map_file`]).
    pub map_file: PathBuf,
    /// How long a stopping server waits for requests under way, in seconds.
    pub shutdown_seconds: u64,
    /// How long a client may keep the server waiting for the next piece of a request, in seconds.
    pub patience_seconds: u64,
    /// The folder in which pictures are kept, made where it is missing. Several servers on one database share one.
    pub media: PathBuf,
    /// Whether visitors may place and support ideas (false: the map is read only).
    pub participation: bool,
    /// Whether browsers keep what they need to work without a connection (false: those that did forget it).
    pub offline: bool,
    /// Whether roles can be used only with a second factor, a passkey. `false` is for demonstrations.
    pub second_factor: bool,
    /// How letters leave: nothing (they wait), `smtp://…`, `smtps://…`, or `folder:PATH`.
    pub mail: Secret,
    /// Who letters are from: `Name <address>`.
    pub mail_from: String,
    /// The address of an identity provider (OpenID Connect); empty: none.
    pub outside_issuer: String,
    /// Our name there.
    pub outside_client: String,
    /// Our secret there.
    pub outside_secret: Secret,
    /// What the button says: the provider's name.
    pub outside_label: String,
    /// Whether a page shows everybody's letters. For demonstrations only.
    pub demo_inbox: bool,
    /// Proxies whose word about a request's sender counts: addresses or networks, separated by commas.
    pub trusted_proxies: String,
    /// The header in which they say it: `x-forwarded-for` or `forwarded`.
    pub forwarded_header: String,
    /// Hosts that other authorities' doors may be at though their address is private, or not encrypted: names with or without a port,
    /// separated by commas.
    pub outside_hosts: String,
    /// How often one person may do a thing: empty for the defaults, `off`, or what differs (`vote=60/minute, search=off`).
    pub limits: String,
    /// Sites that may show the map's `/embed` page in a frame, separated by commas; empty: there is no such page.
    pub embed: String,
    /// A list of words that are a signal to moderators, one a line; empty: none.
    pub moderation_words: PathBuf,
    /// The address that people write to about their data, on the page `/privacy`; nothing is said where it is empty.
    pub privacy_contact: String,
    /// Who is sent the head of the register each day: addresses separated by commas; empty: nobody.
    pub register_witnesses: String,
    /// How long what concerns people is kept.
    pub retention: Retention,
    /// What lies under the map: nothing, the path of a `.pmtiles` or `.mbtiles` file, or the address of a style.
    pub basemap: String,
}

/// How long what concerns people is kept, in days. The defaults follow what the CNIL advises; `/privacy` says what is set.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// The link between a visitor's browser and what they did without an account.
    pub visitors: u32,
    /// An account that nobody signs in to.
    pub accounts: u32,
    /// A session after its end.
    pub sessions: u32,
    /// A letter after it was sent.
    pub letters: u32,
    /// What was withdrawn or hidden, while it may still be asked for or appealed.
    pub withheld: u32,
    /// A process's roll after the end of its last phase.
    pub rolls: u32,
    /// The audience's daily counts.
    pub audience: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Retention {
            visitors: 395,
            accounts: 1095,
            sessions: 30,
            letters: 90,
            withheld: 365,
            rolls: 365,
            audience: 760,
        }
    }
}

/// `text` for a terminal, `json` for a log collector.
#[derive(Debug, Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One readable line an event.
    Text,
    /// One JSON object an event.
    Json,
}

/// A value that never shows in logs or in `Debug`.
#[derive(Clone, Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value that must not be shown.
    pub fn new(value: impl Into<String>) -> Self {
        Secret(value.into())
    }
    /// The value itself. Take care where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            database: Secret::new("sqlite:var/parvis.db"),
            connections: 16,
            listen: SocketAddr::from(([127, 0, 0, 1], 8600)),
            metrics_listen: String::new(),
            public_url: String::new(),
            name: String::new(),
            log: LogFormat::Text,
            log_filter: "info,sqlx=warn".into(),
            tile_cache_mb: 256,
            map_file: PathBuf::new(),
            shutdown_seconds: 10,
            patience_seconds: 20,
            media: "var/media".into(),
            participation: true,
            offline: true,
            second_factor: true,
            mail: Secret::new(""),
            mail_from: "Parvis <ne-pas-repondre@parvis.invalid>".into(),
            outside_issuer: String::new(),
            outside_client: String::new(),
            outside_secret: Secret::new(""),
            outside_label: "FranceConnect".into(),
            outside_hosts: String::new(),
            demo_inbox: false,
            trusted_proxies: String::new(),
            forwarded_header: "x-forwarded-for".into(),
            limits: String::new(),
            embed: String::new(),
            moderation_words: PathBuf::new(),
            privacy_contact: String::new(),
            register_witnesses: String::new(),
            retention: Retention::default(),
            basemap: String::new(),
        }
    }
}

/// Why letters do not leave, though people ask for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LettersLack {
    /// No way to send them is set (`mail`).
    Way,
    /// The address that their links begin with is not set (`public_url`).
    Address,
}

impl LettersLack {
    /// The word in the keys of the locale files.
    pub fn word(self) -> &'static str {
        match self {
            LettersLack::Way => "way",
            LettersLack::Address => "address",
        }
    }
}

impl Config {
    /// The address that links in letters begin with, without a final `/`: what the operator says, or the listener's own where only
    /// this machine reaches it. Never what a request says of itself; empty where nobody said it.
    pub fn letters_base(&self) -> String {
        match (self.public_url.as_str(), self.listen.ip().is_loopback()) {
            ("", true) => format!("http://{}", self.listen),
            ("", false) => String::new(),
            (url, _) => url.to_owned(),
        }
    }

    /// Where the live map's columns are kept between two starts: where the operator says, else beside SQLite's file. One server's own; nothing
    /// where neither is.
    pub fn map_file(&self) -> Option<PathBuf> {
        if !self.map_file.as_os_str().is_empty() {
            return Some(self.map_file.clone());
        }
        let path = self.sqlite_file()?;
        Some(PathBuf::from(format!("{}.map", path.display())))
    }

    /// SQLite's file, where the database is one.
    pub fn sqlite_file(&self) -> Option<&Path> {
        let rest = self.database.expose().strip_prefix("sqlite:")?;
        let path = rest.strip_prefix("//").unwrap_or(rest).split('?').next()?;
        (!path.is_empty() && !path.contains(":memory:")).then_some(Path::new(path))
    }

    /// The path of `public_url`, under which the site stands.
    pub fn prefix(&self) -> Prefix {
        Prefix::of_url(&self.public_url).unwrap_or_default()
    }

    /// What keeps letters from leaving; nothing where they do, or everybody reads them at the demonstration's `/demo/inbox`.
    pub fn letters_lack(&self) -> Option<LettersLack> {
        if self.letters_base().is_empty() {
            Some(LettersLack::Address)
        } else if self.mail.expose().is_empty() && !self.demo_inbox {
            Some(LettersLack::Way)
        } else {
            None
        }
    }

    /// Reads `path` if it is given (it must then be there), `parvis.toml` of the current folder otherwise (if it is
    /// there), and lays the environment's `PARVIS_*` over it.
    ///
    /// # Errors
    /// [`Error::Config`] naming the key or the file.
    pub fn load(path: Option<&Path>) -> Result<Config> {
        let default = PathBuf::from("parvis.toml");
        let text = match path {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|e| Error::Config(format!("{} : {e}", path.display())))?,
            None if default.exists() => std::fs::read_to_string(&default)
                .map_err(|e| Error::Config(format!("{} : {e}", default.display())))?,
            None => String::new(),
        };
        Config::parse(&text, std::env::vars())
    }

    /// The address of `metrics_listen`.
    ///
    /// # Errors
    /// [`Error::Config`] where it is none.
    pub fn metrics(&self) -> Result<Option<SocketAddr>> {
        let text = self.metrics_listen.as_str();
        let read = |e| Error::Config(format!("metrics_listen = \"{text}\" : {e} (127.0.0.1:8601)"));
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(read) }
    }

    /// Reads a TOML text, with `environment` laid over it.
    ///
    /// # Errors
    /// [`Error::Config`] naming the key.
    pub fn parse(text: &str, environment: impl IntoIterator<Item = (String, String)>) -> Result<Config> {
        let mut table: toml::Table =
            toml::from_str(text).map_err(|e| Error::Config(format!("parvis.toml : {e}")))?;
        for (name, value) in environment {
            let Some(key) = name.strip_prefix("PARVIS_") else { continue };
            // PARVIS_TEST_* steer the tests, PARVIS_CONFIG names the file itself.
            if key.starts_with("TEST_") || key == "CONFIG" {
                continue;
            }
            table.insert(key.to_lowercase(), typed(value));
        }
        let config: Config = table.try_into().map_err(|e| Error::Config(format!("configuration : {e}")))?;
        if config.public_url.ends_with('/') {
            return Err(Error::Config("public_url : sans « / » final / without a final slash".into()));
        }
        if !config.public_url.is_empty() && Prefix::of_url(&config.public_url).is_none() {
            return Err(Error::Config(format!(
                "public_url = \"{}\" : https://hôte ou https://hôte/chemin, sans accents ni « ? » / https://host or \
                 https://host/path, plain letters",
                config.public_url
            )));
        }
        Ok(config)
    }
}

/// The environment has only text: a number or a boolean is taken as one.
fn typed(value: String) -> toml::Value {
    if let Ok(number) = value.parse::<i64>() {
        toml::Value::Integer(number)
    } else if let Ok(flag) = value.parse::<bool>() {
        toml::Value::Boolean(flag)
    } else {
        toml::Value::String(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> [(String, String); 0] {
        []
    }

    #[test]
    fn the_example_file_shows_every_key_with_its_default() {
        let text = include_str!("../../parvis.example.toml");
        assert_eq!(Config::parse(text, none()).unwrap(), Config::default());
        for line in format!("{:#?}", Config::default()).lines().skip(1) {
            let Some((key, _)) = line.trim().split_once(':') else { continue };
            if line.starts_with("    ") && !line.starts_with("     ") {
                let there = text.contains(&format!("\n{key} = ")) || text.contains(&format!("\n[{key}]"));
                assert!(there, "parvis.example.toml lacks {key}");
            }
        }
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = Config::parse("databse = 'sqlite:x'", none()).unwrap_err().to_string();
        assert!(error.contains("databse"), "{error}");
        let error = Config::parse("", [("PARVIS_LISTN".into(), "x".into())]).unwrap_err().to_string();
        assert!(error.contains("listn"), "{error}");
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let config = Config::parse("connections = 3", [("PARVIS_CONNECTIONS".into(), "7".into())]).unwrap();
        assert_eq!(config.connections, 7);
    }

    #[test]
    fn a_secret_does_not_show_in_debug() {
        let config = Config::parse("database = 'postgres://u:hunter2@h/d'", none()).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
