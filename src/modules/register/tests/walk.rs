//! The walk over all declarations: every held column of every table is changed behind the register's back, and the check has to name
//! it. A table that a module declares later is walked, too: it only needs a row, of its seed or in [`world`].

use super::{findings, tamper};
use crate::base::db::{Db, Ids, Sql as _, by};
use crate::base::ids::{AccountId, FeatureId, Visitor};
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::civic::contributions::appeals;
use crate::civic::contributions::decisions::{self, NewDecision, Reason, Ruling};
use crate::civic::contributions::things::Thing;
use crate::civic::manifest::Seeded;
use crate::civic::processes::store as processes;
use crate::civic::processes::{Document, Settings, State};
use crate::core::app::App;
use crate::core::features::Verdict;
use crate::core::features::arguments::{self, NewArgument};
use crate::core::features::vocabulary::{self, NewTheme};
use crate::core::features::{Channel, Hold, Voice, photos, store as features, votes};
use crate::core::journal::rows::CIVIC;
use crate::core::journal::{Act, Write};
use crate::core::personal_data::{Column, Held, Rows, Table};
use crate::modules::register::Finding;
use crate::modules::{MODULES, tables};
use crate::server::testing::{app, on_both, proposal, square};
use std::collections::{BTreeMap, BTreeSet};

/// One row at least in every civic table, by the acts that make them.
async fn world(db: &Db) -> App {
    let app = app(db).await;
    let account = crate::server::testing::Client::new(&app)
        .sign_in(
            &app,
            "une@ville.example",
            &[crate::civic::accounts::Role::Moderator, crate::civic::accounts::Role::Planner],
        )
        .await;
    let mut write = Write::begin(db, crate::base::clock::now()).await.unwrap();
    let (area, _) =
        crate::core::territory::store::upsert(&mut write, &square("Nord", 2.3, 48.8, 0.1)).await.unwrap();
    let new = NewTheme { label: "Vélo", color: "#0072b2", icon: "dot", process: None };
    let theme = vocabulary::insert_theme(&mut write, &new).await.unwrap();
    let settings = Settings::default();
    let (process, slug) =
        processes::insert(&mut write, "Plan vélo", &settings, State::Public, Some(account.id)).await.unwrap();
    let author = Visitor(uuid::Uuid::from_u128(7));
    let mut ids = Vec::new();
    for title in ["Un banc", "Un arbre", "Des bancs"] {
        let mut new = proposal(title, 2.35, 48.85);
        (new.process, new.theme, new.areas, new.author) =
            (Some(process), Some(theme), vec![area], Some(author));
        ids.push(features::insert(&mut write, &new, Act::PLACED).await.unwrap());
    }
    write.commit().await.unwrap();
    said(db, &ids, author).await;
    decided(db, &ids, author, account.id).await;
    let mut write = Write::begin(db, crate::base::clock::now()).await.unwrap();
    let seeded = Seeded { now: write.at(), features: ids };
    for seed in MODULES.iter().filter_map(|module| module.seed) {
        seed(&mut write, &seeded).await.unwrap();
    }
    write.commit().await.unwrap();
    let (known, _) = processes::find(db, &slug).await.unwrap();
    let mut write = Write::begin(db, crate::base::clock::now()).await.unwrap();
    let at = write.at();
    processes::cross(&mut write, &known, "idees", processes::Edge::Opened, at).await.unwrap();
    let document = Document {
        id: 0,
        title: "Plan".into(),
        digest: "ab".repeat(32),
        kind: "application/pdf".into(),
        size: 12,
        shown: true,
        created_at: at,
    };
    processes::add_document(&mut write, process, &document).await.unwrap();
    crate::civic::processes::roll::set(&mut write, process, &["aa".into(), "bb".into()]).await.unwrap();
    let scope = crate::civic::keys::Scope::Open311;
    let key = crate::civic::keys::NewKey { name: "Voirie", scope, per_hour: 60, by: account.id };
    crate::civic::keys::store::make(&mut write, key).await.unwrap();
    // A report that an authority outside had for a while.
    let reports: Vec<(FeatureId,)> =
        write.tx().all("select feature_id from report order by feature_id limit 1", ()).await.unwrap();
    for (id,) in reports {
        let handed = "insert into report_handover (feature_id, service_id, way, state, next_try_at, made_at, returned_at, note)
                      select $1, min(id), 'letter', 'sent', $2, $2, $2, 'À vous' from report_service";
        write.tx().run(handed, (id, at)).await.unwrap();
        let paused = "insert into report_pause (feature_id, from_at, until_at, why) values ($1, $2, $2, 'handed_over')";
        write.tx().run(paused, (id, at)).await.unwrap();
        write.touch("feature", id.0);
    }
    write.commit().await.unwrap();
    app
}

async fn said(db: &Db, ids: &[FeatureId], author: Visitor) {
    let mut write = Write::begin(db, crate::base::clock::now()).await.unwrap();
    let at = write.at();
    for (n, voice) in [Voice::For, Voice::Against, Voice::For].into_iter().enumerate() {
        let voter = Visitor(uuid::Uuid::from_u128(n as u128 + 1));
        votes::set(&mut write, ids[0], voter, Some(voice)).await.unwrap();
        votes::set(&mut write, ids[1], voter, Some(Voice::For)).await.unwrap();
    }
    for (side, body) in [(Voice::For, "On s’y repose."), (Voice::Against, "Trop cher.")] {
        let new = NewArgument {
            feature: ids[0],
            side,
            body: body.into(),
            author: Some(author),
            channel: Channel::Web,
            at,
        };
        arguments::insert(&mut write, &new).await.unwrap();
    }
    let photo = photos::NewPhoto {
        digest: crate::base::media::Digest::of_text(&"c".repeat(64)).unwrap(),
        width: 800,
        height: 600,
        alt: "Un banc".into(),
        author,
    };
    let photo = photos::pending(&mut write, &photo).await.unwrap();
    write
        .tx()
        .run(
            "insert into revision (subject_kind, subject_id, n, content, held, made_at) values ('feature', $1, 1, '{}', 'waiting', $2)",
            (ids[0], at),
        )
        .await
        .unwrap();
    write.touch("feature", ids[0].0);
    photos::attach(&mut write, ids[0], author, &[(photo, "Un banc".into())]).await.unwrap();
    write.commit().await.unwrap();
}

async fn decided(db: &Db, ids: &[FeatureId], author: Visitor, by: AccountId) {
    let mut write = Write::begin(db, crate::base::clock::now()).await.unwrap();
    let at = write.at();
    let answer = NewAnswer {
        verdict: Verdict::Accepted,
        body: "C’est oui.".into(),
        motive: "Le budget le permet.".into(),
        link: "/processes/plan-velo".into(),
        authority: "La Ville".into(),
        by: Some(by),
        at,
    };
    answers::insert(&mut write, ids[0], &answer).await.unwrap();
    let hide = NewDecision {
        thing: Thing::feature(ids[1]),
        kind: Ruling::Hidden,
        reason: Some(Reason::Unclear),
        note: "Précisez.".into(),
        target: None,
        by,
    };
    let decision = decisions::insert(&mut write, &hide).await.unwrap();
    features::hold(&mut write, ids[1], Some(Hold::Hidden), Act::HIDDEN).await.unwrap();
    appeals::insert(&mut write, decision, author, "C’est clair.").await.unwrap();
    write.commit().await.unwrap();
}

/// A first text of each row that a query gives.
async fn texts(db: &Db, sql: String) -> Vec<Option<String>> {
    let sql = sqlx::AssertSqlSafe(sql);
    match db {
        Db::Sqlite(pools) => sqlx::query_scalar(sql).fetch_all(&pools.write).await.unwrap(),
        Db::Postgres(pools) => sqlx::query_scalar(sql).fetch_all(&pools.write).await.unwrap(),
    }
}

/// Like [`tamper`], but the database may refuse: it knows of constraints.
async fn attempt(db: &Db, sql: String) -> u64 {
    let sql = sqlx::AssertSqlSafe(sql);
    match db {
        Db::Sqlite(pools) => {
            sqlx::query(sql).execute(&pools.write).await.map_or(0, |done| done.rows_affected())
        }
        Db::Postgres(pools) => {
            sqlx::query(sql).execute(&pools.write).await.map_or(0, |done| done.rows_affected())
        }
    }
}

/// What a row is found by: the columns of its declared order.
fn keys(table: &Table) -> Vec<&'static str> {
    match table.rows {
        Rows::With(with) => {
            let own = |key: &&'static str| key.starts_with(&format!("{}.", table.name));
            let all = with.order.split(", ").chain([with.by]).filter(own);
            let names: BTreeSet<&str> = all.filter_map(|key| key.split('.').next_back()).collect();
            names.into_iter().collect()
        }
        Rows::Voices => vec!["feature_id", "voter"],
        _ => vec!["id"],
    }
}

fn literal(db: &Db, column: &str) -> String {
    match db {
        Db::Sqlite(_) => format!("quote({column})"),
        Db::Postgres(_) => format!("coalesce(quote_literal({column}), 'null')"),
    }
}

/// Another value, in the order in which they are tried: what another row has, nothing, what such a column may have else.
fn others(table: &str, column: &str) -> Vec<String> {
    let mut all = vec![
        format!(
            "(select x.{column} from {table} x where x.{column} is not null and x.{column} <> {table}.{column} limit 1)"
        ),
        format!("{column} + 1"),
        format!("{column} + 1000"),
    ];
    let words = [
        "report",
        "refused",
        "hidden",
        "against",
        "administrator",
        "archived",
        "draft",
        "closed",
        "moved",
        "personal",
        "granted",
        "import",
        "#e69f00",
        "2020-01-01T00:00:00Z",
        "autre",
    ];
    all.extend(words.map(|word| format!("'{word}'")));
    all.push("(select min(id) from process)".into());
    all.push("(select min(id) from account)".into());
    all.push("(select min(id) from area)".into());
    all.push("(select min(id) from feature)".into());
    all.push("null".into());
    all.push("1".into());
    all
}

/// Changes one row's column to something else. Gives how to put it back.
async fn change(db: &Db, of: &Table, column: &str) -> Option<String> {
    let (table, keys) = (of.name, keys(of));
    let row: Vec<String> = keys.iter().map(|key| literal(db, key)).collect();
    let pick = |parts: String| format!("select {parts} from {table} order by {} limit 1", keys.join(", "));
    let mut same = Vec::new();
    for (key, literal) in keys.iter().zip(&row) {
        let value = texts(db, pick(literal.clone())).await.pop().flatten()?;
        same.push((*key, value));
    }
    let old = texts(db, pick(literal(db, column))).await.pop().flatten()?;
    let whole = |pairs: &[(&str, String)]| {
        pairs
            .iter()
            .map(|(key, value)| match value.to_lowercase().as_str() {
                "null" => format!("{key} is null"),
                _ => format!("{key} = {value}"),
            })
            .collect::<Vec<_>>()
            .join(" and ")
    };
    let all = async || texts(db, format!("select {} from {table}", literal(db, column))).await;
    let before = all().await;
    for other in others(table, column) {
        let set = format!("update {table} set {column} = {other} where {}", whole(&same));
        if attempt(db, set).await != 1 {
            continue;
        }
        let mut then = same.clone();
        if let Some(key) = then.iter_mut().find(|(key, _)| *key == column) {
            // Its other value is that of the row with this id; without one, what no row had before.
            let now = match same.iter().find(|(name, _)| *name == "id" && column != "id") {
                Some((_, id)) => {
                    texts(db, format!("select {} from {table} where id = {id}", literal(db, column))).await
                }
                None => all().await.into_iter().filter(|value| !before.contains(value)).collect(),
            };
            match now.into_iter().flatten().next() {
                Some(fresh) => key.1 = fresh,
                None => continue,
            }
        }
        let back = format!("update {table} set {column} = {old} where {}", whole(&then));
        let now =
            texts(db, format!("select {} from {table} where {}", literal(db, column), whole(&then))).await;
        if now.first() == Some(&Some(old.clone())) {
            continue;
        }
        return Some(back);
    }
    None
}

on_both! {
    async fn every_column_of_every_table_is_held_or_says_why_not(db: Db) {
        let sql = by(
            "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c on true
             where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like '\\_sqlx%' escape '\\'",
            "select c.table_name::text, c.column_name::text from information_schema.columns c
             join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
             where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'spatial_ref_sys'
               and c.table_name not like '\\_sqlx%'",
        );
        let rows: Vec<(String, String)> = db.all(sql, ()).await.unwrap();
        let mut schema: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (table, column) in rows {
            schema.entry(table).or_default().insert(column);
        }
        let mut missing = Vec::new();
        for (table, columns) in &schema {
            let declared: Vec<&Table> = tables().filter(|declared| declared.name == table).collect();
            let [declared] = declared.as_slice() else {
                missing.push(format!(
                    "table `{table}` is declared {} times in the tables.rs of the rooms. Is it a civic record?
  no:  rows: \
                     Rows::Free(\"why not\"), each column with Held::WithTable
  yes: rows: Rows::Own, each column with Held::Said \
                     (people's text), Held::Line, Held::Derived or Held::Free(\"why\"), and `write.touch(\"{table}\", id)` wherever a \
                     row is written, changed or deleted;
  or Rows::With(&With {{ parent: \"feature\", … }}) for rows that belong to a \
                     feature or a process: those are sealed with it, whenever a civic line is about the feature, or it is touched.
  \
                     Then give `world` in src/modules/register/tests/walk.rs a row of it.",
                    declared.len()
                ));
                continue;
            };
            let is_whole = matches!(declared.rows, Rows::Free(_) | Rows::Register);
            for column in columns {
                let held = declared.columns.iter().filter(|other| other.name == column);
                let times = held.filter(|other| (other.held == Held::WithTable) == is_whole).count();
                if times != 1 {
                    missing.push(format!(
                        "column `{table}.{column}` is declared {times} times as its table is held: Held::Said (people's \
                         text), Held::Line (set by acts that leave a line), Held::Derived(\"SQL of what it must be\") or \
                         Held::Free(\"why nothing need hold it\")"
                    ));
                }
            }
        }
        for table in tables() {
            let columns = schema.get(table.name).cloned().unwrap_or_default();
            for column in table.columns.iter().filter(|column| column.name != "geom") {
                assert!(columns.contains(column.name), "`{}.{}` is declared and is not there", table.name, column.name);
                if let Held::Free(why) = column.held {
                    assert!(why.len() > 10, "{}.{} is free for a reason", table.name, column.name);
                }
            }
            if let Rows::Free(why) = table.rows {
                assert!(why.len() > 10, "{} is free for a reason", table.name);
            }
        }
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }

    async fn whatever_held_column_of_whatever_table_is_changed_the_check_names_it(db: Db) {
        let _app = world(&db).await;
        assert_eq!(findings(&db).await, [], "before anything is touched");
        let mut walked = 0;
        for table in tables() {
            let held = |column: &&Column| !matches!(column.held, Held::Free(_) | Held::WithTable);
            for column in table.columns.iter().filter(held).map(|column| column.name) {
                let Some(back) = change(&db, table, column).await else {
                    // The database itself keeps ids apart that other rows name.
                    assert!(
                        column == "id" || column.ends_with("_id"),
                        "`{}.{column}` could not be changed: give `world` a row of `{}`, or `others` a value", table.name, table.name
                    );
                    continue;
                };
                let found = findings(&db).await;
                let names = |f: &Finding| f.number.is_some() || f.to_string().contains(table.name);
                assert!(found.iter().any(names), "{}.{column} was changed ({back}): {found:?}", table.name);
                tamper(&db, back).await;
                walked += 1;
            }
            // What was not put back right is still found here, whichever column of the table it was.
            assert_eq!(findings(&db).await, [], "`{}` is as it was", table.name);
        }
        assert!(walked > 80, "only {walked} columns were walked");
    }

    async fn a_row_that_is_slipped_in_or_dropped_is_named(db: Db) {
        let _app = world(&db).await;
        let slips = [
            ("vote", "insert into vote (feature_id, voter, value, cast_at) select feature_id, author, 1, cast_at from vote v join feature f on f.id = v.feature_id limit 1", "delete from vote where voter = (select author from feature limit 1)"),
            ("vote", "insert into vote (feature_id, voter, value, cast_at) select feature_id, author, 0, cast_at from vote v join feature f on f.id = v.feature_id limit 1", "delete from vote where voter = (select author from feature limit 1)"),
            ("decision", "insert into decision (id, subject_kind, subject_id, feature_id, kind, decided_at) select 99, subject_kind, subject_id, feature_id, 'published', decided_at from decision", "delete from decision where id = 99"),
            ("answer", "insert into answer (id, feature_id, verdict, body, authority, answered_at) select 99, feature_id, verdict, body, authority, answered_at from answer", "delete from answer where id = 99"),
            ("status_change", "insert into status_change (id, feature_id, status, changed_at) select 99, feature_id, status, changed_at from status_change", "delete from status_change where id = 99"),
            ("role_grant", "insert into role_grant (id, account_id, role, granted_at) select 99, account_id, 'administrator', granted_at from role_grant limit 1", "delete from role_grant where id = 99"),
            ("theme", "insert into theme (id, slug, label, color, created_at) select 99, 'autre', 'Autre', color, created_at from theme limit 1", "delete from theme where id = 99"),
            ("argument", "insert into argument (id, feature_id, side, body, channel, created_at) select 99, feature_id, side, body, channel, created_at from argument limit 1", "delete from argument where id = 99"),
            ("process_roll", "insert into process_roll (process_id, person) select process_id, 'cc' from process_roll limit 1", "delete from process_roll where person = 'cc'"),
            ("sealed_row", "insert into sealed_row (subject_kind, subject_id, turn, batch, digest) select subject_kind, 99, 1, 5, digest from sealed_row limit 1", "delete from sealed_row where batch = 5"),
        ];
        for (table, slip, back) in slips {
            assert!(tamper(&db, slip.into()).await > 0, "{slip}");
            let found = findings(&db).await;
            assert!(found.iter().any(|f| f.number.is_some() || f.to_string().contains(table)), "{slip}: {found:?}");
            tamper(&db, back.into()).await;
            assert_eq!(findings(&db).await, [], "{back}");
        }
        // Each on top of the one before; each adds a finding that names it.
        for (table, drop) in [
            ("vote", "delete from vote where value < 0"),
            ("process_roll", "delete from process_roll where person = 'aa'"),
            ("appeal", "delete from appeal"),
            ("decision", "delete from decision"),
            ("answer", "delete from answer"),
            ("status_change", "delete from status_change"),
            ("photo", "delete from photo"),
            ("role_grant", "delete from role_grant where role = 'planner'"),
            ("argument", "delete from argument where side = 'for'"),
            ("sealed_row", "delete from sealed_row where subject_kind = 'theme'"),
            ("feature", "delete from feature where title = 'Des bancs'"),
        ] {
            let before = findings(&db).await;
            assert!(tamper(&db, drop.into()).await > 0, "{drop}");
            let found = findings(&db).await;
            let is_new = |f: &&Finding| !before.contains(f);
            assert!(
                found.iter().filter(is_new).any(|f| f.number.is_some() || f.to_string().contains(table)),
                "{drop}: {found:?}"
            );
        }
        // An idea with everything that the database has of it, seals and deposits too.
        tamper(&db, "delete from deposit where subject_kind = 'feature' and subject_id = (select id from feature where title = 'Un arbre')".into()).await;
        tamper(&db, "delete from sealed_row where subject_kind = 'feature' and subject_id = (select id from feature where title = 'Un arbre')".into()).await;
        let before = findings(&db).await.len();
        tamper(&db, "delete from feature where title = 'Un arbre'".into()).await;
        assert!(before > 0 && !findings(&db).await.is_empty());
    }

    async fn a_decision_is_sealed_under_the_names_that_it_had_before_it_had_a_subject(db: Db) {
        let _app = world(&db).await;
        let ids: Vec<(i64,)> = db.all("select feature_id from decision limit 1", ()).await.unwrap();
        for (n, (kind, id)) in [("argument", 7), ("photo", 8), ("feature", ids[0].0), ("survey_answer", 9)].into_iter().enumerate() {
            let sql = format!(
                "insert into decision (id, subject_kind, subject_id, feature_id, kind, decided_at)
                 select {}, '{kind}', {id}, feature_id, kind, decided_at from decision order by id limit 1", 90 + n
            );
            assert_eq!(tamper(&db, sql).await, 1);
        }
        let features = CIVIC.iter().find(|civic| civic.table == "feature").unwrap();
        let (_, columns, some) = features.with.iter().find(|(table, ..)| *table == "decision").unwrap();
        let names: Vec<_> = columns.iter().map(|(_, name)| *name).collect();
        let before = ["note", "title", "body", "id", "feature_id", "argument_id", "photo_id"];
        assert_eq!(names[..7], before, "in the order in which they were sealed");
        let rows: Vec<(i64, String)> = db.all(*some, (Ids(&[ids[0].0]),)).await.unwrap();
        let parts: Vec<_> = rows.iter().filter_map(|(_, row)| {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            (row["id"].as_i64()? >= 90).then(|| (row["argument_id"].clone(), row["photo_id"].clone(), row["subject"].clone()))
        }).collect();
        let nothing = serde_json::Value::Null;
        assert_eq!(parts, [
            (7.into(), nothing.clone(), nothing.clone()),
            (nothing.clone(), 8.into(), nothing.clone()),
            (nothing.clone(), nothing.clone(), nothing.clone()),
            (nothing.clone(), nothing, "survey_answer:9".into()),
        ]);
    }

    async fn rows_older_than_their_sealing_are_held_from_the_first_start_on(db: Db) {
        let app = world(&db).await;
        // As an older release left them: nothing sealed, lines of voices without totals.
        tamper(&db, "delete from sealed_row".into()).await;
        tamper(&db, "delete from journal where act = 'sealed'".into()).await;
        tamper(&db, "update journal set subject = null where act = 'voted'".into()).await;
        tamper(&db, "update journal set number = null, chain = null, channel = null where number is not null".into()).await;
        tamper(&db, "update journal_head set number = 0, chain = null, seq = (select max(seq) from journal)".into()).await;
        tamper(&db, "update journal_head set sealed_from = seq".into()).await;
        tamper(&db, "delete from deposit".into()).await;
        drop(app);
        let rows = crate::core::journal::baseline(&db).await.unwrap();
        assert!(rows >= 8, "{rows}");
        assert_eq!(crate::core::journal::baseline(&db).await.unwrap(), 0, "once");
        let held = |found: Vec<Finding>| {
            use crate::modules::register::Fault::{Row, Voices};
            found.into_iter().filter(|f| matches!(f.fault, Row(..) | Voices(..))).count()
        };
        assert_eq!(held(findings(&db).await), 0);
        for sql in ["update feature set created_at = '2020-01-01T00:00:00Z' where title = 'Un banc'", "update feature set votes_for = 9 where title = 'Des bancs'"] {
            tamper(&db, sql.into()).await;
        }
        assert_eq!(held(findings(&db).await), 2, "created_at, and the count of voices");
    }
}
