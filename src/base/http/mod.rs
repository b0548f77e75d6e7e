//! What every request goes through before a handler: language, visitor, origin, headers. No civic noun, no SQL.

mod address;
mod arrival;
mod asked;
mod assets;
mod conditional;
mod crowd;
pub mod descriptors;
mod desk;
mod face;
mod fields;
mod file;
mod files;
mod guard;
mod kept;
mod path;
mod reader;
mod url;
mod visitor;

pub use address::{Proxies, Reached, household};
pub use arrival::{Arrival, Arrivals};
pub use asked::Asked;
pub use assets::serve as assets;
pub use assets::{Asset, asset_file, asset_path, asset_text, icons};
pub use conditional::{accepts_encoding, is_known, not_modified, tag_of, tagged_json, weak_tag};
pub use crowd::{Crowd, Seat};
pub use desk::{has_desk, say_desk, with_desk_said};
pub use face::{Face, face, with_face};
pub use fields::Fields;
pub use file::file;
pub use files::{Brought, FilesForm, TEXTS, Takes, brought, whole};
pub use guard::{ContentPolicy, Framed, SameOrigin, Transport, security_headers, standing_headers};
pub use kept::Kept;
pub use path::{is_own_path, own_path, see_other};
pub use reader::{Reader, SiteName, language, language_cookie, present_errors};
pub use url::{Prefix, filters, url};
pub use visitor::{KnownVisitor, NewVisitor, forgotten_visitor, known_visitor};
