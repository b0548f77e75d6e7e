//! The sealed register on both databases: whatever is changed, the check names it; what is erased as it should be, it accepts.

use super::*;
use crate::base::db::{Db, Sql as _};
use crate::base::ids::{FeatureId, Visitor};
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::core::features::Verdict;
use crate::core::features::arguments::{self, NewArgument};
use crate::core::features::{Channel, Hold, Voice, store as features_store, votes};
use crate::core::journal::{Act, Write};
use crate::server::testing::{on_both, proposal};

mod lawful;
mod pictures;
mod walk;

/// Two ideas, one changed, an argument, voices, and a line without content.
async fn some(db: &Db) {
    let at = "2026-05-01T12:00:00.123456Z".parse().unwrap();
    let mut write = Write::begin(db, at).await.unwrap();
    let a = features_store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED).await.unwrap();
    let b =
        features_store::insert(&mut write, &proposal("Un arbre", 2.36, 48.86), Act::PLACED).await.unwrap();
    write.commit().await.unwrap();
    let mut write = Write::begin(db, at + chrono::TimeDelta::hours(1)).await.unwrap();
    votes::set(&mut write, a, Visitor(uuid::Uuid::new_v4()), Some(Voice::For)).await.unwrap();
    let changed = crate::core::features::Content {
        title: "Deux bancs".into(),
        body: "À l’ombre.".into(),
        theme: None,
        geometry: Some(geo::Point::new(2.351, 48.85).into()),
        stated_area: None,
        areas: Vec::new(),
    };
    features_store::rewrite(&mut write, a, &changed).await.unwrap();
    let argument = NewArgument {
        feature: a,
        side: Voice::For,
        body: "On s’y repose.".into(),
        author: None,
        channel: Channel::Web,
        at,
    };
    arguments::insert(&mut write, &argument).await.unwrap();
    features_store::hold(&mut write, b, Some(Hold::Hidden), Act::HIDDEN).await.unwrap();
    write.record_subject(Act::PHASE_OPENED, "plan-velo 1");
    write.commit().await.unwrap();
}

async fn findings(db: &Db) -> Vec<Finding> {
    verify(db, |_, _| ()).await.unwrap().findings
}

/// The number of the last line of an act.
async fn last_number(db: &Db, act: &str) -> i64 {
    let (number,): (i64,) = db.one("select max(number) from journal where act = $1", (act,)).await.unwrap();
    number
}

async fn names(db: &Db, finding: &Finding) -> bool {
    findings(db).await.contains(finding)
}

async fn numbers(db: &Db) -> Vec<Option<i64>> {
    findings(db).await.into_iter().map(|finding| finding.number).collect()
}

/// Runs a change that no program of ours makes.
async fn tamper(db: &Db, sql: String) -> u64 {
    match db {
        Db::Sqlite(pools) => {
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&pools.write).await.unwrap().rows_affected()
        }
        Db::Postgres(pools) => {
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&pools.write).await.unwrap().rows_affected()
        }
    }
}

/// For each column: how one byte of it is changed, and how that is undone.
fn changes(db: &Db) -> Vec<(&'static str, String)> {
    let sqlite = matches!(db, Db::Sqlite(_));
    let flip = |column: &str| {
        if sqlite {
            // Another byte than the one that is there, whichever that is.
            let other = format!("case when substr({column}, 4, 1) = x'00' then x'01' else x'00' end");
            format!("substr({column}, 1, 3) || cast({other} as blob) || substr({column}, 5)")
        } else {
            format!("set_byte({column}, 3, 255 - get_byte({column}, 3))")
        }
    };
    let blob = |column: &str| {
        if sqlite { format!("cast({} as blob)", flip(column)) } else { flip(column) }
    };
    let at = if sqlite { "replace(at, '.123456', '.123457')" } else { "at + interval '1 microsecond'" };
    vec![
        ("seq", "seq + 1000".into()),
        ("at", at.into()),
        ("act", "'x' || substr(act, 2)".into()),
        ("feature_id", "coalesce(feature_id, 0) + 1000".into()),
        ("subject", "coalesce(subject, '') || 'x'".into()),
        ("number", "number + 1000".into()),
        ("number", "null".into()),
        ("channel", "channel || 'x'".into()),
        ("channel", "null".into()),
        ("content", blob("content")),
        ("content", "null".into()),
        ("chain", blob("chain")),
        ("chain", "null".into()),
    ]
}

on_both! {
    async fn a_register_that_nobody_touched_is_intact(db: Db) {
        some(&db).await;
        let checked = verify(&db, |_, _| ()).await.unwrap();
        assert_eq!(checked.findings, []);
        assert_eq!((checked.lines, checked.rows), (8, 3), "a line for what each write left; voices are in none");
    }

    async fn any_byte_that_changes_in_any_column_of_any_line_names_that_line(db: Db) {
        some(&db).await;
        let lines = store::lines(&db, 0, 100).await.unwrap();
        assert_eq!(lines.len(), 8);
        for line in &lines {
            for (column, value) in changes(&db) {
                if column == "content" && line.content.is_none() {
                    continue;
                }
                tamper(&db, "create table kept as select * from journal".into()).await;
                let sql = format!("update journal set {column} = {value} where number = {}", line.number);
                assert_eq!(tamper(&db, sql).await, 1);
                let found = findings(&db).await;
                let named = found.iter().any(|f| f.number == Some(line.number));
                assert!(named, "{column} = {value} of line {}: {found:?}", line.number);
                // Rows may no longer fit what is the last line about them now; the chain blames no other line.
                let blamed = found.iter().filter(|f| {
                    matches!(f.fault, Fault::Missing | Fault::Chain | Fault::Content | Fault::Gone)
                        && f.number.is_some_and(|n| n != line.number && n <= 8)
                });
                assert_eq!(blamed.count(), 0, "{column} = {value} of line {}: {found:?}", line.number);
                tamper(&db, "delete from journal".into()).await;
                tamper(&db, "insert into journal select * from kept".into()).await;
                tamper(&db, "drop table kept".into()).await;
                assert_eq!(findings(&db).await, [], "put back");
            }
        }
    }

    async fn any_byte_that_changes_in_what_is_kept_names_its_line(db: Db) {
        some(&db).await;
        let sqlite = matches!(db, Db::Sqlite(_));
        let flip = |column: &str| if sqlite {
            let other = format!("case when substr({column}, 4, 1) = x'00' then x'01' else x'00' end");
            format!("cast(substr({column}, 1, 3) || {other} || substr({column}, 5) as blob)")
        } else {
            format!("set_byte({column}, 3, 255 - get_byte({column}, 3))")
        };
        let changes = [
            ("subject_id", "subject_id + 1000".to_owned()),
            ("subject_kind", "'photo'".to_owned()),
            ("digest", flip("digest")),
            ("salt", flip("salt")),
            ("content", "substr(content, 1, 5) || '~' || substr(content, 7)".to_owned()),
            ("content", "content || ' '".to_owned()),
        ];
        for line in store::lines(&db, 0, 100).await.unwrap() {
            if line.content.is_none() {
                continue;
            }
            for (column, value) in &changes {
                tamper(&db, "create table kept as select * from deposit".into()).await;
                let sql = format!(
                    "update deposit set {column} = {value}
                     where digest = (select content from journal where number = {0})",
                    line.number
                );
                assert_eq!(tamper(&db, sql).await, 1);
                let found = numbers(&db).await;
                assert!(found.contains(&Some(line.number)), "{column} of line {}: {found:?}", line.number);
                tamper(&db, "delete from deposit".into()).await;
                tamper(&db, "insert into deposit select * from kept".into()).await;
                tamper(&db, "drop table kept".into()).await;
            }
        }
        assert_eq!(findings(&db).await, []);
    }

    async fn a_line_that_is_dropped_or_slipped_in_is_found(db: Db) {
        some(&db).await;
        for number in [1, 3, 8] {
            tamper(&db, "create table kept as select * from journal".into()).await;
            tamper(&db, format!("delete from journal where number = {number}")).await;
            assert!(findings(&db).await.contains(&Finding { number: Some(number), fault: Fault::Missing }), "{number}");
            tamper(&db, "delete from journal".into()).await;
            tamper(&db, "insert into journal select * from kept".into()).await;
            tamper(&db, "drop table kept".into()).await;
        }
        let slipped = "insert into journal (seq, at, act, feature_id) select seq + 1000, at, 'hidden', 1 from journal where number = 1";
        tamper(&db, slipped.into()).await;
        assert!(findings(&db).await.iter().any(|f| matches!(f.fault, Fault::Unsealed(_))));
    }

    async fn a_row_that_was_changed_behind_the_register_is_found(db: Db) {
        some(&db).await;
        let changes = [
            ("update feature set title = 'Trois bancs' where id = 1", Fault::Feature(1)),
            ("update feature set body = 'x' where id = 1", Fault::Feature(1)),
            ("update feature set kind = 'project' where id = 1", Fault::Feature(1)),
            ("update feature set wkb = null where id = 2", Fault::Feature(2)),
            ("update argument set body = 'On y dort.' where id = 1", Fault::Argument(1)),
        ];
        for (sql, fault) in changes {
            for table in ["feature", "argument"] {
                tamper(&db, format!("create table kept_{table} as select * from {table}")).await;
            }
            tamper(&db, sql.into()).await;
            let found = findings(&db).await;
            assert!(found.iter().any(|f| f.fault == fault && f.number.is_some()), "{sql}: {found:?}");
            for column in ["title", "body", "kind", "wkb"] {
                tamper(&db, format!("update feature set {column} = (select k.{column} from kept_feature k where k.id = feature.id)")).await;
            }
            tamper(&db, "update argument set body = (select k.body from kept_argument k where k.id = argument.id)".into()).await;
            for table in ["feature", "argument"] {
                tamper(&db, format!("drop table kept_{table}")).await;
            }
            assert_eq!(findings(&db).await, [], "put back");
        }
        let slipped = "insert into feature (id, kind, status, title, body, search, channel, created_at, updated_at)
                       select 99, kind, status, title, body, search, channel, created_at, updated_at from feature where id = 1";
        tamper(&db, slipped.into()).await;
        let found = findings(&db).await;
        assert!(found.iter().all(|f| matches!(f.fault, Fault::Feature(99) | Fault::Unheld("feature", 99))) && found.len() == 2, "{found:?}");
    }

    async fn an_answer_or_a_status_that_was_changed_behind_the_register_is_found(db: Db) {
        some(&db).await;
        let answer = |body: &str, verdict| NewAnswer {
            verdict,
            body: body.into(),
            motive: "Le budget le permet.".into(),
            link: "/processes/plan-velo".into(),
            authority: "La Ville".into(),
            by: None,
            at: crate::base::clock::now(),
        };
        for new in [answer("Nous regardons.", Verdict::Noted), answer("C’est oui.", Verdict::Accepted)] {
            let mut write = Write::begin(&db, new.at).await.unwrap();
            answers::insert(&mut write, FeatureId(1), &new).await.unwrap();
            write.commit().await.unwrap();
        }
        assert_eq!(findings(&db).await, []);
        let line = last_number(&db, "answered").await;
        for (column, value) in [("verdict", "refused"), ("body", "C’est non."), ("motive", ""), ("link", ""), ("authority", "Personne")] {
            tamper(&db, "create table kept as select * from answer".into()).await;
            tamper(&db, format!("update answer set {column} = '{value}' where id = 2")).await;
            assert!(names(&db, &Finding { number: Some(line), fault: Fault::Answer(1) }).await, "{column}");
            tamper(&db, format!("update answer set {column} = (select k.{column} from kept k where k.id = answer.id)")).await;
            tamper(&db, "drop table kept".into()).await;
        }
        assert_eq!(findings(&db).await, [], "put back");
        tamper(&db, "update feature set status = 'refused' where id = 1".into()).await;
        assert!(findings(&db).await.iter().any(|f| f.fault == Fault::Feature(1)));
        tamper(&db, "update feature set status = 'accepted' where id = 1".into()).await;
        tamper(&db, "insert into answer (id, feature_id, verdict, body, authority, answered_at)
                     select 9, 2, verdict, body, authority, answered_at from answer where id = 1".into()).await;
        assert!(names(&db, &Finding { number: None, fault: Fault::Answer(2) }).await, "slipped in");
        tamper(&db, "delete from answer where id in (2, 9)".into()).await;
        assert!(names(&db, &Finding { number: Some(line), fault: Fault::Answer(1) }).await, "dropped");
    }

    async fn what_is_gone_is_accepted_where_a_line_says_that_it_was_erased_and_nowhere_else(db: Db) {
        some(&db).await;
        tamper(&db, "delete from deposit where subject_kind = 'feature' and subject_id = 2".into()).await;
        tamper(&db, "update feature set title = '', body = '', wkb = null where id = 2".into()).await;
        assert!(names(&db, &Finding { number: Some(2), fault: Fault::Gone }).await);
        let mut write = Write::begin(&db, crate::base::clock::now()).await.unwrap();
        write.record(Act::ERASED, FeatureId(2));
        write.commit().await.unwrap();
        assert_eq!(findings(&db).await, []);
        tamper(&db, "update feature set title = 'Un arbre' where id = 2".into()).await;
        assert!(findings(&db).await.iter().any(|f| f.fault == Fault::Feature(2)), "what was erased does not come back unseen");
    }

    async fn the_head_of_each_day_is_published_once_and_missed_days_are_caught_up_with(db: Db) {
        assert_eq!(heads::publish(&db, "2026-05-01T10:00:00Z".parse().unwrap()).await.unwrap(), 0, "an empty register");
        some(&db).await;
        // Half past midnight in Paris, still the evening before in UTC.
        let night = "2026-05-01T22:30:00Z".parse().unwrap();
        let (one, two) = tokio::join!(heads::publish(&db, night), heads::publish(&db, night));
        assert_eq!(one.unwrap() + two.unwrap(), 1, "two servers at once");
        assert_eq!(heads::publish(&db, night).await.unwrap(), 0);
        assert_eq!(heads::publish(&db, "2026-05-05T08:00:00Z".parse().unwrap()).await.unwrap(), 3);
        let kept = store::heads(&db, 10).await.unwrap();
        assert_eq!(kept.iter().map(|h| h.day.as_str()).collect::<Vec<_>>(), ["2026-05-04", "2026-05-03", "2026-05-02", "2026-05-01"]);
        // The first day seals the voices, too, and its head attests that line; later ones attest it again.
        assert!(kept.iter().all(|head| head.number == 9), "{kept:?}");
        assert_eq!(last_number(&db, "day").await, 9, "days without voices leave no line");
        assert_eq!(findings(&db).await, []);
        // Who rewrites the register as a whole is caught by the heads.
        db.run("update register_head set number = 5 where day = $1", ("2026-05-02",)).await.unwrap();
        assert_eq!(findings(&db).await, [Finding { number: Some(5), fault: Fault::Published("2026-05-02".into()) }]);
    }
}

/// Rewrites the chain from its first line on, heads and all, as somebody would who has the whole database.
async fn rechain(db: &Db) {
    let lines = store::lines(db, 0, 1_000).await.unwrap();
    let mut chain = crate::core::journal::seal::genesis(0);
    for (line, number) in lines.iter().zip(1i64..) {
        let line = check::LineRow { number, ..line.clone() };
        chain = line.chained(&chain);
        db.run(
            "update journal set number = $2, chain = $3 where seq = $1",
            (line.seq, number, chain.as_slice()),
        )
        .await
        .unwrap();
    }
    let last = i64::try_from(lines.len()).unwrap();
    db.run("update journal_head set number = $1, chain = $2", (last, chain.as_slice())).await.unwrap();
    db.run(
        "update register_head set chain = (select j.chain from journal j where j.number = register_head.number)",
        (),
    )
    .await
    .unwrap();
}

on_both! {
    async fn a_cut_end_and_a_rewritten_register_are_found_by_what_others_kept(db: Db) {
        some(&db).await;
        let witnesses = Witnesses { addresses: vec!["greffe@mail.example".into()], site: "Ici".into(), ..Witnesses::default() };
        heads::publish_to(&db, "2026-05-02T10:00:00Z".parse().unwrap(), &witnesses).await.unwrap();
        heads::publish_to(&db, "2026-05-02T11:00:00Z".parse().unwrap(), &witnesses).await.unwrap();
        let letters: Vec<(String, String)> = db.all("select recipient, body from mail", ()).await.unwrap();
        assert_eq!(letters.len(), 1, "once, whichever server is first: {letters:?}");
        let kept = outside::heads(&letters[0].1);
        assert_eq!((kept.len(), kept[0].number), (1, 9), "the letter is evidence as it is: {}", letters[0].1);
        let beside = async |kept: &[outside::Kept]| verify_with(&db, kept, |_, _| ()).await.unwrap();
        let checked = beside(&kept).await;
        assert_eq!((checked.findings, checked.evidence), (vec![], 1));
        let receipt = crate::core::journal::receipt(&db, 4).await.unwrap();
        let text = model::receipt_text("Ici", "https://ici.example", &receipt, &[0; 32]);
        let receipt = [outside::receipt(&text).unwrap()];
        assert_eq!(beside(&receipt).await.findings, []);

        // A line is taken out with its row, and everything is chained anew: intact within, another without.
        tamper(&db, "update journal set subject = 'plan-velo 2' where act = 'phase_opened'".into()).await;
        rechain(&db).await;
        assert_eq!(findings(&db).await, [], "who rewrites everything is not seen from within");
        let found = beside(&kept).await.findings;
        assert!(matches!(found.as_slice(), [Finding { number: Some(9), fault: Fault::Rewritten(_) }]), "{found:?}");
        assert_eq!(beside(&receipt).await.findings, [], "it attests what is before the line that was changed");

        // The end is cut off with all that belongs to it.
        let cut = "delete from journal where act = 'day'";
        tamper(&db, cut.into()).await;
        tamper(&db, "delete from register_head".into()).await;
        tamper(&db, "update journal_head set seq = seq - 1".into()).await;
        rechain(&db).await;
        assert_eq!(findings(&db).await, []);
        let found = beside(&kept).await.findings;
        assert!(matches!(found.as_slice(), [Finding { number: Some(9), fault: Fault::CutOff(_) }]), "{found:?}");
        let forged = [outside::receipt(&text.replace("Deux bancs", "Trois bancs")).unwrap()];
        assert_eq!(beside(&forged).await.findings.len(), 1);
    }

    async fn voices_of_a_day_that_was_sealed_cannot_be_told_anew(db: Db) {
        some(&db).await;
        heads::publish(&db, "2026-05-02T10:00:00Z".parse().unwrap()).await.unwrap();
        assert_eq!(findings(&db).await, []);
        // The vote, the counter, and the line: everything that the voices of one idea are in.
        tamper(&db, "update vote set value = -1".into()).await;
        tamper(&db, "update feature set votes_for = 0, votes_against = 1, points = -1 where id = 1".into()).await;
        tamper(&db, "update journal set subject = 'for=0 against=1 neutral=0 points=-1 steps=0,1,0,0,0 apart=0' where act = 'voted'".into()).await;
        let line = last_number(&db, "day").await;
        assert_eq!(findings(&db).await, [Finding { number: Some(line), fault: Fault::Day("2026-05-01".into()) }]);
    }
}

/// Places an idea as a person does; gives the link to its receipt, as a path.
async fn placed(client: &mut crate::server::testing::Client, title: &str) -> String {
    let form =
        [("title", title), ("body", "À l’ombre."), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
    let answer = client.post("/proposals", &form).await;
    let page = client.get(answer.header("location")).await.text();
    receipt_in(&page)
}

/// The path of the first receipt that a page links to.
fn receipt_in(page: &str) -> String {
    let start = page.find("/receipts/").expect("a receipt");
    page[start..].split('"').next().unwrap().replace("&#38;", "&")
}

on_both! {
    async fn a_depositor_gets_a_receipt_that_anybody_can_verify(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let mut author = crate::server::testing::Client::new(&app);
        let link = placed(&mut author, "Une fontaine").await;
        let page = author.get(&link).await.text();
        assert!(page.contains("Une fontaine") && page.contains("Reçu n° 1"), "{page}");
        crate::server::testing::harmless(&page);
        let mut other = crate::server::testing::Client::new(&app);
        assert!(!other.get("/features/1").await.text().contains("/receipts/"), "only its author is shown it");
        assert_eq!(other.get("/receipts/1?key=00").await.status, 403);
        let text = other.get(&link.replace('?', "/text?")).await;
        assert!(text.header("content-disposition").contains("attachment"));
        let text = text.text();
        let print = text.lines().find_map(|l| l.strip_prefix("fingerprint: ")).unwrap();

        let mut json = crate::server::testing::Client::json(&app);
        let asked = json.get(&format!("/verify?number=1&fingerprint={}", &print[..16])).await.json();
        assert_eq!((asked["genuine"].as_bool(), asked["act"].as_str()), (Some(true), Some("placed")));
        let wrong = format!("/verify?number=1&fingerprint={}", print.chars().rev().collect::<String>());
        assert_eq!(json.get(&wrong).await.json()["why"], "different");
        assert_eq!(json.get(&format!("/verify?number=9&fingerprint={print}")).await.json()["why"], "unknown");
        assert_eq!(json.get("/verify?number=1&fingerprint=abc").await.json()["why"], "unreadable");
        let yes = other.upload("/verify", &[("text", &text.replace('\n', "\r\n"))], &[]).await.text();
        assert!(yes.contains("Ce reçu est authentique") && yes.contains("exactement celui"), "{yes}");
        let forged = text.replace("Une fontaine", "Deux fontaines");
        let no = other.upload("/verify", &[], &[("file", "recu.txt", forged.as_bytes())]).await.text();
        assert!(no.contains("n’est pas celui qui a été déposé"), "{no}");
        crate::server::testing::harmless(&other.get("/verify?number=%3Cscript%3E&fingerprint=%22onx").await.text());
    }

    async fn an_argument_has_its_receipt_and_an_account_gets_it_by_letter(db: Db) {
        let app = crate::server::testing::app(&db).await;
        let mut author = crate::server::testing::Client::new(&app);
        author.sign_in(&app, "lea@mail.example", &[]).await;
        let link = placed(&mut author, "Une fontaine").await;
        author.post("/features/1/arguments", &[("side", "for"), ("body", "On a soif, l’été.")]).await;
        let page = author.get("/features/1").await.text();
        let at = page.find("argument-1").unwrap();
        assert!(receipt_in(&page[at..]).starts_with("/receipts/3?") || receipt_in(&page[at..]).starts_with("/receipts/2?"));
        let letters: Vec<(String, String, String)> =
            db.all("select recipient, subject, body from mail order by id", ()).await.unwrap();
        assert_eq!(letters.len(), 2);
        assert_eq!(letters[0].0, "lea@mail.example");
        assert!(letters[0].2.contains(&link) && letters[0].2.contains("/verify"), "{}", letters[0].2);
        let mut anybody = crate::server::testing::Client::new(&app);
        assert_eq!(anybody.get(&link).await.status, 200, "the link of the letter opens the receipt in any browser");
    }

    async fn outsiders_follow_the_heads_and_check_the_lines_themselves(db: Db) {
        some(&db).await;
        heads::publish(&db, "2026-05-02T10:00:00Z".parse().unwrap()).await.unwrap();
        let app = crate::server::testing::app(&db).await;
        let mut client = crate::server::testing::Client::json(&app);
        let told = client.get("/register.json").await.json();
        assert_eq!(told["heads"][0]["day"], "2026-05-01");
        let lines = client.get("/register/lines?after=0").await.text();
        let mut chain = crate::core::journal::seal::of_hex(told["genesis"].as_str().unwrap()).unwrap();
        for line in lines.lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let field = |name: &str| match &line[name] {
                serde_json::Value::Null => "-,".to_owned(),
                serde_json::Value::String(text) => format!("{}:{text},", text.len()),
                other => format!("{}:{other},", other.to_string().len()),
            };
            let names = ["number", "line", "at", "act", "feature", "subject", "channel", "content"];
            let bytes = format!("17:parvis-register-1,{}", names.map(field).concat());
            use sha2::{Digest, Sha256};
            chain = Sha256::digest([chain.as_slice(), bytes.as_bytes()].concat()).to_vec();
            assert_eq!(line["chain"], crate::core::journal::seal::hex(&chain));
            assert!(!line.to_string().contains("banc"), "no line says what people said");
        }
        assert_eq!(told["chain"], crate::core::journal::seal::hex(&chain));
        let feed = client.get("/register.atom").await;
        assert!(feed.header("content-type").starts_with("application/atom+xml"));
        assert!(feed.text().contains(told["heads"][0]["chain"].as_str().unwrap()));
        let mut reader = crate::server::testing::Client::new(&app);
        crate::server::testing::harmless(&reader.get("/register").await.text());
    }
}
