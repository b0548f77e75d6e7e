//! Pictures of links, and a contribution's place, over HTTP in process.

use crate::base::db::counted::counted;
use crate::civic::processes::{Settings, State, store as processes};
use crate::core::app::App;
use crate::core::features::{self, Hold, NewFeature};
use crate::core::journal::Act;
use crate::core::territory;
use crate::server::testing::{Answer, Client, app, harmless, on_both, proposal, square};
use axum::http::StatusCode;

async fn placed(app: &App, new: &NewFeature) {
    let mut write = app.begin().await.unwrap();
    features::store::insert(&mut write, new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
}

async fn process(app: &App, title: &str, settings: &Settings, state: State) -> String {
    let mut write = app.begin().await.unwrap();
    let (_, slug) = processes::insert(&mut write, title, settings, state, None).await.unwrap();
    app.commit(write).await.unwrap();
    slug
}

/// The picture of an answer; fails where it is none of the size that networks ask for.
fn picture(answer: &Answer) -> image::RgbImage {
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::OK, "image/png"),
        "{}",
        answer.text()
    );
    let picture = image::load_from_memory(&answer.body).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (1_200, 630));
    picture
}

/// What a page says of itself to networks.
fn said(page: &str, property: &str) -> Option<String> {
    let page = scraper::Html::parse_document(page);
    let selector =
        scraper::Selector::parse(&format!("meta[property='{property}'], meta[name='{property}']")).unwrap();
    page.select(&selector).next().and_then(|meta| meta.attr("content")).map(str::to_owned)
}

on_both! {
    async fn a_link_to_a_page_is_shown_with_its_map(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        placed(&app, &proposal("Un arbre", 2.36, 48.86)).await;
        let slug = process(&app, "Plan vélo", &Settings::default(), State::Public).await;
        let mut client = Client::new(&app);
        for (path, own) in [
            ("/", "/share.png"),
            ("/list?kind=proposal", "/share.png?kind=proposal"),
            ("/features/1", "/features/1/share.png"),
            (&format!("/processes/{slug}"), &format!("/processes/{slug}/share.png")),
        ] {
            let page = client.get(path).await.text();
            let address = said(&page, "og:image").unwrap_or_else(|| panic!("{path}: {page}"));
            assert_eq!(address, format!("http://parvis.test{own}"));
            assert_eq!(said(&page, "og:image:width").as_deref(), Some("1200"), "{path}");
            assert_eq!(said(&page, "og:image:height").as_deref(), Some("630"), "{path}");
            assert_eq!(said(&page, "twitter:card").as_deref(), Some("summary_large_image"), "{path}");
            assert!(said(&page, "og:image:alt").is_some_and(|alt| alt.contains(&app.name())), "{path}");
            let answer = client.get(own).await;
            picture(&answer);
            assert_eq!(answer.header("cache-control"), "public, max-age=60, must-revalidate");
            assert_eq!(answer.header("vary"), "accept-language, cookie", "its words are in a language");
            client.headers = vec![("if-none-match", answer.header("etag").to_owned())];
            assert_eq!(client.get(own).await.status, StatusCode::NOT_MODIFIED, "{own}");
            client.headers = Vec::new();
        }
    }

    async fn the_place_of_a_contribution_is_in_the_middle_of_its_picture_alone(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let theme = features::vocabulary::ensure_theme(&mut write, "Nature en ville").await.unwrap();
        app.commit(write).await.unwrap();
        let mut new = proposal("Un banc <b>&", 2.35, 48.85);
        new.theme = Some(theme);
        placed(&app, &new).await;
        placed(&app, &proposal("Juste à côté", 2.3503, 48.8501)).await;
        let mut client = Client::new(&app);
        let color = client.get("/features/1").await.text();
        let color = color.split("<circle cx=\"12\" cy=\"12\" r=\"12\" fill=\"#").nth(1).unwrap()[..6].to_owned();
        let drawn = picture(&client.get("/features/1/share.png").await);
        let middle = drawn.get_pixel(600, 197).0;
        assert_eq!(middle.map(|part| format!("{part:02x}")).concat(), color);
        let place = client.get("/features/1/place.svg").await;
        assert_eq!(place.header("content-type"), "image/svg+xml");
        let svg = place.text();
        assert!(svg.contains("<title>Un banc &lt;b&gt;&amp;</title>") && svg.contains("r=\"22\""), "{svg}");
        assert!(!svg.contains("<a ") && svg.matches("<circle").count() == 2, "no other contribution: {svg}");
        let dark = client.get("/features/1/place.svg?scheme=dark").await.text();
        let paper = |scheme: crate::core::layers::Scheme| scheme.palette().paper;
        assert!(svg.contains(paper(crate::core::layers::Scheme::Light)) && dark.contains(paper(crate::core::layers::Scheme::Dark)), "{dark}");
        assert!(!dark.contains(paper(crate::core::layers::Scheme::Light)) && dark.contains("r=\"22\""), "{dark}");
        assert_eq!(client.get("/features/1/place.svg?scheme=pink").await.status, StatusCode::BAD_REQUEST);
        let page = client.get("/features/1").await.text();
        assert!(page.contains("<source media=\"screen and (prefers-color-scheme: dark)\" srcset=\"/features/1/place.svg?scheme=dark\">"), "light on paper: {page}");
    }

    async fn what_is_not_public_has_no_picture(db: Db) {
        let app = app(&db).await;
        for title in ["Un banc", "Un arbre", "Une fontaine"] {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        let mut client = Client::new(&app);
        let nothing = client.get("/features/9/share.png").await;
        for (id, held) in [(1, Hold::Hidden), (2, Hold::Waiting), (3, Hold::Withdrawn)] {
            assert_eq!(client.get(&format!("/features/{id}/share.png")).await.status, StatusCode::OK);
            let mut write = app.begin().await.unwrap();
            features::store::hold(&mut write, crate::base::ids::FeatureId(id), Some(held), Act::HIDDEN).await.unwrap();
            app.commit(write).await.unwrap();
            for file in ["share.png", "place.svg"] {
                let answer = client.get(&format!("/features/{id}/{file}")).await;
                assert_eq!((answer.status, answer.text().replace(&format!("/features/{id}/{file}"), "/features/9/share.png")), (StatusCode::NOT_FOUND, nothing.text()), "{held:?}");
            }
        }
        let draft = process(&app, "Projet caché", &Settings::default(), State::Draft).await;
        for path in [format!("/processes/{draft}/share.png"), "/processes/none/share.png".into(), "/features/x/share.png".into(), "/features/-1/place.svg".into(), "/features/99999999999999999999/share.png".into()] {
            assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    async fn what_its_author_took_back_is_shown_without_a_picture_of_it(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let sent = author.post("/proposals", &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")]).await;
        assert!(sent.status.is_redirection(), "{}", sent.text());
        Client::new(&app).post("/features/1/arguments", &[("side", "for"), ("body", "De l’ombre")]).await;
        author.post("/features/1/withdraw", &[]).await;
        let page = Client::new(&app).get("/features/1").await;
        assert_eq!((page.status, said(&page.text(), "og:image")), (StatusCode::OK, None), "a shell of it stays");
        assert_eq!(author.get("/features/1/share.png").await.status, StatusCode::NOT_FOUND);
    }

    async fn any_title_makes_a_picture(db: Db) {
        let app = app(&db).await;
        let long = "une piste cyclable ".repeat(6);
        let titles = [long.as_str(), &"W".repeat(120), "<script>alert(1)</script> & \"co\"", "🌳🌳🌳", "Un arbre 🌳 ici", "حديقة جديدة للحي", "שלום", "e\u{301}\u{200d}\u{202e}x", "]]>"];
        for title in titles {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        let mut client = Client::new(&app);
        for (at, title) in titles.iter().enumerate() {
            let drawn = picture(&client.get(&format!("/features/{}/share.png", at + 1)).await);
            let is_ink = |(_, y, pixel): &(u32, u32, &image::Rgb<u8>)| *y > 470 && pixel.0.iter().all(|part| *part < 110);
            assert!(drawn.enumerate_pixels().any(|pixel| is_ink(&pixel)), "{title} is said, or what sort of thing it is");
            let beside = drawn.enumerate_pixels().filter(|(x, ..)| *x > 1_150).filter(is_ink).count();
            assert_eq!(beside, 0, "{title} stays in its box");
            harmless(&client.get(&format!("/features/{}", at + 1)).await.text());
        }
    }

    async fn what_lies_in_an_area_only_is_shown_by_its_area_and_a_process_by_its_own(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let (area, _) = territory::store::upsert(&mut write, &square("Centre", 2.3, 48.8, 0.1)).await.unwrap();
        let mut new = proposal("Partout", 2.35, 48.85);
        (new.geometry, new.stated_area) = (None, Some(area));
        new.areas = vec![area];
        features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let settings = Settings { area: "centre".into(), ..Settings::default() };
        let slug = process(&app, "Plan vélo", &settings, State::Public).await;
        let mut client = Client::new(&app);
        let svg = client.get("/features/1/place.svg").await.text();
        assert!(svg.contains("stroke-width=\"4\"") && !svg.contains("<circle"), "its edge, and no invented point: {svg}");
        let drawn = picture(&client.get(&format!("/processes/{slug}/share.png")).await);
        assert!(drawn.pixels().any(|pixel| pixel.0 == [0x1d, 0x4e, 0x5f]), "the edge of its area");
    }

    async fn a_drawing_for_a_slow_line_leads_to_the_same(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut client = Client::new(&app);
        let near = "bbox=2.34,48.84,2.36,48.86&size=400x300";
        let low = client.get(&format!("/map.svg?detail=low&{near}")).await.text();
        assert!(low.contains("href=\"/features/1\""), "{low}");
        assert_eq!(client.get(&format!("/map.svg?detail=high&{near}")).await.status, StatusCode::BAD_REQUEST);
    }

    async fn a_legend_names_the_themes_that_are_seen_and_squares_say_what_they_stand_for_and_lead_nearer(db: Db) {
        let app = app(&db).await;
        for (label, lon, many) in [("Bancs", 2.35, 12), ("Arbres", 2.95, 1)] {
            let mut write = app.begin().await.unwrap();
            let theme = features::vocabulary::ensure_theme(&mut write, label).await.unwrap();
            for n in 0..many {
                let mut new = proposal(&format!("{label} {n}"), lon + f64::from(n) / 10_000.0, 48.85);
                new.theme = Some(theme);
                features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
            }
            app.commit(write).await.unwrap();
        }
        let mut client = Client::new(&app);
        let discs = client.get("/map.svg?bbox=2.3,48.8,2.4,48.9&grouped=discs&lang=fr").await.text();
        assert!(discs.contains(">Bancs</text>") && !discs.contains(">Arbres</text>"), "{discs}");
        assert!(!discs.contains("par carré de"), "{discs}");
        let squares = client.get("/map.svg?bbox=2.3,48.8,2.4,48.9&grouped=squares").await.text();
        assert!(squares.contains("par carré de 400\u{a0}m"), "{squares}");
        let parts = squares.matches("<rect").count();
        assert!(squares.contains("fill-opacity=\"0\"") && squares.contains("aria-label=\"11 contributions\""), "{parts}: {squares}");
        assert_eq!(client.get("/map.svg?grouped=hexagons").await.status, StatusCode::BAD_REQUEST);
    }

    async fn a_map_is_drawn_once_until_anything_changes_and_then_shows_it(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let slug = process(&app, "Plan vélo", &Settings::default(), State::Public).await;
        let mut client = Client::new(&app);
        let all = ["/map.svg?bbox=2.3,48.8,2.4,48.9", "/map.png?bbox=2.3,48.8,2.4,48.9", "/features/1/place.svg", "/features/1/place.svg?scheme=dark", "/features/1/share.png", "/share.png"];
        let all: Vec<String> = all.iter().map(|path| (*path).to_owned()).chain([format!("/processes/{slug}/place.svg"), format!("/processes/{slug}/share.png")]).collect();
        for path in &all {
            let first = client.get(path).await;
            let (second, sent) = counted(client.get(path)).await;
            assert_eq!((second.status, &second.body, sent.len()), (StatusCode::OK, &first.body, 0), "{path}: {sent:#?}");
        }
        let one = client.get(&all[0]).await.text();
        let mut english = client.clone();
        english.headers.push(("accept-language", "en".into()));
        assert_ne!(english.get("/features/1/share.png").await.body, client.get("/features/1/share.png").await.body, "each language has its own");
        placed(&app, &proposal("Un arbre", 2.38, 48.88)).await;
        let two = client.get(&all[0]).await.text();
        assert!(!one.contains("Un arbre") && two.contains("Un arbre"), "{two}");
        let mut write = app.begin().await.unwrap();
        features::store::hold(&mut write, crate::base::ids::FeatureId(1), Some(Hold::Hidden), Act::HIDDEN).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(client.get("/features/1/place.svg").await.status, StatusCode::NOT_FOUND, "what was drawn of it is gone with it");
    }

    async fn a_link_shows_the_citys_logo_beside_its_name(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let slug = process(&app, "Plan vélo", &Settings::default(), State::Public).await;
        let red = image::RgbaImage::from_pixel(300, 100, image::Rgba([200, 0, 0, 255]));
        let is_in = |x: u32, y: u32| x.abs_diff(45).pow(2) + y.abs_diff(45).pow(2) < 1_600;
        let white = image::RgbaImage::from_fn(90, 90, |x, y| image::Rgba([255, 255, 255, if is_in(x, y) { 255 } else { 0 }]));
        let mut client = Client::new(&app);
        for (logo, ground) in [(red, [200, 0, 0]), (white, [0x1d, 0x4e, 0x5f])] {
            let mut png = std::io::Cursor::new(Vec::new());
            logo.write_to(&mut png, image::ImageFormat::Png).unwrap();
            let digest = app.media.keep(png.into_inner()).await.unwrap();
            let mut write = app.begin().await.unwrap();
            let mut site = crate::core::site::store::to_change(&mut write).await.unwrap();
            site.set("logo", digest.as_str());
            crate::core::site::store::write(&mut write, &site, None).await.unwrap();
            app.commit(write).await.unwrap();
            for path in ["/share.png".to_owned(), "/features/1/share.png".into(), format!("/processes/{slug}/share.png")] {
                let drawn = picture(&client.get(&path).await);
                // At the right edge of the words, under the bar.
                let corner = drawn.get_pixel(1_200 - 56 - 2, 630 - 236 + 18 + 25).0;
                assert_eq!(corner, ground, "{path}");
            }
        }
    }
}
