//! The page of the second factor.

use super::model::Passkey;
use crate::base::http::filters;
use crate::base::i18n::Lang;
use askama::Template;
use askama_web::WebTemplate;

/// "Show your passkey", or add the first one.
#[derive(Template, WebTemplate)]
#[template(path = "accounts/templates/second_factor.html")]
pub(super) struct SecondFactorPage {
    pub(super) lang: Lang,
    pub(super) site: String,
    /// Where to go afterwards.
    pub(super) to: String,
    pub(super) passkeys: Vec<Passkey>,
}
