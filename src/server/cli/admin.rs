//! `parvis admin`: roles at the command line, which is how the first administrator comes to be.

use crate::base::config::Config;
use crate::base::error::{Error, Result};
use crate::base::mail;
use crate::civic::accounts::{Role, people, store, tell_forgotten_passkeys};
use crate::core::features::vocabulary;
use crate::core::journal::Write;
use crate::core::territory;
use clap::{Args, Subcommand};

/// What `parvis admin` can be asked.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Give a role to the owner of an address, who need not have signed in yet.
    Grant(RoleArgs),
    /// Take a role back.
    Revoke(RoleArgs),
    /// List who has which role.
    List,
    /// Forget somebody's passkeys, which they lost, and sign them out everywhere: they add another after signing in by a link.
    ForgetPasskeys {
        /// The address that they sign in with.
        email: String,
    },
}

/// Whose role, which, and where.
#[derive(Debug, Args)]
pub struct RoleArgs {
    /// The address that they sign in with.
    pub email: String,
    /// moderator, agent, planner or administrator.
    #[arg(long, default_value = "administrator")]
    pub role: String,
    /// In this process only (its slug).
    #[arg(long)]
    pub process: Option<String>,
    /// In this area only (its slug).
    #[arg(long)]
    pub area: Option<String>,
}

fn unknown(what: &str, word: &str) -> Error {
    Error::Config(format!("{what} : « {word} » est inconnu / \"{word}\" is unknown"))
}

pub(super) async fn run(config: &Config, command: AdminCommand) -> Result<()> {
    let db = super::open(config).await?;
    match command {
        AdminCommand::Grant(args) => grant(&db, &args).await?,
        AdminCommand::Revoke(args) => revoke(&db, &args).await?,
        AdminCommand::ForgetPasskeys { email } => forget_passkeys(&db, &config.name, &email).await?,
        AdminCommand::List => {
            for held in people::holders(&db, 0, i64::MAX).await? {
                let scope: Vec<&str> =
                    [&held.process, &held.area].into_iter().flatten().map(String::as_str).collect();
                super::say(&format!(
                    "{}\t{}\t{}",
                    held.email.as_deref().unwrap_or("–"),
                    held.role.word(),
                    scope.join(", ")
                ));
            }
        }
    }
    db.close().await;
    Ok(())
}

async fn grant(db: &crate::base::db::Db, args: &RoleArgs) -> Result<()> {
    let email = mail::address(&args.email).ok_or_else(|| unknown("EMAIL", &args.email))?;
    let role = Role::of_word(&args.role).ok_or_else(|| unknown("--role", &args.role))?;
    let process = match &args.process {
        None => None,
        Some(slug) => {
            let all = vocabulary::processes(db).await?;
            Some(all.iter().find(|p| p.slug == *slug).ok_or_else(|| unknown("--process", slug))?.id)
        }
    };
    let area = match &args.area {
        None => None,
        Some(slug) => {
            let all = territory::store::all(db).await?;
            Some(all.iter().find(|a| a.slug == *slug).ok_or_else(|| unknown("--area", slug))?.id)
        }
    };
    let mut write = Write::begin(db, crate::base::clock::now()).await?;
    let account = store::ensure(&mut write, &email).await?;
    store::grant(&mut write, account.id, role, (process, area), None).await?;
    write.commit().await?;
    super::say(&format!("{email} : {}", role.word()));
    Ok(())
}

async fn forget_passkeys(db: &crate::base::db::Db, site: &str, typed: &str) -> Result<()> {
    let email = mail::address(typed).ok_or_else(|| unknown("EMAIL", typed))?;
    let account = store::of_email(db, &email).await?.ok_or_else(|| unknown("EMAIL", typed))?;
    let mut write = Write::begin(db, crate::base::clock::now()).await?;
    let forgotten = store::forget_passkeys(&mut write, account.id).await?;
    if forgotten > 0 {
        tell_forgotten_passkeys(&mut write, site, (account.lang, email.clone())).await?;
    }
    write.commit().await?;
    super::say(&format!("{email} : – {forgotten}"));
    Ok(())
}

async fn revoke(db: &crate::base::db::Db, args: &RoleArgs) -> Result<()> {
    let email = mail::address(&args.email).ok_or_else(|| unknown("EMAIL", &args.email))?;
    let mut write = Write::begin(db, crate::base::clock::now()).await?;
    let held = people::holders(write.tx(), 0, i64::MAX).await?;
    let mine = held
        .iter()
        .filter(|held| held.email.as_deref() == Some(email.as_str()) && held.role.word() == args.role);
    let ids: Vec<_> = mine.map(|held| held.id).collect();
    if ids.is_empty() {
        return Err(unknown("EMAIL --role", &format!("{email} {}", args.role)));
    }
    for id in ids {
        people::revoke(&mut write, id).await?;
    }
    write.commit().await?;
    super::say(&format!("{email} : – {}", args.role));
    Ok(())
}
