//! Figures counted again from the public files, by their definitions, and from the rows, for people.

use super::square::{Said, counts, laid_out, table};
use crate::base::clock::Timestamp;
use crate::base::db::Sql;
use crate::base::ids::Visitor;
use crate::core::app::App;
use crate::core::features::Status;
use crate::server::testing::{Client, app, on_both};
use std::collections::{BTreeMap, BTreeSet};

/// The rows of an export, each by its columns.
async fn rows(client: &mut Client, path: &str) -> Vec<BTreeMap<String, String>> {
    let text = client.get(path).await.text();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// How many rows there are of each label.
fn grouped(
    rows: &[BTreeMap<String, String>],
    label: impl Fn(&BTreeMap<String, String>) -> String,
) -> BTreeMap<String, u64> {
    let mut groups = BTreeMap::new();
    for row in rows {
        *groups.entry(label(row)).or_default() += 1;
    }
    groups
}

fn called(labels: &[(&str, &str)], word: &str) -> String {
    let found = labels.iter().find(|(known, _)| *known == word);
    found.unwrap_or_else(|| panic!("{word} is not known")).1.to_owned()
}

const PROCESSES: &[(&str, &str)] =
    &[("", "Hors démarche"), ("plan-velo", "Plan vélo"), ("budget", "Budget"), ("avis", "Avis")];
const THEMES: &[(&str, &str)] =
    &[("", "Sans thème"), ("nature-en-ville", "Nature en ville"), ("velo", "'=Vélo"), ("ecoles", "Écoles")];

/// What was counted of contributions is what the export says, and each figure adds up to its rows.
fn of_contributions(figures: &BTreeMap<String, Vec<Said>>, rows: &[BTreeMap<String, String>]) {
    let fr = crate::base::i18n::Lang::Fr;
    let same = |name: &str, label: &dyn Fn(&BTreeMap<String, String>) -> String| {
        assert_eq!(counts(figures, name), grouped(rows, label), "{name}");
    };
    same("kinds", &|row| fr.text(&format!("kind-{}", row["kind"])));
    same("themes", &|row| called(THEMES, &row["theme"]));
    same("channels", &|row| fr.text(&format!("channel-{}", row["channel"])));
    same("outcomes", &|row| match row["withdrawn_at"].is_empty() {
        true => fr.text(&Status::of_word(&row["status"]).unwrap().key()),
        false => "Retirée par son auteur".into(),
    });
    same("areas-commune", &|row| {
        let areas: Vec<&str> = row["areas"].split(',').filter(|slug| !slug.is_empty()).collect();
        match areas[..] {
            [] => "Dans aucun".into(),
            [one] => called(&[("amont", "Amont"), ("bourg", "Bourg"), ("calme", "Calme")], one),
            _ => "Dans plusieurs à la fois".into(),
        }
    });
    let months: u64 = counts(figures, "months").values().sum();
    assert_eq!(months, rows.len() as u64);
    delays(figures, rows);
    assert_eq!(figures["totals"][0].1, rows.len().to_string());
    let voices: u64 = rows.iter().map(|row| row["voters"].parse::<u64>().unwrap()).sum();
    assert_eq!(figures["totals"][2].1, voices.to_string());
    // Amont has 10,000 inhabitants, Calme nobody's idea, of Bourg nobody knows.
    let in_amont = rows.iter().filter(|row| row["areas"].split(',').any(|slug| slug == "amont")).count();
    let tenth = format!("{}.{}", in_amont / 10, in_amont % 10);
    let rates: BTreeMap<&str, &str> =
        figures["rates-commune"].iter().map(|(label, rate, _)| (label.as_str(), rate.as_str())).collect();
    assert_eq!(rates, BTreeMap::from([("Amont", tenth.as_str()), ("Bourg", ""), ("Calme", "0.0")]));
}

fn delays(figures: &BTreeMap<String, Vec<Said>>, rows: &[BTreeMap<String, String>]) {
    let seconds = |text: &str| text.parse::<Timestamp>().unwrap().timestamp();
    let owed: Vec<_> =
        rows.iter().filter(|row| row["withdrawn_at"].is_empty() && row["kind"] != "project").collect();
    if owed.is_empty() {
        assert!(!figures.contains_key("answers"));
        return;
    }
    let answered = owed.iter().filter(|row| !row["first_answer_date"].is_empty());
    let mut days: Vec<i64> = answered
        .map(|row| (seconds(&row["first_answer_date"]) - seconds(&row["created_at"])) / 86_400)
        .collect();
    days.sort_unstable();
    let below = |most: i64| days.iter().filter(|days| **days < most).count();
    let all: Vec<u64> = figures["answers"].iter().map(|(_, count, _)| count.parse().unwrap()).collect();
    let wanted = [
        below(30),
        below(60) - below(30),
        below(90) - below(60),
        days.len() - below(90),
        owed.len() - days.len(),
    ];
    assert_eq!(all, wanted.map(|n| n as u64));
    for ((_, count, share), most) in figures["within"].iter().zip([30, 60, 90]) {
        assert_eq!(*count, below(most).to_string());
        let wanted = below(most) as f64 / owed.len() as f64;
        assert!((share.parse::<f64>().unwrap() - wanted).abs() <= 0.000_5, "{share} {wanted}");
    }
    if days.is_empty() {
        assert_eq!(figures["totals"][3].1, "");
        return;
    }
    let median = (days[(days.len() - 1) / 2] + days[days.len() / 2]) as f64 / 2.0;
    assert_eq!(figures["totals"][3].1, format!("{median:.1}"));
}

/// People by the rows: what each did, where.
async fn people(app: &App) -> BTreeMap<uuid::Uuid, (u8, BTreeSet<i64>)> {
    let mut found: BTreeMap<uuid::Uuid, (u8, BTreeSet<i64>)> = BTreeMap::new();
    let said = [
        "select author, coalesce(process_id, 0) from feature
         where published_at is not null and withdrawn_at is null and author is not null",
        "select a.author, coalesce(f.process_id, 0) from argument a join feature f on f.id = a.feature_id
         where a.published_at is not null and f.published_at is not null and a.author is not null",
    ];
    let mut add = |who: Visitor, act: u8, process: i64| {
        let person = found.entry(who.0).or_insert((act, BTreeSet::new()));
        person.0 = person.0.min(act);
        person.1.insert(process);
    };
    for (act, sql) in (1..).zip(said) {
        let rows: Vec<(Visitor, i64)> = app.db.all(sql, ()).await.unwrap();
        rows.into_iter().for_each(|(who, process)| add(who, act, process));
    }
    let sql =
        "select v.voter, v.value, coalesce(f.process_id, 0), coalesce(f.ballot, p.ballot, 'for_against') from vote v
               join feature f on f.id = v.feature_id left join process p on p.id = f.process_id
               where f.published_at is not null";
    let rows: Vec<(Visitor, i64, i64, crate::core::features::Ballot)> = app.db.all(sql, ()).await.unwrap();
    for (who, value, process, ballot) in rows {
        let tally = crate::core::features::Tally::of(ballot, value);
        if tally.votes_for + tally.votes_against + tally.votes_neutral > 0 {
            add(who, 3, process);
        }
    }
    found
}

async fn of_people(app: &App, figures: &BTreeMap<String, Vec<Said>>) {
    let people = people(app).await;
    let by_act = [1, 2, 3].map(|act| people.values().filter(|(did, _)| *did == act).count() as u64);
    let told = counts(figures, "participants");
    assert_eq!(told.values().sum::<u64>(), people.len() as u64, "everybody is counted, once");
    assert!(told.values().all(|n| *n >= 5), "{told:?}");
    let named = ["Ont déposé une contribution", "Ont argumenté, sans rien déposer", "Ont seulement voté"];
    for (name, n) in named.iter().zip(by_act) {
        assert!(told.get(*name).is_none_or(|told| *told == n && n >= 5), "{name}: {told:?} {by_act:?}");
    }
    assert_eq!(figures["totals"][1].1, people.len().to_string());
    for (label, count, share) in &figures["turnout"] {
        let titles: Vec<(i64, String)> = app.db.all("select id, title from process", ()).await.unwrap();
        let id = titles.iter().find(|(_, title)| title == label).map_or(0, |(id, _)| *id);
        let there = people.values().filter(|(_, places)| places.contains(&id)).count();
        assert!(there > 0 && share.is_empty());
        assert_eq!(*count, if there < 5 { "<5".to_owned() } else { there.to_string() }, "{label}");
    }
}

on_both! {
    async fn figures_of_whatever_there_is_add_up_to_what_the_files_and_rows_say(db: Db) {
        let app = app(&db).await;
        let mut square = laid_out(&app, 7).await;
        let mut client = Client::new(&app);
        for (features, people) in [(40, 8), (25, 30), (60, 60)] {
            square.fill(&app, features, people).await;
            let figures = table(&mut client, "/figures.csv").await;
            let all = rows(&mut client, "/export/features.csv").await;
            of_contributions(&figures, &all);
            assert_eq!(counts(&figures, "processes"), grouped(&all, |row| called(PROCESSES, &row["process"])));
            let mut voices = BTreeMap::new();
            for row in &all {
                *voices.entry(called(PROCESSES, &row["process"])).or_default() += row["voters"].parse::<u64>().unwrap();
            }
            voices.retain(|_, n: &mut u64| *n > 0);
            assert_eq!(counts(&figures, "votes"), voices);
            let own = all.iter().filter(|row| row["kind"] == "report" && called(PROCESSES, &row["process"]) == "Avis");
            let own: u64 = own.map(|row| row["voters"].parse::<u64>().unwrap()).sum();
            let told = voices.get("Avis").copied().unwrap_or(0);
            assert_eq!(told, own, "where there is no vote, none counts but on what has a vote of its own");
            of_people(&app, &figures).await;
            let of_one = table(&mut client, "/processes/plan-velo/figures.csv").await;
            of_contributions(&of_one, &rows(&mut client, "/export/features.csv?process=plan-velo").await);
            assert!(!of_one.contains_key("turnout") && !of_one.contains_key("processes"), "of one there is one");
        }
    }
}
