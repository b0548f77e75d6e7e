//! Puts the house together: the router, the command line, imports, backups and the demonstration.

pub mod backup;
pub mod cli;
pub mod demo;
pub mod import;
pub mod router;

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod security_model;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod texts;
