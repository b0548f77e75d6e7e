-- The views for QGIS and SQL: a question by a box works whatever shapes there are, and by an index.
-- A plain cast of `geom` to a type fails on the first row of another shape, because PostgreSQL may compare with the box before
-- it looks at the shape. Here what is not the view's shape becomes null before the cast, and each such expression has an index
-- of its own, which `geom && box` on the view finds: view and index must say the same. `create or replace` keeps what roles were
-- granted. Collections of several shapes are in `gis.feature` and `gis.layer_item` only.

create index feature_point on feature using gist (((case when GeometryType(geom) = 'POINT' then geom end)::geometry(Point, 4326))) where GeometryType(geom) = 'POINT';
create or replace view gis.feature_point as
select id, kind, process, theme, theme_label, status, title, body, votes_for, votes_against, score,
       created_at, updated_at, published_at,
       (case when GeometryType(geom) = 'POINT' then geom end)::geometry(Point, 4326) as geom
from gis.feature where GeometryType(geom) = 'POINT';

create index feature_multipoint on feature using gist (((case when GeometryType(geom) = 'MULTIPOINT' then geom end)::geometry(MultiPoint, 4326))) where GeometryType(geom) = 'MULTIPOINT';
create or replace view gis.feature_multipoint as
select id, kind, process, theme, theme_label, status, title, body, votes_for, votes_against, score,
       created_at, updated_at, published_at,
       (case when GeometryType(geom) = 'MULTIPOINT' then geom end)::geometry(MultiPoint, 4326) as geom
from gis.feature where GeometryType(geom) = 'MULTIPOINT';

create index feature_line on feature using gist ((ST_Multi(case when GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING') then geom end)::geometry(MultiLineString, 4326))) where GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING');
create or replace view gis.feature_line as
select id, kind, process, theme, theme_label, status, title, body, votes_for, votes_against, score,
       created_at, updated_at, published_at,
       ST_Multi(case when GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING') then geom end)::geometry(MultiLineString, 4326) as geom
from gis.feature where GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING');

create index feature_polygon on feature using gist ((ST_Multi(case when GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON') then geom end)::geometry(MultiPolygon, 4326))) where GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON');
create or replace view gis.feature_polygon as
select id, kind, process, theme, theme_label, status, title, body, votes_for, votes_against, score,
       created_at, updated_at, published_at,
       ST_Multi(case when GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON') then geom end)::geometry(MultiPolygon, 4326) as geom
from gis.feature where GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON');

create index area_polygon on area using gist ((ST_Multi(case when GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON') then geom end)::geometry(MultiPolygon, 4326)));
create or replace view gis.area as
select a.id, a.slug, a.level, a.code, a.name, parent.slug as parent,
       ST_Multi(case when GeometryType(a.geom) in ('POLYGON', 'MULTIPOLYGON') then a.geom end)::geometry(MultiPolygon, 4326) as geom
from area a left join area parent on parent.id = a.parent_id;

-- Context layers by shape, as QGIS wants them; every point is one of several, because files mix them.
create index layer_item_point on layer_item using gist ((ST_Multi(case when GeometryType(geom) in ('POINT', 'MULTIPOINT') then geom end)::geometry(MultiPoint, 4326))) where GeometryType(geom) in ('POINT', 'MULTIPOINT');
create view gis.layer_point as
select id, layer, layer_name, properties,
       ST_Multi(case when GeometryType(geom) in ('POINT', 'MULTIPOINT') then geom end)::geometry(MultiPoint, 4326) as geom
from gis.layer_item where GeometryType(geom) in ('POINT', 'MULTIPOINT');

create index layer_item_line on layer_item using gist ((ST_Multi(case when GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING') then geom end)::geometry(MultiLineString, 4326))) where GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING');
create view gis.layer_line as
select id, layer, layer_name, properties,
       ST_Multi(case when GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING') then geom end)::geometry(MultiLineString, 4326) as geom
from gis.layer_item where GeometryType(geom) in ('LINESTRING', 'MULTILINESTRING');

create index layer_item_polygon on layer_item using gist ((ST_Multi(case when GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON') then geom end)::geometry(MultiPolygon, 4326))) where GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON');
create view gis.layer_polygon as
select id, layer, layer_name, properties,
       ST_Multi(case when GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON') then geom end)::geometry(MultiPolygon, 4326) as geom
from gis.layer_item where GeometryType(geom) in ('POLYGON', 'MULTIPOLYGON');

-- The new views are for whoever read the old ones.
do $$
declare reader record;
begin
    for reader in
        select distinct grantee from information_schema.role_table_grants
        where table_schema = 'gis' and table_name = 'layer_item' and privilege_type = 'SELECT' and grantee <> current_user
    loop
        execute format('grant select on gis.feature_multipoint, gis.layer_point, gis.layer_line, gis.layer_polygon to %s',
            case when reader.grantee = 'PUBLIC' then 'public' else quote_ident(reader.grantee) end);
    end loop;
end $$;
