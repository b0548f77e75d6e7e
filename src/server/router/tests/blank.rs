//! A text of which nothing is seen is an empty text, in every field of every form: it is refused or left out, never kept.

use super::cases::{cases, ready, send};
use super::knocking::House;
use crate::base::db::{Db, Sql};
use crate::base::text::is_blank;
use crate::server::testing::on_sqlite;

/// Characters that take a place and show nothing, each a habit of another keyboard or of another trick.
const UNSEEN: [&str; 3] = ["\u{200b}\u{2060}\u{ad}", "\u{3164}\u{2800}", "\u{a0} \u{2003}\u{feff}"];

/// Every value of the database that is a text of which nothing is seen: table, column and text.
async fn unseen(db: &Db) -> Vec<(String, String, String)> {
    let columns: Vec<(String, String)> = db
        .all(
            "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c
             where m.type = 'table' and upper(c.type) in ('TEXT', 'VARCHAR') and m.name not like 'sqlite_%'",
            (),
        )
        .await
        .unwrap();
    assert!(columns.len() > 100, "{columns:?}");
    let mut found = Vec::new();
    for (table, column) in columns {
        let sql = format!("select {column} from \"{table}\" where {column} is not null and {column} <> ''");
        let texts: Vec<(String,)> = db.all(&*sql.leak(), ()).await.unwrap();
        let blank = texts.into_iter().filter(|(text,)| is_blank(text));
        found.extend(blank.map(|(text,)| (table.clone(), column.clone(), text)));
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_field_of_any_form_keeps_a_text_of_which_nothing_is_seen() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut wrong = Vec::new();
        for case in &cases() {
            for (at, (field, _)) in case.fields.iter().enumerate() {
                for text in UNSEEN {
                    let mut ready = ready(&house, case).await;
                    ready.fields[at].1 = text.to_owned();
                    let mut client = house.enter(case.who).await;
                    client.headers = vec![("accept", "text/html".into())];
                    let key = house.app.once_keys().fresh(ready.class.word());
                    let answer = send(client, case, &ready, &key).await;
                    if answer.status.is_server_error() {
                        wrong.push(format!("{} {field} {text:?}: {}", case.route, answer.status));
                    }
                }
            }
            let kept = unseen(&db).await;
            if !kept.is_empty() {
                wrong.push(format!("after {}: {kept:?}", case.route));
                break;
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}
