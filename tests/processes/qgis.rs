//! QGIS on our routes: the demonstration drawn from tiles and style, and from the schema `gis`. The pictures stay in
//! `target/qgis`.

use super::command_line::{succeeds, text};
use super::databases::Database;
use super::http::Client;
use super::server::{Server, parvis};
use super::skip;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The middle of the demonstration, in degrees.
const TOWN: &str = "3.30,47.19,3.41,47.25";

/// Debian's QGIS belongs to Debian's Python.
const PYTHON: &str = "/usr/bin/python3";

/// Whether QGIS is there.
fn has_qgis() -> bool {
    let known = Command::new(PYTHON).args(["-c", "import qgis.core"]).output();
    let is_there = known.is_ok_and(|output| output.status.success());
    if !is_there {
        skip("QGIS is not here (Debian: python3-qgis qgis-providers)");
    }
    is_there
}

fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/qgis");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What tests/qgis/draw.py says.
fn draw(arguments: &[&str]) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/qgis/draw.py");
    let output = Command::new(PYTHON).arg(script).arg(pictures()).args(arguments).output().unwrap();
    let said = text(&output.stdout);
    let last = said.lines().last().unwrap_or_default();
    serde_json::from_str(last).unwrap_or_else(|_| panic!("{said}{}", text(&output.stderr)))
}

/// Pixels of a colour, give or take what smoothing and rounding do to it.
fn pixels(picture: &Value, color: &str) -> u64 {
    let parts = |color: &str| [1, 3, 5].map(|at| i32::from_str_radix(&color[at..at + 2], 16).unwrap());
    let wanted = parts(color);
    let is_near = |found: &str| parts(found).iter().zip(wanted).all(|(a, b)| (a - b).abs() <= 3);
    let colors = picture["colors"].as_object().unwrap().iter();
    colors.filter(|(found, _)| is_near(found)).filter_map(|(_, count)| count.as_u64()).sum()
}

#[test]
fn qgis_draws_tiles_and_style_in_the_colours_of_themes_with_the_numbers_of_clusters() {
    if !has_qgis() {
        return;
    }
    let database = Database::sqlite();
    succeeds(parvis(&database.url).arg("demo"));
    let server = Server::start(&database.url, &[]).unwrap();
    let base = format!("http://{}", server.address);
    let style = Client::json(server.address).get("/style.json").unwrap().json().unwrap();
    let said = draw(&["tiles", &base, TOWN, "3000", "24000"]);
    assert_eq!(said["warnings"], serde_json::json!([]), "the converter leaves something out");
    assert_eq!(said["left_out"], serde_json::json!([]), "the converter leaves something out without a word");
    let [near, far] = &said["pictures"].as_array().unwrap()[..] else { panic!("{said}") };
    let colors = |picture: &Value| {
        let themes = style["metadata"]["parvis:themes"].as_array().unwrap();
        themes.iter().filter(|theme| pixels(picture, theme["color"].as_str().unwrap()) >= 40).count()
    };
    assert!(colors(near) >= 3, "discs have the colours of their themes: {near}");
    // A cluster is a disc in one colour, its number in another, which nothing else has.
    let of = |name: &str| style["metadata"][name].as_str().unwrap().to_owned();
    assert!(pixels(far, &of("parvis:no-theme")) >= 300, "the edges of clusters: {far}");
    assert!(pixels(far, &of("parvis:cluster-words")) >= 60, "the numbers of clusters: {far}");
    for picture in [near, far] {
        assert_eq!(picture["errors"], serde_json::json!([]));
    }
}

#[test]
fn qgis_draws_every_view_of_the_database_that_it_is_asked_for() {
    if !has_qgis() {
        return;
    }
    let Some(database) = Database::postgis() else { return };
    succeeds(parvis(&database.url).arg("demo"));
    let connection = database.url.trim_start_matches("postgres://");
    let (who, rest) = connection.split_once('@').unwrap_or(("postgres", connection));
    let (host, name) = rest.split_once('/').unwrap();
    let (host, port) = host.split_once(':').unwrap_or((host, "5432"));
    let (user, password) = who.split_once(':').unwrap_or((who, ""));
    let uri = format!("host='{host}' port='{port}' dbname='{name}' user='{user}' password='{password}'");
    let views = [
        ("feature_point", 20),
        // Nobody of the demonstration drew several points at once: it is opened, and empty.
        ("feature_multipoint", 0),
        ("feature_line", 5),
        ("feature_polygon", 40),
        ("area", 5_000),
        ("layer_point", 5),
        ("layer_line", 500),
        ("layer_polygon", 5_000),
    ];
    let names: Vec<&str> = views.iter().map(|(view, _)| *view).collect();
    let said = draw(&[&["database", &uri, TOWN][..], &names[..]].concat());
    for (picture, (view, least)) in said["pictures"].as_array().unwrap().iter().zip(views) {
        assert_eq!(picture["view"], view);
        assert_eq!(picture["crs"], "EPSG:4326", "{view}");
        assert_eq!(picture["errors"], serde_json::json!([]), "{view}");
        let drawn = pixels(picture, "#d00060");
        assert!(drawn >= least, "{view}: {drawn} pixels drawn of {}", picture["features"]);
        assert_eq!(drawn > 0, least > 0, "{view}: {drawn} pixels drawn");
    }
    // What it counts in each is what is there; and no view with a shape of its own is left out.
    let counted = said["pictures"].as_array().unwrap().iter();
    let counted =
        counted.map(|picture| format!("{} {}", picture["view"].as_str().unwrap(), picture["features"]));
    let mut counted: Vec<String> = counted.collect();
    counted.sort();
    let (there,): (String,) = database.one(COUNTS);
    assert_eq!(counted.join("\n"), there);
}

/// Every view of one shape, with how many rows it has.
const COUNTS: &str = "
    with view as (select f_table_name as name from geometry_columns where f_table_schema = 'gis' and type <> 'GEOMETRY')
    select string_agg(line, e'\n' order by line collate \"C\") from (
        select name || ' ' || (xpath('/row/n/text()',
            query_to_xml(format('select count(*) as n from gis.%I', name), false, true, '')))[1]::text as line
        from view) as lines";
