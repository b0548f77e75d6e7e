//! The map's routes, over HTTP in process.

use crate::base::db::Db;
use crate::core::app::App;
use crate::core::features::{self, Kind};
use crate::core::gazetteer;
use crate::core::journal::Act;
use crate::core::territory;
use crate::server::testing::{Client, app, on_both, proposal, square};
use axum::http::StatusCode;

async fn filled(db: &Db) -> App {
    let app = app(db).await;
    let mut write = app.begin().await.unwrap();
    let theme = features::vocabulary::ensure_theme(&mut write, "Nature en ville").await.unwrap();
    for n in 0..5 {
        let mut new = proposal(&format!("Arbre {n} <b>&"), 2.35 + f64::from(n) / 1000.0, 48.85);
        new.theme = Some(theme);
        new.kind = [Kind::PROPOSAL, Kind::REPORT][n as usize % 2];
        new.created_at += chrono::Duration::days(i64::from(n));
        features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
    }
    app.commit(write).await.unwrap();
    app
}

const TILE: &str = "/tiles/10/518/352.mvt";

/// Every element of a feed, by name and text; fails where it is no well-formed XML.
fn elements(xml: &str) -> Vec<(String, String)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut found, mut open): (Vec<(String, String)>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{e}: {xml}")) {
            Event::Start(start) => {
                let attributes = start.attributes().map(Result::unwrap).count();
                assert!(attributes < 4);
                open.push(found.len());
                found.push((start.name().as_ref().to_owned(), String::new()));
            }
            Event::End(_) => drop(open.pop().unwrap()),
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].1.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(name) => {
                let at = *open.last().unwrap();
                let value = match name.resolve_char_ref().unwrap() {
                    Some(c) => c.to_string(),
                    None => quick_xml::escape::resolve_xml_entity(&name).unwrap().to_owned(),
                };
                found[at].1.push_str(&value);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "{xml}");
    found
}

fn all<'a>(found: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    found.iter().filter(|(n, _)| n == name).map(|(_, text)| text.as_str()).collect()
}

/// A style's drawing that refers to nothing that `crates/drawing` leaves out.
fn can_be_drawn(style: &serde_json::Value) {
    if let Err(fault) = parvis_drawing::Style::read(style) {
        panic!("{fault}");
    }
}

on_both! {
    async fn every_word_of_our_styles_is_drawn_without_a_browser(db: Db) {
        let mut client = Client::new(&filled(&db).await);
        for scheme in ["light", "dark"] {
            can_be_drawn(&client.get(&format!("/style.json?scheme={scheme}")).await.json());
        }
    }

    async fn the_map_is_drawn_with_its_discs_as_links_and_what_the_filter_leaves(db: Db) {
        let mut client = Client::new(&filled(&db).await);
        let near = "bbox=2.349,48.849,2.356,48.851&size=800x400";
        let answer = client.get(&format!("/map.svg?{near}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/svg+xml"));
        assert!(answer.header("content-security-policy").ends_with("frame-ancestors 'self'"));
        assert_eq!(answer.header("vary"), "accept-language, cookie", "its titles are in a language");
        let drawn = answer.text();
        for n in 0..5 {
            let link = format!(r#"<a href="/features/{}" target="_top" aria-label="Arbre {n} &lt;b&gt;&amp;">"#, n + 1);
            assert!(drawn.contains(&link), "{link} in {drawn}");
        }
        assert!(drawn.contains("Nature en ville") && drawn.contains("\u{a0}m<"), "legend and scale");
        let kind = Kind::all()[0].word();
        let fewer = client.get(&format!("/map.svg?kind={kind}&{near}")).await.text();
        assert_eq!(fewer.matches("/features/").count(), 3);
        let unknown = client.get(&format!("/map.svg?theme=gone&{near}")).await;
        assert!(unknown.status == StatusCode::OK && !unknown.text().contains("/features/"), "what is not known shows nothing");
        // From afar they are a cluster, which leads to its part of the map.
        let afar = client.get(&format!("/map.svg?kind={kind}&bbox=1,48,4,49.5")).await.text();
        let to = afar.split("<a href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().replace("&amp;", "&");
        assert!(to.starts_with(&format!("/?kind={kind}&bbox=")) && afar.contains("3 contributions"), "{to}");
        assert_eq!(client.get(&to).await.status, StatusCode::OK);
    }

    async fn a_part_of_the_map_is_read_as_the_page_reads_it(db: Db) {
        let mut client = Client::new(&filled(&db).await);
        for bbox in ["-180,-90,180,90", "179,-20,-179,-15", "2.35,48.85,2.35,48.85"] {
            assert_eq!(client.get(&format!("/map.svg?bbox={bbox}")).await.status, StatusCode::OK, "{bbox}");
        }
        let near = client.get("/map.svg?bbox=2.3499,48.8499,2.3501,48.8501").await.text();
        assert!(near.contains("/features/1\""), "{near}");
    }

    async fn a_map_is_a_picture_as_large_as_is_asked_for(db: Db) {
        let mut client = Client::new(&filled(&db).await);
        for (query, size) in [("", (960, 640)), ("size=320x200", (320, 200)), ("size=320x200&scale=2&scheme=dark", (640, 400))] {
            let answer = client.get(&format!("/map.png?{query}")).await;
            assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/png"), "{query}");
            let picture = image::load_from_memory(&answer.body).unwrap();
            assert_eq!((picture.width(), picture.height()), size);
            client.headers = vec![("if-none-match", answer.header("etag").to_owned())];
            assert_eq!(client.get(&format!("/map.png?{query}")).await.status, StatusCode::NOT_MODIFIED);
            client.headers = Vec::new();
        }
    }

    async fn what_is_no_part_of_the_map_and_no_size_is_not_drawn(db: Db) {
        let mut client = Client::new(&filled(&db).await);
        for query in ["bbox=1,2,3", "bbox=a,b,c,d", "bbox=2,49,3,48", "bbox=NaN,1,2,3", "size=10x10", "size=99999x99999", "size=2400x2400&scale=2", "size=300", "scale=3", "scheme=blue"] {
            for path in ["/map.svg", "/map.png"] {
                let status = client.get(&format!("{path}?{query}")).await.status;
                assert_eq!(status, StatusCode::BAD_REQUEST, "{path}?{query}");
            }
        }
    }

    async fn whoever_has_no_scripts_sees_the_map_that_the_page_is_of(db: Db) {
        let mut client = Client::new(&filled(&db).await);
        let page = client.get("/?kind=proposal&bbox=2.3,48.8,2.4,48.9").await.text();
        let frame = page.split("<iframe class=\"map-drawn\"").nth(1).unwrap();
        let source = frame.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().replace("&amp;", "&");
        assert_eq!(source, "/map.svg?grouped=discs&kind=proposal&bbox=2.3,48.8,2.4,48.9");
        assert_eq!(client.get(&source).await.status, StatusCode::OK);
    }

    async fn the_feed_tells_the_newest_that_pass_the_filter_and_is_not_sent_twice(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::new(&app);
        let feed = client.get("/feed.atom?kind=report&q=arbre&lang=fr").await;
        assert_eq!((feed.status, feed.header("content-type")), (StatusCode::OK, "application/atom+xml; charset=utf-8"));
        assert_eq!(feed.header("access-control-allow-origin"), "*");
        assert_eq!(feed.header("last-modified"), "Mon, 04 May 2026 12:00:00 GMT");
        let text = feed.text();
        let found = elements(&text);
        assert_eq!(all(&found, "title"), ["Parvis\u{a0}: les dernières contributions", "Arbre 3 <b>&", "Arbre 1 <b>&"]);
        assert_eq!(all(&found, "updated"), ["2026-05-04T12:00:00Z", "2026-05-04T12:00:00Z", "2026-05-02T12:00:00Z"]);
        let ids = all(&found, "id");
        assert_eq!(ids, [
            "http://parvis.test/feed.atom?q=arbre&kind=report&lang=fr", "http://parvis.test/features/4", "http://parvis.test/features/2",
        ]);
        assert_eq!(all(&found, "georss:point")[0], "48.850000 2.353000");
        assert!(text.contains("<category term=\"nature-en-ville\" label=\"Nature en ville\"/>"), "{text}");
        assert!(text.contains("rel=\"alternate\" type=\"text/html\" href=\"http://parvis.test/?q=arbre&amp;kind=report\""), "{text}");
        client.headers = vec![("if-none-match", feed.header("etag").to_owned())];
        assert_eq!(client.get("/feed.atom?kind=report&q=arbre&lang=fr").await.status, StatusCode::NOT_MODIFIED);
        let english = client.get("/feed.atom?lang=en").await.text();
        assert!(all(&elements(&english), "title")[0].contains("the latest contributions"));
        assert_eq!(all(&elements(&english), "entry").len(), 5);
        let empty = client.get("/feed.atom?score_min=99").await.text();
        assert_eq!(all(&elements(&empty), "updated"), ["1970-01-01T00:00:00Z"]);
        for gone in ["/feed.atom?theme=nowhere", "/feed.atom?since=hier", "/feed.atom?theme=nowhere&kind=report"] {
            assert_eq!(client.get(gone).await.status, StatusCode::GONE, "{gone}: not another feed");
        }
        for same in ["/feed.atom?lang=xx", "/feed.atom?fbclid=1", "/feed.atom?lang=fr&lang=%zz"] {
            assert_eq!(client.get(same).await.status, StatusCode::OK, "{same}");
        }
        let page = Client::new(&app).get("/?kind=report").await.text();
        assert!(page.contains("href=\"/feed.atom?lang=fr&amp;kind=report\""), "{page}");
    }

    async fn the_feed_is_well_formed_whatever_people_write(db: Db) {
        let Some(file) = crate::server::testing::shared("adversarial/blns.json") else { return };
        let mut strings: Vec<String> = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        strings.extend(["]]>".into(), "\u{fffe}\u{ffff}\u{7f}\u{85}\u{fdd0}\u{1fffe}a".into(), "&amp;<![CDATA[".into()]);
        let app = app(&db).await;
        for some in strings.chunks(50) {
            let mut write = app.begin().await.unwrap();
            let new: Vec<_> = some.iter().map(|text| {
                let mut new = proposal(&crate::base::text::line(&format!("T {text}"), 120), 2.35, 48.85);
                new.body = crate::base::text::clean(text);
                new
            }).collect();
            let ids = features::store::insert_all(&mut write, &new, Act::PLACED).await.unwrap();
            app.commit(write).await.unwrap();
            let found = elements(&Client::new(&app).get("/feed.atom").await.text());
            assert_eq!(all(&found, "entry").len(), 50.min(ids.last().unwrap().0 as usize));
            for html in all(&found, "content") {
                crate::server::testing::harmless(&format!("<html><body>{html}</body></html>"));
            }
        }
    }

    async fn a_tile_is_answered_compressed_with_a_tag_and_not_again_when_unchanged(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::new(&app);
        let plain = client.get(TILE).await;
        assert_eq!(plain.status, StatusCode::OK);
        assert_eq!(plain.header("content-type"), crate::modules::map::MVT);
        assert_eq!(plain.header("access-control-allow-origin"), "*");
        assert_eq!(plain.header("content-encoding"), "");
        assert_eq!(plain.header("cache-control"), "public, no-cache");
        client.headers = vec![("accept-encoding", "gzip".into())];
        let packed = client.get(TILE).await;
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert_eq!(packed.header("etag"), plain.header("etag"));
        client.headers = vec![("if-none-match", plain.header("etag").into())];
        let unchanged = client.get(TILE).await;
        assert_eq!((unchanged.status, unchanged.body.len()), (StatusCode::NOT_MODIFIED, 0));
        client.post("/features/1/vote", &[("voice", "for")]).await;
        assert_eq!(client.get(TILE).await.status, StatusCode::OK, "a vote changed it");
        client.headers.clear();
        assert_eq!(client.get("/tiles/10/0/0.mvt").await.status, StatusCode::NO_CONTENT);
        let one_layer = client.get("/tiles/clusters/10/518/352.mvt").await;
        assert_eq!(one_layer.body, client.get("/tiles/features/10/518/352").await.body);
    }

    async fn a_request_that_cannot_be_is_refused_with_what_is_allowed(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::json(&app);
        for (path, status, says) in [
            ("/tiles/19/0/0.mvt", 404, ""),
            ("/tiles/3/8/0.mvt", 404, ""),
            ("/tiles/3/0/8.mvt", 404, ""),
            ("/tiles/nowhere/3/0/0.mvt", 404, ""),
            ("/tiles/z/0/0.mvt", 400, "«\u{a0}z\u{a0}»"),
            ("/tiles/3/-1/0.mvt", 400, "«\u{a0}-1\u{a0}»"),
            ("/tiles/3/1/1.mvt?colour=red", 400, "colour"),
            ("/tiles/3/1/1.mvt?theme=nature", 400, "nature-en-ville"),
            ("/tiles/3/1/1.mvt?since=hier", 400, "AAAA-MM-JJ"),
            ("/tiles/3/1/1.mvt?limit=3", 400, "limit"),
            ("/api/features?bbox=1,2,3", 400, "ouest,sud,est,nord"),
            ("/api/features?bbox=1,4,3,2", 400, "bbox"),
            ("/api/features?limit=0", 400, "1 à 1000"),
            ("/api/features?limit=1001", 400, "limit"),
            ("/api/features?order=best", 400, "newest"),
            ("/api/features?cursor=x", 400, "cursor"),
            ("/api/features/x", 404, ""),
            ("/api/features/99", 404, ""),
            ("/api/counts?kind=idea", 400, "proposal, project, report"),
            ("/api/nearby?lon=2", 400, "lat"),
            ("/api/nearby?lon=2&lat=48&metres=6000", 400, "5000"),
            ("/api/nearby?lon=2&lat=98", 400, "latitude"),
            ("/tiles.json?x=1", 400, "x"),
            ("/style.json?score_min=a", 400, "score_min"),
            ("/style.json?scheme=sepia", 400, "light"),
            ("/style.json?lang=de", 400, "fr ou en"),
            ("/export/features.pdf", 404, ""),
            ("/live?last=x", 400, "journal"),
        ] {
            let answer = client.get(path).await;
            assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            let problem = answer.json();
            assert_eq!(problem["status"], status, "{path}");
            assert!(problem["detail"].as_str().unwrap().contains(says), "{path}: {problem}");
            assert_eq!(problem["errors"].is_array(), status == 400, "{path}: {problem}");
        }
    }

    async fn the_api_pages_through_everything_by_its_own_links(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::json(&app);
        let mut path = "/api/features?limit=2&order=oldest".to_owned();
        let mut titles = Vec::new();
        loop {
            let page = client.get(&path).await;
            assert_eq!(page.header("content-type"), "application/geo+json");
            let page = page.json();
            titles.extend(page["features"].as_array().unwrap().iter().map(|f| f["properties"]["title"].clone()));
            match page["links"][0]["href"].as_str() {
                Some(next) => path = next.strip_prefix("http://parvis.test").unwrap().to_owned(),
                None => break,
            }
        }
        assert_eq!(titles, ["Arbre 0 <b>&", "Arbre 1 <b>&", "Arbre 2 <b>&", "Arbre 3 <b>&", "Arbre 4 <b>&"]);
        let two = client.get("/api/features?bbox=2.3495,48.8,2.3515,48.9").await.json();
        assert_eq!(two["numberReturned"], 2);
        let one = client.get("/api/features/1").await.json();
        assert_eq!(one["geometry"]["coordinates"], serde_json::json!([2.35, 48.85]));
        let near = client.get("/api/nearby?lon=2.35&lat=48.85&metres=100").await.json();
        assert_eq!(near["features"].as_array().unwrap().len(), 2);
        assert_eq!(near["features"][0]["properties"]["metres"], 0.0);
        let counts = client.get("/api/counts?kind=report").await.json();
        assert_eq!((&counts["total"], &counts["kind"]["proposal"]), (&serde_json::json!(2), &serde_json::json!(3)));
    }

    async fn the_page_lists_what_passes_its_filter_and_escapes_what_people_write(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::new(&app);
        client.headers = vec![("accept", "text/html".into()), ("accept-language", "fr".into())];
        let page = client.get("/?kind=report").await.text();
        assert!(page.contains("Arbre 1 &#60;b&#62;&#38;"), "{page}");
        assert!(!page.contains("Arbre 0"), "a proposal is filtered out");
        assert!(page.contains("2 contributions"));
        let english = {
            client.headers[1].1 = "en".into();
            client.get("/").await.text()
        };
        assert!(english.contains("lang=\"en\"") && english.contains("Nature en ville"));
        let missing = client.get("/features/4711").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert!(missing.header("content-type").starts_with("text/html"));
        assert!(missing.text().contains("Back to the map"));
        let back = client.get("/language/fr").await;
        assert_eq!((back.status, back.header("location")), (StatusCode::SEE_OTHER, "/"));
        client.headers = vec![("referer", "https://evil.test//evil.test/x".into())];
        assert_eq!(client.get("/language/en").await.header("location"), "/", "no way out of the site");
    }

    async fn every_answer_has_the_headers_that_keep_others_out(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::new(&app);
        for path in ["/", "/nope", "/tiles/3/4/2.mvt", "/api/features", "/readyz"] {
            let answer = client.get(path).await;
            assert!(answer.header("content-security-policy").contains("default-src 'self'"), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        }
        assert_eq!(client.get("/healthz").await.text(), "ok");
        let ready = client.get("/readyz").await.json();
        assert_eq!(ready["journal"], ready["map"]);
    }

    async fn the_style_draws_every_layer_that_the_tilejson_names(db: Db) {
        let app = filled(&db).await;
        let mut client = Client::json(&app);
        let tilejson = client.get("/tiles.json?theme=nature-en-ville").await.json();
        assert_eq!(tilejson["tilejson"], "3.0.0");
        assert_eq!(
            tilejson["tiles"][0],
            "http://parvis.test/tiles/{z}/{x}/{y}.mvt?theme=nature-en-ville"
        );
        let dark = client.get("/style.json?scheme=dark").await.json();
        let style = client.get("/style.json?kind=report").await.json();
        assert_eq!(style["metadata"]["parvis:themes"][0]["slug"], "nature-en-ville");
        let ids = |style: &serde_json::Value| {
            style["layers"].as_array().unwrap().iter().map(|l| l["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&style), ids(&dark), "the same map on dark paper");
        assert_ne!(style["layers"][0], dark["layers"][0]);
        let drawn: Vec<_> =
            style["layers"].as_array().unwrap().iter().filter_map(|l| l["source-layer"].as_str()).collect();
        for layer in tilejson["vector_layers"].as_array().unwrap() {
            assert!(layer["fields"].is_object());
            assert!(drawn.contains(&layer["id"].as_str().unwrap()), "{layer}");
        }
        let tiles = style["sources"]["features"]["tiles"][0].as_str().unwrap();
        assert!(tiles.ends_with("/tiles/features/{z}/{x}/{y}.mvt?kind=report"), "{tiles}");
    }

    async fn places_and_areas_are_found_by_name_as_geojson_from_any_site(db: Db) {
        let app = filled(&db).await;
        let mut write = app.begin().await.unwrap();
        territory::store::upsert(&mut write, &square("Les Prés-Hauts", 2.3, 48.8, 0.1)).await.unwrap();
        let street = gazetteer::NewPlace {
            kind: "street".into(), name: "Rue des Prés".into(), locality: "Montclar".into(), lon: 2.35, lat: 48.85,
            numbers: vec![gazetteer::Number { number: 12, suffix: "bis".into(), lon: 2.36, lat: 48.86 }],
        };
        gazetteer::store::replace(&mut write, "essai", &[street]).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::json(&app);
        let answer = client.get("/api/places?q=12+bis+rue+des+pr%C3%A9s&lon=2.3&lat=48.8").await;
        assert_eq!(answer.header("content-type"), "application/geo+json");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let house = &answer.json()["features"][0];
        assert_eq!(house["properties"]["label"], "12 bis rue des Prés");
        assert_eq!((&house["properties"]["kind"], &house["properties"]["context"]), (&"address".into(), &"Montclar".into()));
        assert_eq!(house["geometry"]["coordinates"][0], 2.36);
        let street = &client.get("/api/places?q=14+r.+des+pres").await.json()["features"][0];
        assert_eq!((&street["properties"]["label"], &street["properties"]["unknown_house"]), (&"Rue des Prés".into(), &"14".into()));
        let area = &client.get("/api/places?q=pres+h").await.json()["features"][0];
        assert_eq!((&area["properties"]["kind"], &area["properties"]["slug"]), (&"area".into(), &"les-pres-hauts".into()));
        assert!((area["bbox"][2].as_f64().unwrap() - 2.4).abs() < 1e-6, "{area}");
        for nothing in ["", "?q=", "?q=%25", "?q=%F0%9F%92%A9%00", "?q=zzz&lon=&lat="] {
            let answer = client.get(&format!("/api/places{nothing}")).await;
            assert_eq!((answer.status, answer.json()["numberReturned"].clone()), (StatusCode::OK, 0.into()), "{nothing}");
        }
        for wrong in ["lon=north", "lat=91", "limit=0", "limit=21", "lon=NaN"] {
            assert_eq!(client.get(&format!("/api/places?q=a&{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
    }
}

on_both! {
    async fn only_the_page_for_frames_may_stand_in_one_and_only_on_the_named_sites(db: Db) {
        let plain = app(&db).await;
        assert_eq!(Client::new(&plain).get("/embed").await.status, StatusCode::NOT_FOUND, "opt-in");
        let config = crate::base::config::Config {
            embed: "https://www.ville.example, https://quartier.example".into(),
            public_url: "https://carte.ville.example".into(),
            ..crate::base::config::Config::default()
        };
        let app = crate::core::app::App::on(config, db.clone()).await.unwrap();
        let mut client = Client::new(&app);
        let embed = client.get("/embed?kind=proposal").await;
        assert_eq!(embed.status, StatusCode::OK);
        crate::server::testing::harmless(&embed.text());
        let policy = embed.header("content-security-policy");
        assert!(policy.ends_with("frame-ancestors https://www.ville.example https://quartier.example"), "{policy}");
        assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!((embed.header("x-frame-options"), embed.header("set-cookie")), ("", ""));
        let empty = client.get("/embed?kind=nonsense&utm_source=x").await;
        assert_eq!(empty.status, StatusCode::OK);
        assert!(empty.text().contains("data-query=\"score_min=1&#38;score_max=0\""), "{}", empty.text());
        let page = client.get("/").await;
        assert!(page.header("content-security-policy").ends_with("frame-ancestors 'none'"));
        assert_eq!(page.header("x-frame-options"), "DENY");
    }

    async fn every_answer_says_what_a_browser_must_not_do(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        for path in ["/", "/nowhere", "/api/features", "/healthz"] {
            let answer = client.get(path).await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert!(answer.header("permissions-policy").contains("geolocation=(self)"), "{path}");
            let open = if path.starts_with("/api") { "cross-origin" } else { "same-origin" };
            assert_eq!(answer.header("cross-origin-resource-policy"), open, "{path}");
            assert_eq!(answer.header("strict-transport-security"), "", "{path}: without https it would lock people out");
        }
        let config = crate::base::config::Config { public_url: "https://carte.example".into(), ..crate::base::config::Config::default() };
        let secure = crate::core::app::App::on(config, db.clone()).await.unwrap();
        let answer = Client::new(&secure).get("/language/en").await;
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
        assert!(answer.header("set-cookie").ends_with("; Secure"), "{}", answer.header("set-cookie"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cannot_listen_any_more_may_ask_and_misses_nothing() {
    crate::server::testing::on_sqlite(|db| async move {
        let app = filled(&db).await;
        let seq = app.atlas.seq();
        let mut client = Client::new(&app);
        let nothing = client.get(&format!("/live?last={seq}&once")).await;
        assert_eq!((nothing.status, nothing.text().as_str()), (StatusCode::OK, "null"));
        let mut write = app.begin().await.unwrap();
        let id = features::store::insert(&mut write, &proposal("Un banc", 2.35, 48.85), Act::PLACED)
            .await
            .unwrap();
        app.commit(write).await.unwrap();
        let missed = client.get(&format!("/live?last={seq}&once")).await.json();
        assert_eq!(
            (&missed["seq"], &missed["features"][0]["id"]),
            (&app.atlas.seq().into(), &id.0.into()),
            "{missed}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_map_whose_database_is_gone_shows_what_it_knows_and_says_why_there_is_no_list() {
    crate::server::testing::on_sqlite(|db| async move {
        let app = filled(&db).await;
        db.close().await;
        for path in ["/", "/list"] {
            let page = Client::new(&app).get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
            assert!(page.text().contains("La base de données ne répond pas"), "{path}");
        }
        assert_eq!(Client::new(&app).get("/api/counts").await.json()["total"], 5);
        let mut browser = Client::new(&app);
        browser.headers.push(("accept", "text/html".into()));
        let refused = browser.get("/features/1").await;
        assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "10"));
        assert!(refused.text().contains("La base de données ne répond pas"));
        assert_eq!(browser.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    })
    .await;
}
