//! Plumbing: databases, HTTP, letters, pictures, languages. It knows no civic noun, and could serve another program.

pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod fetch;
pub mod http;
pub mod i18n;
pub mod ids;
pub mod jobs;
pub mod letters;
pub mod mail;
pub mod media;
pub mod once;
pub mod prose;
pub mod telemetry;
pub mod text;
pub(crate) mod words;
