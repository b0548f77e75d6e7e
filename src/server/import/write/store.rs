//! What an import knows of the one before: the columns of the file that a source's rows came from.
//!
//! What it is: the guard against two files of one name. Without `--source` a file is known by its name, and `export.csv` of
//! one town would overwrite that of another. Invariant: where the columns differ, somebody says which it is.

use crate::base::db::Tx;
use crate::base::error::{Error, Result};
use std::sync::Arc;

/// Checks that a file is the one that its source's rows came from, and keeps its columns.
///
/// # Errors
/// [`Error::Config`] where nobody named the source and the columns are others.
pub(super) async fn check(
    tx: &mut Tx,
    what: &'static str,
    source: &str,
    is_named: bool,
    columns: &[Arc<str>],
) -> Result<()> {
    use crate::base::db::Sql;
    let mut sorted: Vec<&str> = columns.iter().map(|column| &**column).collect();
    sorted.sort_unstable();
    let columns = sorted.join("\n");
    let known: Option<(String,)> = tx
        .optional("select columns from import_source where what = $1 and source = $2", (what, source))
        .await?;
    if let Some((known,)) = known.filter(|(known,)| *known != columns && !is_named) {
        let before = known.replace('\n', ", ");
        return Err(Error::Config(format!(
            "un fichier « {source} » aux autres colonnes a déjà été importé ({before}) ; dites lequel : --source {source} si \
             c’est sa suite, --source AUTRE-NOM si c’est un autre fichier / another file \"{source}\" with other columns was \
             imported before; say which it is: --source {source} to go on with it, --source OTHER-NAME for another file"
        )));
    }
    tx.run(
        "insert into import_source (what, source, columns) values ($1, $2, $3)
         on conflict (what, source) do update set columns = excluded.columns",
        (what, source, columns),
    )
    .await?;
    Ok(())
}
