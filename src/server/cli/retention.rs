//! `parvis retention`: what the server does every day, at once, or said only.

use crate::base::clock;
use crate::base::config::Config;
use crate::base::error::Result;
use crate::base::i18n::Lang;
use crate::base::media::Store;
use crate::modules::privacy::keep::{self, Dry};

pub(super) async fn run(config: &Config, dry_run: bool) -> Result<()> {
    let db = super::open(config).await?;
    let dry = if dry_run { Dry::Yes } else { Dry::No };
    let media = Store::new(config.media.clone());
    let kept = keep::run(&db, &media, &config.retention, clock::now(), dry).await?;
    db.close().await;
    for (rule, days, count) in kept {
        let name = Lang::default().text(&format!("retention-{}", rule.word()));
        super::say(&format!("{count:>8}  {name} ({} > {days} j)", rule.word()));
    }
    if dry_run {
        super::say("rien n’a été changé / nothing was changed");
    }
    Ok(())
}
