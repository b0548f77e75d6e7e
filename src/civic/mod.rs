//! People and rules: who acts, what they may do and when. Modules stand on it.

pub mod accounts;
pub mod contributions;
pub mod figures;
pub mod keys;
pub mod manifest;
pub mod placing;
pub mod processes;
pub mod work;
