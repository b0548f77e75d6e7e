//! The schema `gis`, asked as QGIS asks it: a box, over a table in which every shape lies. Tests only.
//!
//! Invariant: every view of the schema that has a geometry is tried, so that one that is added later is tried, too.

use super::{Db, Sql};
use crate::server::testing::on_postgis;
use sqlx::{AssertSqlSafe, PgPool};

/// Every shape that a database can hold, some thousand times; areas and context layers alike.
const SEED: &[&str] = &[
    "create table shape as
     select case k % 7
         when 0 then ST_MakePoint(x, y)
         when 1 then ST_MakeLine(ST_MakePoint(x, y), ST_MakePoint(x + 0.01, y))
         when 2 then ST_MakeEnvelope(x, y, x + 0.01, y + 0.01)
         when 3 then ST_Multi(ST_MakePoint(x, y))
         when 4 then ST_Multi(ST_MakeLine(ST_MakePoint(x, y), ST_MakePoint(x + 0.01, y)))
         when 5 then ST_Multi(ST_MakeEnvelope(x, y, x + 0.01, y + 0.01))
         else ST_Collect(ST_MakePoint(x, y), ST_MakeLine(ST_MakePoint(x, y), ST_MakePoint(x + 0.01, y))) end as geom, k
     from (select k, (k % 90) / 10.0 as x, 40 + (k / 90) / 10.0 as y from generate_series(1, 8100) k) place",
    "insert into feature (kind, status, title, body, search, wkb, channel, created_at, updated_at, published_at)
     select 'proposal', 'open', 'Un banc', '', 'un banc', ST_AsBinary(geom), 'web', now(), now(), now() from shape",
    "insert into layer (slug, name, color, created_at, updated_at) values ('eau', 'Eau', '#000000', now(), now())",
    "insert into layer_item (layer_id, properties, wkb) select layer.id, '{}', ST_AsBinary(geom) from shape, layer",
    "insert into area (slug, level, code, name, wkb, created_at, updated_at)
     select 'a' || k, 'commune', k, 'A', ST_AsBinary(geom), now(), now() from shape where k % 7 in (2, 5)",
    // What no import lets in; the view must not fail for it.
    "insert into area (slug, level, code, name, wkb, created_at, updated_at)
     select 'b' || k, 'commune', 'b' || k, 'B', ST_AsBinary(geom), now(), now() from shape where k < 7",
    "drop table shape",
    "analyze",
];

/// What a reader sees of a view's geometry, and whether QGIS can list it.
struct View {
    name: String,
    shape: String,
    srid: i32,
}

fn pool(db: &Db) -> &PgPool {
    let Db::Postgres(pools) = db else { unreachable!("these tests run on PostGIS") };
    &pools.write
}

async fn views(db: &Db) -> Vec<View> {
    let rows: Vec<(String, String, i32)> = db
        .all("select f_table_name::text, type::text, srid from geometry_columns where f_table_schema = 'gis' order by 1", ())
        .await
        .unwrap();
    rows.into_iter().map(|(name, shape, srid)| View { name, shape, srid }).collect()
}

async fn seed(db: &Db) {
    for statement in SEED {
        db.run(*statement, ()).await.unwrap();
    }
}

async fn texts(db: &Db, sql: String) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool(db)).await
}

async fn count(db: &Db, sql: String) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(pool(db)).await.unwrap()
}

/// QGIS's own question for what is on its screen.
fn in_a_box(view: &str) -> String {
    format!(
        r#"select encode(ST_AsBinary("geom", 'NDR'), 'hex') from "gis"."{view}" where "geom" && ST_MakeEnvelope(2, 42, 3, 43, 4326)"#
    )
}

#[tokio::test]
async fn every_view_answers_a_box_by_an_index_whatever_shapes_there_are() {
    on_postgis(|db| async move {
        seed(&db).await;
        let views = views(&db).await;
        assert!(views.len() >= 10, "points, lines, polygons, areas, context layers");
        for View { name, .. } in &views {
            let found = texts(&db, in_a_box(name)).await.unwrap_or_else(|e| panic!("gis.{name}: {e}"));
            assert!(found.len() > 10, "gis.{name}: {} found", found.len());
            let plan = texts(&db, format!("explain {}", in_a_box(name))).await.unwrap().join("\n");
            for table in ["feature", "area", "layer_item"] {
                assert!(
                    !plan.contains(&format!("Seq Scan on {table} ")),
                    "gis.{name} reads all rows:\n{plan}"
                );
            }
            assert!(plan.contains("geom") && plan.contains("&&"), "gis.{name}:\n{plan}");
        }
    })
    .await;
}

#[tokio::test]
async fn qgis_is_told_the_type_of_every_view_and_each_thing_stands_in_one_of_its_shape() {
    on_postgis(|db| async move {
        seed(&db).await;
        for View { name, shape, srid } in views(&db).await {
            assert_eq!(srid, 4326, "gis.{name}");
            let is_mixed = ["feature", "layer_item"].contains(&name.as_str());
            assert_eq!(shape == "GEOMETRY", is_mixed, "gis.{name} is {shape}");
        }
        for (all, by_shape) in [
            ("feature", &["feature_point", "feature_multipoint", "feature_line", "feature_polygon"][..]),
            ("layer_item", &["layer_point", "layer_line", "layer_polygon"]),
        ] {
            let mut seen = 0;
            for view in by_shape {
                seen += count(&db, format!("select count(geom) from gis.{view}")).await;
            }
            let single = "where GeometryType(geom) <> 'GEOMETRYCOLLECTION'";
            assert_eq!(seen, count(&db, format!("select count(*) from gis.{all} {single}")).await, "{all}");
        }
    })
    .await;
}

/// The statements of docs/POSTGIS.md, for a role and a database of this test.
fn documented(role: &str, database: &str) -> Vec<String> {
    let page = include_str!("../../../docs/POSTGIS.md");
    let section = page.split("## ").find(|part| part.starts_with("A read-only role")).unwrap();
    let statements = section
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .take_while(|line| !line.starts_with("--"));
    statements
        .map(|line| {
            line.replace("gis_reader", role).replace("database parvis", &format!("database {database}"))
        })
        .map(|line| line.replace("for role parvis ", ""))
        .collect()
}

#[tokio::test]
async fn the_documented_role_reads_every_view_and_no_table() {
    on_postgis(|db| async move {
        let role = format!("gis_{}", uuid::Uuid::new_v4().simple());
        let (database,): (String,) = db.one("select current_database()::text", ()).await.unwrap();
        let statements = documented(&role, &database);
        assert_eq!(statements.len(), 5, "{statements:?}");
        for statement in statements {
            sqlx::query(AssertSqlSafe(statement)).execute(pool(&db)).await.unwrap();
        }
        seed(&db).await;
        let views = views(&db).await;
        let mut connection = pool(&db).acquire().await.unwrap();
        sqlx::query(AssertSqlSafe(format!("set role {role}"))).execute(&mut *connection).await.unwrap();
        for View { name, .. } in &views {
            let found: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(in_a_box(name))).fetch_all(&mut *connection).await.unwrap();
            assert!(!found.is_empty(), "gis.{name}");
        }
        let table = sqlx::query("select author from feature").fetch_all(&mut *connection).await;
        assert!(table.unwrap_err().to_string().contains("permission denied"));
        for end in ["reset role", &format!("drop owned by {role}"), &format!("drop role {role}")] {
            sqlx::query(AssertSqlSafe(end.to_owned())).execute(&mut *connection).await.unwrap();
        }
    })
    .await;
}
