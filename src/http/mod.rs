//! What every request goes through before a handler: language, visitor, origin, headers. No civic noun, no SQL.

mod assets;
mod guard;
mod reader;
mod visitor;

pub use assets::serve as assets;
pub use assets::{Asset, asset_path};
pub use guard::{ContentPolicy, SameOrigin, security_headers};
pub use reader::{Reader, SiteName, language_cookie, present_errors};
pub use visitor::{KnownVisitor, NewVisitor, forgotten_visitor};
