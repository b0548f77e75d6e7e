//! Files of outlines: looked at, written once, refused with a sentence.

use super::*;
use crate::base::db::Sql as _;
use crate::modules::areas::store as own;
use crate::server::testing::{Answer, shared};
use std::io::Write as _;

/// A collection of squares with these properties.
fn collection(rows: &[(&str, &str, f64)]) -> Vec<u8> {
    let each = rows.iter().map(|(code, name, lon)| {
        format!(
            r#"{{"type":"Feature","properties":{{"ref_secteur":"{code}","Nom":"{name}"}},"geometry":{}}}"#,
            square(*lon, 50.6)
        )
    });
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, each.collect::<Vec<_>>().join(","))
        .into_bytes()
}

fn of_geometry(geometry: &str) -> Vec<u8> {
    format!(r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"nom":"A"}},"geometry":{geometry}}}]}}"#).into_bytes()
}

async fn send(admin: &mut Client, name: &str, bytes: &[u8]) -> Answer {
    admin.upload("/admin/areas/file", &[("level", "")], &[("file", name, bytes)]).await
}

/// The page of what was sent, without its parameters.
fn place(sent: &Answer) -> String {
    let to = sent.header("location");
    assert!(to.starts_with("/admin/areas/file/"), "{}", sent.text());
    to.split('?').next().unwrap().to_owned()
}

/// Follows a work to its end.
async fn end(admin: &mut Client, mut answer: Answer) -> String {
    while answer.header("location").starts_with("/admin/areas/work/")
        || answer.text().contains("id=\"areas-wait\"")
    {
        let to = answer.header("location").to_owned();
        assert!(!to.is_empty(), "reading takes longer than a test waits: {}", answer.text());
        answer = admin.get(&to).await;
    }
    answer.header("location").to_owned()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let how =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, how).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

on_both! {
    async fn a_file_is_looked_at_then_written_and_the_map_shows_it(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let idea = [("title", "Un banc"), ("lon", "3.05"), ("lat", "50.65"), ("step", "publish")];
        assert!(admin.post("/proposals", &idea).await.status.is_redirection());
        let sent = send(&mut admin, "quartiers.geojson", &collection(&[("Q1", "Centre", 3.0), ("Q2", "Gare <b>", 3.1)])).await;
        let at = place(&sent);
        let page = admin.get(&format!("{at}?level=quartier")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let text = page.text();
        for said in ["2 contours lus", "<option value=\"Nom\" selected>Nom</option>", "Centre, Gare", "2 secteurs seraient enregistrés", "<path d=\"M"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        crate::server::testing::harmless(&text);
        assert!(areas(&app).await.is_empty() && told(&app).await.is_empty(), "looking writes nothing");
        let again = admin.post(&at, &[("level", "quartier"), ("name", "Nom"), ("code", "ref_secteur"), ("act", "look")]).await;
        assert_eq!(again.header("location"), format!("{at}?level=quartier&name=Nom&code=ref_secteur"));
        let form = [("level", "Quartier"), ("name", "Nom"), ("code", "ref_secteur"), ("act", "write")];
        let written = admin.post(&at, &form).await;
        assert_eq!(written.header("location"), "/admin/areas?done=imported&created=2&updated=0&unchanged=0&left_out=0", "{}", written.text());
        let page = admin.get(written.header("location")).await.text();
        assert!(page.contains("2 secteurs nouveaux") && page.contains("Gare"), "{page}");
        let codes: Vec<_> = areas(&app).await.into_iter().map(|area| (area.level, area.code)).collect();
        assert_eq!(codes, [("quartier".into(), "Q1".into()), ("quartier".to_owned(), "Q2".to_owned())]);
        assert_eq!(told(&app).await, ["Q1", "Q2"]);
        assert!(!admin.get("/tiles/areas/10/520/344.mvt").await.body.is_empty());
        assert!(admin.get("/list?area=centre").await.text().contains("Un banc"), "what lies there is found there at once");
        let unchanged = admin.post(&at, &form).await;
        assert_eq!(unchanged.header("location"), "/admin/areas?done=imported&created=0&updated=0&unchanged=2&left_out=0");
        let sent = send(&mut admin, "q.geojson", &collection(&[("Q1", "Le Centre", 3.0), ("Q3", "Sud", 3.2)])).await;
        let changed = admin.post(&place(&sent), &form).await;
        assert_eq!(changed.header("location"), "/admin/areas?done=imported&created=1&updated=1&unchanged=0&left_out=0");
        let checked = crate::modules::register::verify(&app.db, |_, _| {}).await.unwrap();
        assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    }

    async fn a_file_that_is_no_outlines_is_answered_with_a_sentence_and_writes_nothing(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let lambert = r#"{"type":"Polygon","coordinates":[[[700000,7050000],[701000,7050000],[701000,7051000],[700000,7050000]]]}"#;
        let bomb = zipped(&[("communes.geojson", &vec![b' '; 170 << 20])]);
        assert!(bomb.len() < 1 << 20, "170 MB in {} bytes", bomb.len());
        let cases: [(&str, Vec<u8>, &str); 10] = [
            ("points.geojson", of_geometry(r#"{"type":"Point","coordinates":[3,50]}"#), "objet 1\u{a0}: un secteur est un polygone"),
            ("null.geojson", of_geometry("null"), "un secteur est un polygone"),
            ("lambert.geojson", of_geometry(lambert), "choisissez la projection 2154 dans «\u{a0}Projection\u{a0}»"),
            ("none.geojson", br#"{"type":"FeatureCollection","features":[]}"#.to_vec(), "ne contient aucune ligne"),
            ("cut.geojson", collection(&[("Q1", "Centre", 3.0)])[..120].to_vec(), "Rien n’est enregistré"),
            ("photo.jpg", b"\xff\xd8\xff\xe0JFIF".to_vec(), "Rien n’est enregistré"),
            ("noise.geojson", vec![0xf0; 5_000], "Rien n’est enregistré"),
            ("two.zip", zipped(&[("a.geojson", &collection(&[("1", "A", 3.0)])), ("b.geojson", &collection(&[("2", "B", 3.0)]))]), "choisissez avec «\u{a0}Couche\u{a0}»"),
            ("empty.zip", zipped(&[]), "Rien n’est enregistré"),
            ("bomb.zip", bomb, "trop grande une fois décompressée"),
        ];
        for (name, bytes, said) in cases {
            let page = send(&mut admin, name, &bytes).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{name}: {}", page.header("location"));
            let text = page.text();
            assert!(text.contains(said) && !["--crs", "--table", "--map"].iter().any(|option| text.contains(option)), "{name}, {said}: {text}");
            crate::server::testing::harmless(&text);
        }
        let none = admin.upload("/admin/areas/file", &[("level", "commune")], &[]).await;
        assert!(none.status == StatusCode::BAD_REQUEST && none.text().contains("Choisissez un fichier"));
        assert!(areas(&app).await.is_empty() && told(&app).await.is_empty());
    }

    async fn rows_that_are_refused_are_named_and_left_out_only_on_purpose(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let sent = send(&mut admin, "q.geojson", &collection(&[("Q1", "Centre", 3.0), ("Q1", "Encore", 3.1), ("Q3", "", 3.2)])).await;
        let at = place(&sent);
        let form = vec![("level", "quartier"), ("name", "Nom"), ("code", "ref_secteur"), ("act", "write")];
        let page = admin.post(&at, &form).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        for said in ["objet 2\u{a0}: l", "objet 3\u{a0}: la colonne du nom est vide", "2 lignes ne peuvent pas être prises"] {
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        for (wrong, said) in [(("level", ""), "ce que sont ces secteurs"), (("name", "gone"), "2 lignes"), (("parent", "77"), "n’existe pas ou plus")] {
            let form: Vec<_> = form.iter().copied().filter(|(name, _)| *name != wrong.0).chain([wrong]).collect();
            let page = admin.post(&at, &form).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{wrong:?}");
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        assert!(areas(&app).await.is_empty() && told(&app).await.is_empty());
        let partly = admin.post(&at, &[form, vec![("partial", "yes")]].concat()).await;
        assert_eq!(partly.header("location"), "/admin/areas?done=imported&created=1&updated=0&unchanged=0&left_out=2");
    }

    async fn a_file_that_nobody_imports_is_gone_after_its_time(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let at = place(&send(&mut admin, "q.geojson", &collection(&[("Q1", "Centre", 3.0)])).await);
        let folder = crate::modules::areas::file::FOLDER;
        let now = crate::base::clock::now();
        assert_eq!(app.media.forget_waiting(folder, now - chrono::TimeDelta::days(1)).await.unwrap(), 0);
        assert_eq!(admin.get(&at).await.status, StatusCode::OK);
        assert_eq!(app.media.forget_waiting(folder, now + chrono::TimeDelta::hours(1)).await.unwrap(), 1);
        assert_eq!(admin.get(&at).await.status, StatusCode::GONE);
        assert_eq!(admin.post(&at, &[("level", "quartier"), ("act", "write")]).await.status, StatusCode::GONE);
        assert!(areas(&app).await.is_empty());
    }

    async fn many_outlines_are_written_apart_and_parts_find_what_they_are_part_of(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let whole = draw(&app, &mut admin, "Métropole", "commune", (3.0, 50.6)).await;
        let features: Vec<String> = (0..2_100).map(|n| {
            let (x, y) = (3.0 + f64::from(n % 50) * 0.001, 50.6 + f64::from(n / 50) * 0.001);
            format!(r#"{{"type":"Feature","properties":{{"nom":"P{n}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{},{y}],[{x},{}],[{x},{y}]]]}}}}"#, x + 0.001, y + 0.001)
        }).collect();
        let file = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let sent = send(&mut admin, "parcelles.geojson", file.as_bytes()).await;
        let form = [("level", "parcelle"), ("name", "nom"), ("code", "-"), ("parent", "level:commune"), ("act", "write")];
        let begun = admin.post(&place(&sent), &form).await;
        assert!(begun.header("location").starts_with("/admin/areas/work/"), "{}", begun.text());
        let mut patience = 50;
        let mut answer = begun;
        let to = loop {
            let at = answer.header("location").to_owned();
            if at.contains("done=imported") { break at }
            let at = if at.is_empty() { panic!("{}", answer.text()) } else { at };
            answer = admin.get(&at).await;
            if answer.status == StatusCode::OK {
                patience -= 1;
                assert!(patience > 0, "{}", answer.text());
                answer.headers.insert("location", at.parse().unwrap());
            }
        };
        assert_eq!(to, "/admin/areas?done=imported&created=2100&updated=0&unchanged=0&left_out=0");
        let all = areas(&app).await;
        assert_eq!(all.iter().filter(|area| area.parent_id == Some(whole)).count(), 2_100);
        assert!(admin.get("/admin/areas?page=43").await.text().contains("43 / 43"));
        let told: Vec<(Option<String>, Option<String>)> = db.all("select told, problem from area_work", ()).await.unwrap();
        assert_eq!(told, [(Some(to), None)], "and every server can tell it");
    }

    async fn what_another_server_writes_is_told_by_whichever_is_asked(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let at = |id: uuid::Uuid| format!("/admin/areas/work/{id}");
        let begun = async |minutes: i64| {
            let id = uuid::Uuid::new_v4();
            let at = crate::base::clock::now() - chrono::TimeDelta::minutes(minutes);
            db.run("insert into area_work (id, begun_at) values ($1, $2)", (id, at)).await.unwrap();
            id
        };
        let (going, done, failed, lost) = (begun(1).await, begun(2).await, begun(2).await, begun(45).await);
        let to = "/admin/areas?done=imported&created=2100&updated=0&unchanged=0&left_out=0";
        let mut write = app.begin().await.unwrap();
        own::end_work(&mut write, done, to).await.unwrap();
        app.commit(write).await.unwrap();
        own::fail_work(&db, failed, "disque plein").await.unwrap();
        own::fail_work(&db, done, "trop tard").await.unwrap();
        assert!(admin.get(&at(going)).await.text().contains("id=\"areas-wait\""), "it goes on");
        assert_eq!(admin.get(&at(done)).await.header("location"), to);
        for id in [failed, lost] {
            let told = admin.get(&at(id)).await;
            assert!(told.status == StatusCode::CONFLICT && told.text().contains("rien n’est écrit"), "{}", told.text());
            assert!(!told.text().contains("disque plein"), "the log says why");
        }
        assert_eq!(admin.get(&at(uuid::Uuid::new_v4())).await.status, StatusCode::GONE);
        db.run("update area_work set begun_at = $2 where id = $1", (going, crate::base::clock::now() - chrono::TimeDelta::days(2))).await.unwrap();
        assert_eq!(own::forget_works(&db, crate::base::clock::now() - chrono::TimeDelta::days(1)).await.unwrap(), 1);
        assert_eq!(admin.get(&at(going)).await.status, StatusCode::GONE);
    }

    async fn real_outlines_of_lille_and_toulouse_are_read_with_their_names_and_codes(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        for (path, level, most) in [
            ("lille-mel/communes-mel.geojson", "commune", 80),
            ("toulouse/communes-metropole.geojson", "commune", 30),
            ("toulouse/quartiers-de-democratie-locale.geojson", "quartier", 10),
        ] {
            let Some(file) = shared(path) else { continue };
            let before = areas(&app).await.len();
            let sent = send(&mut admin, path.rsplit('/').next().unwrap(), &std::fs::read(file).unwrap()).await;
            let page = admin.get(&format!("{}?level={level}", place(&sent))).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
            let form = chosen(&page.text(), level);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = admin.post(&place(&sent), &form).await;
            let to = end(&mut admin, answer).await;
            assert!(to.contains("done=imported"), "{path}: {form:?}");
            assert!(areas(&app).await.len() > before + most, "{path}");
        }
        let all = areas(&app).await;
        for (name, code) in [("Lille", "59350"), ("Blagnac", "31069")] {
            assert!(all.is_empty() || all.iter().any(|area| area.name.eq_ignore_ascii_case(name) && area.code == code), "{name}");
        }
    }
}

/// The form of a page as it stands, to be written.
fn chosen(page: &str, level: &'static str) -> Vec<(&'static str, String)> {
    let document = scraper::Html::parse_document(page);
    let value = |name: &str| {
        let select = scraper::Selector::parse(&format!("#{name} option[selected]")).unwrap();
        document.select(&select).next().map(|option| {
            option.attr("value").map_or_else(|| option.text().collect::<String>(), str::to_owned)
        })
    };
    let code = value("code").unwrap_or_else(|| "-".into());
    vec![("level", level.into()), ("name", value("name").unwrap()), ("code", code), ("act", "write".into())]
}
