//! The choice at the desk: in force at once, on every server; what cannot be shown is refused; what visitors' browsers ask is said.

use super::{mbtiles, pmtiles_sent, small_tile};
use crate::base::config::Config;
use crate::civic::accounts::Role;
use crate::core::app::App;
use crate::modules::basemap::presets::{Gives, PRESETS};
use crate::server::testing::{Answer, Client, app, on_both};
use axum::http::StatusCode;

const HERE: &str = "/admin/site/basemap";

async fn whole(app: &App) -> Client {
    let audience = crate::modules::privacy::Audience::default();
    let roads = crate::server::router::open(app.clone(), audience).await.unwrap();
    let mut client = Client::of(axum::Router::new().fallback_service(roads));
    client.sign_in(app, "maire@ville.example", &[Role::Administrator]).await;
    client
}

fn was(page: &Answer) -> String {
    page.text().split("name=\"was\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn choose(agent: &mut Client, word: &str, more: &[(&str, &str)]) -> Answer {
    let was = was(&agent.get(HERE).await);
    agent.post(HERE, &[&[("was", was.as_str()), ("basemap", word)], more].concat()).await
}

fn policy(answer: &Answer) -> String {
    answer.header("content-security-policy").to_owned()
}

on_both! {
    async fn a_server_that_is_known_is_asked_by_pages_alone_and_named_where_people_read_of_their_data(db: Db) {
        let app = app(&db).await;
        let (mut agent, mut other) = (whole(&app).await, whole(&app).await);
        let before = other.get("/privacy").await.text();
        assert!(!before.contains("id=\"ground\"") && before.contains("ne laisse aucune trace de vous."));
        for preset in &PRESETS {
            let saved = choose(&mut agent, preset.word, &[]).await;
            assert_eq!(saved.header("location"), "/admin/site/basemap?done=saved", "{}", saved.text());
            for reader in [&mut agent, &mut other] {
                let map = reader.get("/").await;
                for host in preset.hosts {
                    assert!(policy(&map).contains(&format!("connect-src 'self' https://{}", preset.hosts[0])), "{host}: {}", policy(&map));
                    assert!(policy(&map).contains(&format!("https://{host}")), "{host}: {}", policy(&map));
                }
                assert!(!policy(&map).contains("script-src") && policy(&map).starts_with("default-src 'self'; "));
                let style = reader.get("/style.json").await;
                assert!(!policy(&style).contains("https"), "what is no page loads nothing");
                let style = style.json();
                let said = match preset.gives {
                    Gives::Pictures(addresses, _) => (style["sources"]["basemap"]["tiles"][0].clone(), addresses[0]),
                    Gives::Style(address) => (style["metadata"]["parvis:basemap-style"].clone(), address),
                };
                assert_eq!(said.0, said.1, "as its operator publishes it");
                let privacy = reader.get("/privacy").await.text();
                assert!(privacy.contains("id=\"ground\"") && privacy.contains(preset.by) && privacy.contains(preset.hosts[0]));
                assert!(!privacy.contains("ne laisse aucune trace de vous."), "that is no longer all of the truth");
                assert_eq!(privacy.contains("le nom de ce site"), preset.wants_referrer);
            }
        }
        choose(&mut agent, "none", &[]).await;
        assert!(!policy(&other.get("/").await).contains("https"));
        assert!(!other.get("/privacy").await.text().contains("id=\"ground\""));
    }

    async fn a_file_that_is_sent_is_looked_through_kept_shown_and_can_be_taken_back(db: Db) {
        let app = app(&db).await;
        let (mut agent, mut other) = (whole(&app).await, whole(&app).await);
        let (folder, file) = (tempfile::tempdir().unwrap(), pmtiles_sent());
        let send = async |agent: &mut Client, name: &str, bytes: &[u8]| {
            let was = was(&agent.get(HERE).await);
            agent.upload(HERE, &[("was", &was), ("basemap", "ign")], &[("file", name, bytes)]).await
        };
        let sent = send(&mut agent, "Ville & banlieue.PMTiles", &file).await;
        assert_eq!(sent.header("location"), "/admin/site/basemap?done=saved", "{}", sent.text());
        assert_eq!((app.site().get("basemap"), app.site().get("basemap_file")), ("file", "ville-banlieue.pmtiles"));
        assert_eq!(other.get("/basemap/2/3/3").await.status, StatusCode::OK, "on every server");
        let first = other.get("/basemap.json").await.json()["tiles"][0].clone();
        // The same name again is another file.
        mbtiles(&folder.path().join("b.mbtiles"), &small_tile()).await;
        let again = std::fs::read(folder.path().join("b.mbtiles")).unwrap();
        send(&mut agent, "b.mbtiles", &again).await;
        send(&mut agent, "b.mbtiles", &again).await;
        assert_eq!(app.site().get("basemap_file"), "b-2.mbtiles");
        assert_ne!(other.get("/basemap.json").await.json()["tiles"][0], first);
        // What is shown stays, another one goes.
        let remove = async |agent: &mut Client, name: &str| agent.post("/admin/site/basemap/files/remove", &[("name", name)]).await;
        assert_eq!(remove(&mut agent, "b-2.mbtiles").await.status, StatusCode::CONFLICT);
        assert_eq!(remove(&mut agent, "../parvis.db").await.status, StatusCode::NOT_FOUND);
        assert_eq!(remove(&mut agent, "b.mbtiles").await.header("location"), "/admin/site/basemap?done=removed");
        let page = agent.get(HERE).await.text();
        assert!(page.contains("b-2.mbtiles") && page.contains("ville-banlieue.pmtiles") && !page.contains(">b.mbtiles<"));
        // Every version can be taken back, also this one.
        let version = app.site().version.to_string();
        let back = agent.post("/admin/site/versions/1/restore", &[("was", &version)]).await;
        assert!(back.status.is_redirection(), "{}", back.text());
        assert_eq!(other.get("/basemap.json").await.json()["tiles"][0], first);
        let none = agent.post("/admin/site/versions/0/restore", &[("was", &app.site().version.to_string())]).await;
        assert!(none.status.is_redirection());
        assert_eq!(other.get("/basemap.json").await.status, StatusCode::NOT_FOUND);
    }

    async fn what_no_map_can_show_is_refused_with_the_reason_and_changes_nothing(db: Db) {
        let app = app(&db).await;
        let mut agent = whole(&app).await;
        let cut = pmtiles_sent()[..300].to_vec();
        for (name, bytes) in [("carte.tif", &b"II*"[..]), ("carte.pmtiles", &[b'x'; 400]), ("carte.mbtiles", &[b'x'; 400]), ("carte.pmtiles", &cut)] {
            let refused = agent.upload(HERE, &[("was", "0"), ("basemap", "none")], &[("file", name, bytes)]).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{name}");
            let page = refused.text();
            assert!(page.contains("id=\"file-problem\"") && !page.contains(" / no "), "in one language: {page}");
        }
        assert!(app.media.named("basemaps").await.unwrap().is_empty(), "nothing of it stays");
        for (word, more, field) in [
            ("file", &[][..], "basemap_file"),
            ("file", &[("basemap_file", "none.pmtiles")], "basemap_file"),
            ("file", &[("basemap_file", "../../etc/passwd")], "basemap_file"),
            ("style", &[], "basemap_style"),
            ("style", &[("basemap_style", "http://tiles.example/style.json")], "basemap_style"),
            ("style", &[("basemap_style", "javascript:alert(1)")], "basemap_style"),
            ("style", &[("basemap_style", "https://*.example/style.json")], "basemap_style"),
            ("style", &[("basemap_style", "https://tiles.example:99999/style.json")], "basemap_style"),
            ("style", &[("basemap_style", "https://a.example;script-src/x")], "basemap_style"),
            ("carte", &[], "basemap"),
        ] {
            let refused = choose(&mut agent, word, more).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{word} {more:?}");
            assert!(refused.text().contains(&format!("id=\"{field}-problem\"")), "{word} {more:?}: {}", refused.text());
        }
        assert_eq!(app.site().version, 0);
    }

    async fn an_address_in_whatever_letters_is_the_same_server(db: Db) {
        let app = app(&db).await;
        let mut agent = whole(&app).await;
        let saved = choose(&mut agent, "style", &[("basemap_style", "HTTPS://Tuiles.Ville.Example/Plan/style.json")]).await;
        assert!(saved.status.is_redirection(), "{}", saved.text());
        assert_eq!(app.site().get("basemap_style"), "https://tuiles.ville.example/Plan/style.json");
    }

    async fn what_somebody_else_chose_meanwhile_is_shown_first(db: Db) {
        let app = app(&db).await;
        let mut agent = whole(&app).await;
        let seen = was(&agent.get(HERE).await);
        choose(&mut agent, "ign", &[]).await;
        let late = agent.post(HERE, &[("was", seen.as_str()), ("basemap", "osm")]).await;
        assert_eq!((late.status, app.site().get("basemap")), (StatusCode::CONFLICT, "ign"));
        let file = pmtiles_sent();
        let late = agent.upload(HERE, &[("was", seen.as_str())], &[("file", "a.pmtiles", &file)]).await;
        assert_eq!((late.status, app.site().get("basemap")), (StatusCode::CONFLICT, "ign"));
        assert!(app.media.named("basemaps").await.unwrap().is_empty(), "what was not chosen is not kept");
    }

    async fn a_file_that_is_lost_later_leaves_paper_and_the_desk_says_why(db: Db) {
        let app = app(&db).await;
        let mut agent = whole(&app).await;
        agent.upload(HERE, &[("was", "0")], &[("file", "a.pmtiles", &pmtiles_sent())]).await;
        app.media.remove_named("basemaps", "a.pmtiles").await.unwrap();
        let mut started_again = whole(&app).await;
        assert_eq!(started_again.get("/").await.status, StatusCode::OK, "no start is stopped by it");
        assert!(started_again.get("/style.json").await.json()["sources"]["basemap"].is_null());
        let page = started_again.get(HERE).await.text();
        assert!(page.contains("ne peut plus être affiché") && page.contains("aucun fichier de ce nom"), "{page}");
    }

    async fn what_the_operators_file_says_wins_and_is_no_choice_of_the_desk(db: Db) {
        let open = app(&db).await;
        let config = Config { basemap: "ign".into(), media: open.config.media.clone(), ..Config::default() };
        let app = App::on(config, db.clone()).await.unwrap();
        let mut agent = whole(&app).await;
        let page = agent.get(HERE).await.text();
        assert!(page.contains("<strong dir=\"auto\">ign</strong>") && !page.contains("name=\"basemap\""), "{page}");
        assert_eq!(agent.post(HERE, &[("was", "0"), ("basemap", "osm")]).await.status, StatusCode::CONFLICT);
        assert!(policy(&agent.get("/").await).contains("https://data.geopf.fr"));
        assert_eq!(app.site().version, 0);
    }
}

#[test]
fn every_choice_has_its_texts_and_every_server_its_words() {
    use crate::base::i18n::Lang;
    use crate::core::site::BASEMAPS;
    for lang in [Lang::Fr, Lang::En] {
        for word in BASEMAPS {
            for key in ["name", "what"] {
                let key = format!("basemap-{key}-{word}");
                assert_ne!(lang.text(&key), key);
            }
        }
    }
    for preset in &PRESETS {
        assert!(BASEMAPS.contains(&preset.word) && preset.notice.starts_with("https://"));
        let addresses = match preset.gives {
            Gives::Pictures(addresses, _) => addresses,
            Gives::Style(address) => &[address],
        };
        for address in addresses {
            let host = address.split('/').nth(2).unwrap();
            assert!(
                preset.hosts.contains(&host),
                "whom people are told of is whom their browsers ask: {host}"
            );
        }
    }
}
