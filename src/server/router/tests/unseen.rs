//! Nothing unpublished leaves by any route: a contribution that waits, was hidden, taken back, merged or erased is looked for behind
//! every address that anybody may open.
//!
//! Invariant: every reading route is named here, as one that is tried or as one that can show no contribution. A route that a module
//! adds fails the test until it is.

use super::every_route;
use super::knocking::{House, Person};
use crate::base::ids::FeatureId;
use crate::civic::accounts::{Access, Role, Route};
use crate::civic::processes::{Moderation, Settings, State, store};
use crate::core::app::App;
use crate::core::features::erasure;
use crate::server::testing::{Answer, Client, on_both};
use axum::body::Body;
use axum::http::{Method, Request};

/// Routes behind which a contribution could be seen, each with the addresses that are tried. `{id}`: its number, `{digest}`: its
/// photo's, `{last}`: the journal before it.
const TRIED: &[(&str, &[&str])] = &[
    ("/", &["/", "/?q=pourpre", "/?bbox=2.34,48.85,2.35,48.86"]),
    ("/list", &["/list", "/list?q=pourpre", "/list?order=oldest", "/list?order=supported"]),
    ("/embed", &["/embed"]),
    ("/live", &["/live", "/live?last=0", "/live?last={last}"]),
    ("/tiles.json", &["/tiles.json"]),
    ("/style.json", &["/style.json"]),
    (
        "/tiles/{z}/{x}/{y}",
        &["/tiles/0/0/0.mvt", "/tiles/7/64/44.mvt", "/tiles/14/8298/5635.mvt", "/tiles/18/132779/90161.mvt"],
    ),
    (
        "/tiles/{layers}/{z}/{x}/{y}",
        &[
            "/tiles/features/0/0/0.mvt",
            "/tiles/features/14/8298/5635.mvt?q=pourpre",
            "/tiles/features/12/2074/1408.mvt",
        ],
    ),
    ("/feed.atom", &["/feed.atom", "/feed.atom?q=pourpre"]),
    (
        "/api/features",
        &["/api/features", "/api/features?q=pourpre", "/api/features?bbox=2.34,48.85,2.35,48.86"],
    ),
    ("/api/features/{id}", &["/api/features/{id}"]),
    ("/api/counts", &["/api/counts", "/api/counts?q=pourpre"]),
    ("/api/months", &["/api/months", "/api/months?q=pourpre"]),
    ("/api/where", &["/api/where?lon=2.345678&lat=48.856789"]),
    ("/api/nearby", &["/api/nearby?lon=2.345678&lat=48.856789", "/api/nearby?lon=2.34&lat=48.85"]),
    ("/api/places", &["/api/places?q=pourpre"]),
    ("/processes", &["/processes"]),
    ("/processes/{slug}", &["/processes/relue"]),
    ("/processes/{slug}/place.svg", &["/processes/relue/place.svg"]),
    ("/proposals/new", &["/proposals/new", "/proposals/new?process=relue&lon=2.34&lat=48.85"]),
    (
        "/proposals/similar",
        &["/proposals/similar?title=pourpre", "/proposals/similar?title=Un+banc&lon=2.3457&lat=48.8568"],
    ),
    ("/features/{id}/edit", &["/features/{id}/edit", "/features/{id}/edit?key=x"]),
    ("/features/{id}", &["/features/{id}", "/features/{other}"]),
    ("/features/{id}/votes", &["/features/{id}/votes"]),
    ("/features/{id}/arguments", &["/features/{id}/arguments", "/features/{other}/arguments"]),
    ("/features/{id}/flag", &["/features/{id}/flag", "/features/{id}/flag?argument=1"]),
    ("/flag/{thing}", &["/flag/{id}", "/flag/feature:{id}", "/flag/argument:1", "/flag/photo:1"]),
    ("/features/{id}/unfollow", &["/features/{id}/unfollow?account=1&key=x"]),
    ("/photos/{digest}/{file}", &["/photos/{digest}/small.jpg", "/photos/{digest}/large.jpg"]),
    (
        "/export/{file}",
        &[
            "/export/features.csv",
            "/export/features.geojson",
            "/export/features.csv?q=pourpre",
            "/export/arguments.csv",
            "/export/features.csv?for=excel",
        ],
    ),
    ("/figures", &["/figures", "/figures?q=pourpre"]),
    ("/figures.csv", &["/figures.csv", "/figures.csv?for=excel"]),
    ("/figures/{file}", &["/figures/themes.svg", "/figures/months.svg", "/figures/kinds.png"]),
    ("/processes/{slug}/figures", &["/processes/relue/figures"]),
    ("/processes/{slug}/figures.csv", &["/processes/relue/figures.csv"]),
    ("/processes/{slug}/figures/{file}", &["/processes/relue/figures/kinds.svg"]),
    ("/register", &["/register"]),
    ("/register.json", &["/register.json"]),
    ("/register.atom", &["/register.atom"]),
    ("/register/lines", &["/register/lines", "/register/lines?after=0"]),
    ("/receipts/{number}", &["/receipts/1", "/receipts/2", "/receipts/3"]),
    ("/receipts/{number}/text", &["/receipts/1/text", "/receipts/2/text", "/receipts/3/text"]),
    ("/verify", &["/verify"]),
    ("/moderation/log", &["/moderation/log"]),
    ("/moderation/log.atom", &["/moderation/log.atom"]),
    ("/privacy/me", &["/privacy/me"]),
    ("/privacy/me/data.zip", &["/privacy/me/data.zip"]),
    ("/account", &["/account"]),
    ("/account/data", &["/account/data"]),
    ("/robots.txt", &["/robots.txt"]),
];

/// Routes that read no contribution, whatever they are asked.
const SILENT: &[&str] = &[
    "/admin",
    "/sign-in",
    "/sign-in/{token}",
    "/sign-in/outside/back",
    "/account/second-factor",
    "/language/{code}",
    "/basemap.json",
    "/basemap/{z}/{x}/{y}",
    "/processes/{slug}/documents/{file}",
    "/processes/{slug}/picture/{file}",
    // The process's page, for who has a role in it.
    "/admin/processes/{slug}/preview",
    "/privacy",
    "/privacy/me/erase",
    "/design",
    "/manifest.webmanifest",
    "/sw.js",
    "/offline",
    "/favicon.ico",
    "/apple-touch-icon.png",
    "/icons/{name}",
    "/charter",
    // Letters of the demonstration, of everybody to everybody: switched on by the operator for made-up people alone.
    "/demo/inbox",
];

/// The addresses that are tried of each route that everybody may read, unless it is said to show nothing: those above, or its own
/// with the contribution's number.
pub(super) fn tried() -> Vec<(&'static str, Vec<&'static str>)> {
    let is_public = |route: &Route| !matches!(route.access, Access::Holder(_) | Access::Everywhere(_));
    let routes = every_route().into_iter().filter(|route| route.method == Method::GET && is_public(route));
    let told = routes.filter(|route| !SILENT.contains(&route.path));
    let addresses = |path: &'static str| {
        let said = TRIED.iter().find(|(route, _)| *route == path);
        (path, said.map_or_else(|| vec![path], |(_, addresses)| addresses.to_vec()))
    };
    told.map(|route| addresses(route.path)).collect()
}

#[test]
fn every_reading_route_is_tried_for_what_is_not_published_or_said_to_show_nothing() {
    let routes = every_route();
    let is_route = |path: &str| routes.iter().any(|route| route.method == Method::GET && route.path == path);
    let named: Vec<&str> = TRIED.iter().map(|(path, _)| *path).chain(SILENT.iter().copied()).collect();
    let wrong: Vec<_> = named
        .iter()
        .filter(|path| !is_route(path) || named.iter().filter(|other| other == path).count() > 1)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// What became of a contribution.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Waiting,
    Hidden,
    Withdrawn,
    Merged,
    Erased,
}

/// What would give a contribution away: words of its title, its text, its argument and its photo, and its place.
const NEEDLES: &[&str] =
    &["pourpre", "POURPRE", "phrase tue", "argument tu", "légende tue", "2.3456", "48.8567", "132779/90161"];

const IDEA: &[(&str, &str)] = &[
    ("title", "Un érable pourpre"),
    ("body", "Une phrase tue"),
    ("lon", "2.345678"),
    ("lat", "48.856789"),
    ("step", "publish"),
];

/// What a test looks for: the contribution, another one that is public, and where the journal was before it.
pub(super) struct Secret {
    pub(super) id: String,
    pub(super) other: String,
    pub(super) digest: String,
    pub(super) last: i64,
}

async fn processes(app: &App) {
    let mut write = app.begin().await.unwrap();
    let mut settings = Settings::default();
    settings.rules.moderation = Moderation::Before;
    store::insert(&mut write, "Relue", &settings, State::Public, None).await.unwrap();
    app.commit(write).await.unwrap();
}

async fn place(client: &mut Client, form: &[(&str, &str)]) -> String {
    client.headers = vec![("accept", "application/json".into())];
    let placed = client.post("/proposals", form).await;
    client.headers.clear();
    placed.json()["id"].to_string()
}

async fn photo(client: &mut Client) -> String {
    let mut jpeg = std::io::Cursor::new(Vec::new());
    // Another picture each time: what is pending may be seen by who knows its digest.
    let [red, green, blue, ..] = *uuid::Uuid::new_v4().as_bytes();
    let picture = image::RgbImage::from_pixel(40, 30, image::Rgb([red, green, blue]));
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    client.headers = vec![("accept", "application/json".into())];
    let sent =
        client.upload("/photos", &[("alt", "Une légende tue")], &[("photo", "a.jpg", jpeg.get_ref())]).await;
    client.headers.clear();
    sent.json()["id"].to_string()
}

/// Places a contribution with an argument and a photo, and lets it go.
async fn secret(house: &House, author: &mut Client, fate: Fate) -> Secret {
    let app = &house.app;
    let mut other = house.enter(Person::Resident).await;
    let other = place(&mut other, &[("title", "Un banc au soleil"), ("lon", "2.4"), ("lat", "48.9")]).await;
    let last = app.atlas.seq();
    let picture = photo(author).await;
    let mut form = IDEA.to_vec();
    form.push(("photo", &picture));
    if fate == Fate::Waiting {
        form.push(("process", "relue"));
    }
    let id = place(author, &form).await;
    let number = FeatureId::of_text(&id).unwrap();
    let row: Option<(String,)> =
        crate::base::db::Sql::optional(&app.db, "select digest from photo where feature_id = $1", (number,))
            .await
            .unwrap();
    let secret = Secret { id: id.clone(), other, digest: row.unwrap().0, last };
    if fate == Fate::Waiting {
        return secret;
    }
    let argued = author
        .post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "Un argument tu")])
        .await;
    assert!(argued.status.as_u16() < 400, "{}", argued.text());
    let mut moderator = house.enter(Person::Holder(Role::Moderator)).await;
    let done = match fate {
        Fate::Waiting => return secret,
        Fate::Hidden => {
            moderator
                .post(&format!("/admin/moderation/{id}"), &[("act", "hide"), ("reason", "hateful")])
                .await
        }
        Fate::Withdrawn => author.post(&format!("/features/{id}/withdraw"), &[]).await,
        Fate::Merged => {
            let form = [("act", "merge"), ("into", secret.other.as_str())];
            moderator.post(&format!("/admin/moderation/{id}"), &form).await
        }
        Fate::Erased => {
            let mut write = app.begin().await.unwrap();
            erasure::empty(&mut write, number).await.unwrap();
            app.commit(write).await.unwrap();
            return secret;
        }
    };
    assert!(done.status.as_u16() < 400, "{fate:?}: {}", done.text());
    secret
}

pub(super) fn filled(address: &str, secret: &Secret) -> String {
    let address = address.replace("{id}", &secret.id).replace("{other}", &secret.other);
    address
        .replace("{thing}", &secret.id)
        .replace("{digest}", &secret.digest)
        .replace("{last}", &secret.last.to_string())
}

/// Whether something of the contribution is lawfully there: what was merged is read at its address, and named at the other's.
fn is_lawful(fate: Fate, address: &str, needle: &str) -> bool {
    let is_words = matches!(needle, "pourpre" | "phrase tue");
    fate == Fate::Merged && is_words && matches!(address, "/features/{id}" | "/features/{other}")
}

/// Whether a text says it; a number, beyond an instant whose seconds happen to read so (`18:02:12.345671Z`).
fn says(text: &str, needle: &str) -> bool {
    let is_number = needle.starts_with(|first: char| first.is_ascii_digit());
    text.match_indices(needle).any(|(at, _)| {
        let before = &text.as_bytes()[..at];
        !is_number || !matches!(before, [.., b'0'..=b'9'] | [.., b'0'..=b'9', b':'])
    })
}

#[test]
fn a_place_is_found_in_a_text_and_an_instant_is_none() {
    for there in [
        "2.3456",
        "lon: 2.34568",
        "\"lon\":2.345678",
        "[48.8567",
        "un érable pourpre",
        "12pourpre",
        "1: 2.3456",
        "(48.8567, 2.3456)",
    ] {
        assert!(NEEDLES.iter().any(|needle| says(there, needle)), "{there}");
    }
    for instant in ["2026-11-29T00:31:12.345671Z", "2026-11-29T00:31:02.345671Z", "00:31:48.856701"] {
        assert!(!NEEDLES.iter().any(|needle| says(instant, needle)), "{instant}");
    }
}

fn leaks(fate: Fate, address: &str, answer: &Answer) -> Vec<String> {
    // The address itself may hold what was looked for: a page that repeats the question tells nothing.
    let text = answer.text();
    let found = NEEDLES.iter().filter(|needle| says(&text, needle) && !address.contains(**needle));
    let mut found: Vec<String> = found
        .filter(|needle| !is_lawful(fate, address, needle))
        .map(|needle| format!("{needle:?}"))
        .collect();
    let is_picture = address.starts_with("/photos") && answer.status.is_success();
    found.extend(is_picture.then(|| "the picture".to_owned()));
    found
}

/// What a stranger finds of it behind every route.
async fn found(stranger: &mut Client, secret: &Secret, fate: Fate) -> Vec<String> {
    let mut wrong = Vec::new();
    for (route, addresses) in tried() {
        for address in addresses {
            let answer = stranger.get(&filled(address, secret)).await;
            for leak in leaks(fate, address, &answer) {
                wrong.push(format!("{route} gives {leak} at {address} ({})", answer.status));
            }
        }
    }
    wrong
}

async fn look_everywhere(house: &House, fate: Fate) {
    let mut author = house.enter(Person::Visitor).await;
    // Who looks has acted here, and is nobody in particular.
    let mut stranger = house.enter(Person::Resident).await;
    let empty = tiles(&mut stranger).await;
    let secret = secret(house, &mut author, fate).await;
    let mut wrong = found(&mut stranger, &secret, fate).await;
    for route in every_route()
        .iter()
        .filter(|route| route.method == Method::POST && route.path.starts_with("/features/"))
    {
        let path = route.path.replace("{id}", &secret.id).replace("{argument}", "1");
        let body: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("voice", "for"),
                ("side", "for"),
                ("body", "Mais"),
                ("reason", "personal"),
                ("title", "Un banc"),
            ])
            .finish();
        let request = Request::post(&path).header("content-type", "application/x-www-form-urlencoded");
        let answer = stranger.send(request, Body::from(body)).await;
        for leak in leaks(fate, "", &answer) {
            wrong.push(format!("POST {} gives {leak}", route.path));
        }
    }
    assert!(wrong.is_empty(), "{fate:?}:\n{}", wrong.join("\n"));
    // A tile far from everything else says nothing of it in numbers, either.
    assert_eq!(tiles(&mut stranger).await, empty, "{fate:?}: tiles around its place");
}

/// Tiles that hold its place and nothing else, as bytes.
async fn tiles(client: &mut Client) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for tile in ["14/8298/5635", "16/33194/22540", "18/132779/90161"] {
        all.push(client.get(&format!("/tiles/features/{tile}.mvt")).await.body.to_vec());
    }
    all
}

on_both! {
    async fn nothing_unpublished_leaves_by_any_route(db: Db) {
        let house = House::new(&db).await;
        processes(&house.app).await;
        // First of all: a map that was never anything else shows that the needles are found where they are.
        let mut author = house.enter(Person::Visitor).await;
        let public = place(&mut author, IDEA).await;
        let seen = author.get(&format!("/api/features/{public}")).await.text();
        assert!(seen.contains("pourpre") && seen.contains("2.3456") && seen.contains("phrase tue"), "{seen}");
        let live = author.get("/live?last=0").await.text();
        assert!(live.contains("132779/90161") || live.contains("\"all\":true"), "{live}");
        author.post(&format!("/features/{public}/withdraw"), &[]).await;
        for fate in [Fate::Waiting, Fate::Hidden, Fate::Withdrawn, Fate::Merged, Fate::Erased] {
            look_everywhere(&house, fate).await;
        }
    }

    async fn who_listens_is_told_nothing_of_what_waits(db: Db) {
        let house = House::new(&db).await;
        processes(&house.app).await;
        let mut stranger = house.enter(Person::Stranger).await;
        let (_, mut listening) = house.app.atlas.subscribe(&db, None).await.unwrap();
        let last = house.app.atlas.seq();
        let mut author = house.enter(Person::Visitor).await;
        let before = house.app.atlas.seq();
        let form: Vec<_> = IDEA.iter().copied().chain([("process", "relue")]).collect();
        let id = place(&mut author, &form).await;
        let missed = stranger.get(&format!("/live?last={before}")).await.text();
        assert!(missed.contains(": parvis") && !missed.contains("132779"), "{missed}");
        assert!(!missed.contains(&format!("\"id\":{id}")), "its number neither: {missed}");
        let mut told = String::new();
        while let Ok(Some(frame)) =
            tokio::time::timeout(std::time::Duration::from_millis(400), listening.next()).await
        {
            told.push_str(&String::from_utf8_lossy(&frame));
        }
        assert!(last < before, "the browser of the author placed another one, which is told");
        assert!(!told.contains("132779") && !told.contains(&format!("\"id\":{id}")), "{told}");
    }

    /// A process whose ideas are read first: whatever is done with an approved one, what its author changed waits.
    async fn a_change_that_waits_is_behind_no_route_whatever_is_done_meanwhile(db: Db) {
        let house = House::new(&db).await;
        processes(&house.app).await;
        let mut open = house.enter(Person::Resident).await;
        let other = place(&mut open, &[("title", "Un banc au soleil"), ("lon", "2.4"), ("lat", "48.9")]).await;
        let mut author = house.enter(Person::Resident).await;
        let approved = [("title", "Un tilleul"), ("body", "Une phrase lue"), ("lon", "2.41"), ("lat", "48.91"), ("process", "relue")];
        let id = place(&mut author, &approved).await;
        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let mut two = house.enter(Person::Holder(Role::Moderator)).await;
        let desk = format!("/admin/moderation/{id}");
        done(&one.post(&desk, &[("act", "publish")]).await);
        let last = house.app.atlas.seq();
        let mut secret = Secret { id: id.clone(), other: other.clone(), digest: "0".repeat(64), last };
        let mut stranger = house.enter(Person::Resident).await;

        change(&mut author, &id).await;
        let row: Option<(String,)> = crate::base::db::Sql::optional(&db, "select digest from photo where waits_for is not null", ()).await.unwrap();
        secret.digest = row.expect("a photo waits, too").0;
        is_unseen(&mut stranger, &secret, "changed").await;
        for (before, act) in [("feature", "edit"), ("desk", "")] {
            let page = if act.is_empty() { one.get(&desk).await } else { author.get(&format!("/features/{id}/{act}")).await };
            assert!(page.text().contains("érable pourpre"), "{before}: its author and moderators read it");
        }
        // Its author.
        done(&author.post(&format!("/features/{id}/withdraw"), &[]).await);
        done(&author.post(&format!("/features/{id}/restore"), &[]).await);
        is_unseen(&mut stranger, &secret, "taken back and put back").await;
        done(&author.post(&format!("/features/{id}/withdraw"), &[]).await);
        change(&mut author, &id).await;
        is_unseen(&mut stranger, &secret, "taken back, and put back by a change").await;
        // Moderators: hide and take it back, or grant an appeal; a change in between does not slip through.
        for appeals in [false, true] {
            done(&one.post(&desk, &[("act", "hide"), ("reason", "unclear")]).await);
            change(&mut author, &id).await;
            is_hidden(&mut stranger, &secret).await;
            let hidden = standing(&house, &id).await;
            if appeals {
                done(&author.post(&format!("/features/{id}/appeal"), &[("decision", &hidden), ("body", "Relisez")]).await);
                done(&two.post(&format!("/admin/moderation/appeals/{hidden}"), &[("outcome", "granted")]).await);
            } else {
                done(&one.post("/admin/moderation/undo", &[("decision", &hidden)]).await);
            }
            is_unseen(&mut stranger, &secret, "hidden and published again").await;
        }
        done(&one.post(&desk, &[("act", "merge"), ("into", &other)]).await);
        change(&mut author, &id).await;
        let leaks = found(&mut stranger, &secret, Fate::Waiting).await;
        assert!(leaks.is_empty(), "merged:\n{}", leaks.join("\n"));
        let merged = standing(&house, &id).await;
        done(&one.post("/admin/moderation/undo", &[("decision", &merged)]).await);
        is_unseen(&mut stranger, &secret, "separated").await;
        done(&one.post(&desk, &[("act", "move"), ("process", "none")]).await);
        is_unseen(&mut stranger, &secret, "moved").await;
        let moved = standing(&house, &id).await;
        done(&one.post("/admin/moderation/undo", &[("decision", &moved)]).await);
        done(&one.post(&desk, &[("act", "publish")]).await);
        is_unseen(&mut stranger, &secret, "looked at, without the change").await;
        let n = waiting(&house, &id).await;
        done(&one.post(&desk, &[("act", "refuse"), ("revision", &n), ("note", "Pas ainsi")]).await);
        is_unseen(&mut stranger, &secret, "refused").await;

        change(&mut author, &id).await;
        let stale = waiting(&house, &id).await;
        change(&mut author, &id).await;
        let answer = one.post(&desk, &[("act", "accept"), ("revision", &stale)]).await;
        assert_eq!(answer.status.as_u16(), 409, "another version than the one that was read");
        is_unseen(&mut stranger, &secret, "an older version was accepted").await;
        let n = waiting(&house, &id).await;
        done(&one.post(&desk, &[("act", "accept"), ("revision", &n)]).await);
        let page = stranger.get(&format!("/features/{id}")).await.text();
        assert!(page.contains("érable pourpre") && page.contains("Un tilleul"), "published, with the version before: {page}");
        let accepted = standing(&house, &id).await;
        done(&one.post("/admin/moderation/undo", &[("decision", &accepted)]).await);
        is_unseen(&mut stranger, &secret, "the publication was taken back").await;
        let checked = crate::modules::register::verify(&db, |_, _| {}).await.unwrap();
        assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    }

    async fn a_draft_takes_no_contribution_by_a_form_or_a_file(db: Db) {
        use crate::server::import::write::{FeatureImport, FileImport, features};
        let house = House::new(&db).await;
        let mut write = house.app.begin().await.unwrap();
        store::insert(&mut write, "Brouillon", &Settings::default(), State::Draft, None).await.unwrap();
        house.app.commit(write).await.unwrap();
        let form: Vec<_> = IDEA.iter().copied().chain([("process", "brouillon")]).collect();
        let placed = house.enter(Person::Resident).await.post("/proposals", &form).await;
        assert_eq!(placed.status.as_u16(), 404, "{}", placed.text());
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ideas.csv");
        std::fs::write(&file, "ref;titre;lon;lat\n1;Un érable pourpre;2,345678;48,856789\n").unwrap();
        let import = FeatureImport {
            file: FileImport { file, read: Default::default(), dry_run: false, partial: false, rejects: None },
            kind: crate::core::features::Kind::PROPOSAL,
            mapping: crate::server::import::Mapping::parse("id=ref,title=titre,lon=lon,lat=lat").unwrap(),
            source: None,
            process: Some("Brouillon".into()),
            status: crate::core::features::Status::OPEN,
        };
        let bar = indicatif::ProgressBar::hidden();
        let refused = features(&db, &import, crate::base::clock::now(), &bar).await;
        assert!(refused.is_err_and(|error| error.to_string().contains("brouillon")), "what to do first is said");
        assert_eq!(crate::core::features::store::count(&db).await.unwrap(), 0);
    }

    async fn what_waits_from_the_beginning_is_merged_nowhere(db: Db) {
        let house = House::new(&db).await;
        processes(&house.app).await;
        let mut author = house.enter(Person::Visitor).await;
        let secret = secret(&house, &mut author, Fate::Waiting).await;
        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let form = [("act", "merge"), ("into", secret.other.as_str())];
        let merged = one.post(&format!("/admin/moderation/{}", secret.id), &form).await;
        assert_eq!(merged.status.as_u16(), 409, "{}", merged.text());
        let mut stranger = house.enter(Person::Resident).await;
        let leaks = found(&mut stranger, &secret, Fate::Waiting).await;
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    }
}

fn done(answer: &Answer) {
    assert!(answer.status.as_u16() < 400, "{}: {}", answer.status, answer.text());
}

/// Its author changes text and place, and adds a photo.
async fn change(author: &mut Client, id: &str) {
    let picture = photo(author).await;
    let form: Vec<_> = IDEA.iter().copied().chain([("photo", picture.as_str())]).collect();
    let changed = author.post(&format!("/features/{id}/edit"), &form).await;
    // A fifth photo is refused like any other mistake in the form; then without it.
    if changed.status.as_u16() >= 400 {
        done(&author.post(&format!("/features/{id}/edit"), IDEA).await);
    }
}

async fn is_unseen(stranger: &mut Client, secret: &Secret, when: &str) {
    let leaks = found(stranger, secret, Fate::Waiting).await;
    assert!(leaks.is_empty(), "{when}:\n{}", leaks.join("\n"));
    let page = stranger.get(&format!("/features/{}", secret.id)).await.text();
    assert!(
        page.contains("Un tilleul") && page.contains("Une phrase lue"),
        "{when}: what was approved stays: {page}"
    );
}

async fn is_hidden(stranger: &mut Client, secret: &Secret) {
    let leaks = found(stranger, secret, Fate::Hidden).await;
    assert!(leaks.is_empty(), "hidden:\n{}", leaks.join("\n"));
}

/// The number of the decision that holds about a feature.
async fn standing(house: &House, id: &str) -> String {
    use crate::civic::contributions::decisions;
    use crate::civic::contributions::things::Thing;
    let thing = Thing::feature(FeatureId::of_text(id).unwrap());
    decisions::standing(&house.app.db, thing).await.unwrap().unwrap().id.to_string()
}

/// The number of the version that waits.
async fn waiting(house: &House, id: &str) -> String {
    let id = FeatureId::of_text(id).unwrap();
    crate::core::features::revisions::waiting(&house.app.db, id)
        .await
        .unwrap()
        .expect("a version waits")
        .n
        .to_string()
}
