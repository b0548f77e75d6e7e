//! Every page, asked with few and with many rows behind it: it sends as many statements, however much there is to show.

use super::every_route;
use super::knocking::{House, Person, address};
use crate::base::db::Sql;
use crate::base::db::counted::counted;
use crate::civic::accounts::Role;
use crate::server::testing::{Answer, Client, on_sqlite};
use axum::http::Method;
use std::collections::BTreeMap;

/// Asks for a page, and gives it with what it sent to the database.
async fn sent(client: &mut Client, path: &str) -> (Answer, Vec<&'static str>) {
    // What is read once and kept is there after the first time.
    client.get(path).await;
    let (answer, sent) = counted(client.get(path)).await;
    assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
    (answer, sent)
}

/// Lists that must be longer once there is more, or the test says nothing of them.
const GROWING: &[&str] = &[
    "/admin/moderation?tab=new",
    "/admin/moderation?tab=waiting",
    "/admin/moderation?tab=flagged",
    "/admin/moderation?tab=suspicious",
    "/admin/moderation?tab=hidden",
    "/admin/moderation?tab=appeals",
    "/admin/answers",
    "/admin/people",
    "/admin/processes",
    "/admin/themes",
    "/moderation/log",
    "/features/1",
    "/features/1/arguments",
    "/list",
    "/api/features",
    "/feed.atom",
    "/register/lines",
];

fn jpeg(number: usize) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let side = u32::try_from(40 + number).unwrap();
    image::RgbImage::new(side, 30).write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    file.into_inner()
}

/// A piece of everything that lists show, for each number: ideas with photos, arguments and flags, some hidden, with appeals, some
/// answered; processes, themes and people.
async fn fill(house: &House, desk: &mut Client, numbers: std::ops::Range<usize>) {
    for number in numbers {
        let mut author = house.browser();
        let photo = jpeg(number);
        let fields = [
            ("title", "Un banc"),
            ("body", "Là https://a.example https://b.example https://c.example https://d.example"),
            ("lon", "2.35"),
            ("lat", "48.85"),
            ("step", "publish"),
        ];
        let placed = author.upload("/proposals", &fields, &[("photo", "banc.jpg", &photo)]).await;
        let idea = placed.header("location").rsplit('/').next().unwrap().to_owned();
        assert!(placed.status.is_redirection(), "{}", placed.text());
        let mut reader = house.browser();
        for on in ["1", &idea] {
            let said = format!("De l’ombre {number}");
            let argued =
                reader.post(&format!("/features/{on}/arguments"), &[("side", "for"), ("body", &said)]).await;
            assert!(argued.status.is_redirection(), "{}", argued.text());
        }
        reader.post(&format!("/features/{idea}/vote"), &[("voice", "for")]).await;
        desk.post(&format!("/features/{idea}/follow"), &[]).await;
        if number == 0 {
            continue;
        }
        for _ in 0..number % 3 {
            let mut other = house.browser();
            let flag = [("reason", "personal"), ("body", "Un nom")];
            other.post(&format!("/features/{idea}/flag"), &flag).await;
        }
        let decide = format!("/admin/moderation/{idea}");
        match number % 4 {
            1 => {
                let hidden = desk.post(&decide, &[("act", "hide"), ("reason", "personal")]).await;
                assert!(hidden.status.is_redirection(), "{}", hidden.text());
                let (decision,): (i64,) = house.app.db.one("select max(id) from decision", ()).await.unwrap();
                let decision = decision.to_string();
                let appeal = [
                    ("decision", decision.as_str()),
                    ("body", "Ce nom est le mien."),
                    ("text", "Ce nom est le mien."),
                ];
                author.post(&format!("/features/{idea}/appeal"), &appeal).await;
            }
            2 => {
                let answer = [
                    ("feature", idea.as_str()),
                    ("verdict", "accepted"),
                    ("body", "Oui"),
                    ("authority", "La Ville"),
                ];
                desk.post(&format!("/admin/answers/{idea}"), &answer).await;
            }
            3 => {
                let waits = "update feature set held = 'waiting', published_at = null where id = $1";
                house.app.db.run(waits, (idea.parse::<i64>().unwrap(),)).await.unwrap();
            }
            _ => {}
        }
        let (title, email) = (format!("Plan {number}"), format!("a{number}@ville.example"));
        desk.post("/admin/processes", &[("title", &title)]).await;
        desk.post("/admin/themes", &[("label", &title), ("color", "#0072b2"), ("icon", "tree")]).await;
        desk.post("/admin/people/grant", &[("email", &email), ("role", "agent")]).await;
    }
}

/// The pages: every address that is read, and the parts of the queue.
fn pages() -> Vec<String> {
    let read = every_route().into_iter().filter(|route| route.method == Method::GET && route.path != "/live");
    let pages = read.map(|route| match route.path {
        path if path.contains("{slug}") => path.replace("{slug}", "plan-1"),
        path => address(path, &[]),
    });
    let tabs = ["new", "waiting", "flagged", "suspicious", "hidden", "appeals"];
    pages.chain(tabs.iter().map(|tab| format!("/admin/moderation?tab={tab}"))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_sends_more_statements_where_there_is_more_to_show() {
    on_sqlite(|db| async move {
        let house = House::new(&db).await;
        let mut desk = house.enter(Person::Holder(Role::Administrator)).await;
        fill(&house, &mut desk, 0..6).await;
        let mut few = BTreeMap::new();
        for page in pages() {
            let (answer, sent) = sent(&mut desk, &page).await;
            few.insert(page, (answer.body.len(), sent));
        }
        fill(&house, &mut desk, 6..41).await;
        let (appeals, flags): (i64, i64) =
            db.one("select (select count(*) from appeal), (select count(*) from flag)", ()).await.unwrap();
        assert!(appeals > 5 && flags > 20, "{appeals} {flags}");
        let mut grown = Vec::new();
        let few_pages = few.len();
        assert!(GROWING.iter().all(|page| few.contains_key(*page)) && few_pages > 60, "{few_pages}");
        for (page, (size, before)) in few {
            let (answer, after) = sent(&mut desk, &page).await;
            if GROWING.contains(&page.as_str()) {
                assert!(answer.body.len() > size, "{page} is as long as before");
            }
            if after.len() > before.len() {
                let mut times: BTreeMap<&str, usize> = BTreeMap::new();
                after.iter().for_each(|sql| *times.entry(sql).or_default() += 1);
                let most = times.into_iter().max_by_key(|(_, times)| *times);
                grown.push(format!("{page}: {} became {}, above all {most:?}", before.len(), after.len()));
            }
        }
        assert!(grown.is_empty(), "{}", grown.join("\n"));
    })
    .await;
}
