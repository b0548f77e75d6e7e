-- The territory that was chosen stands among the settings that have versions. It held while each of these was in force.
update site_version set said = (said::jsonb || jsonb_build_object(
    'territory_name', coalesce((select value from setting where name = 'territory_name'), ''),
    'territory_code', (select value from setting where name = 'territory_code')))::text
where exists (select 1 from setting where name = 'territory_code' and value <> '');

insert into site_version (version, said, at)
select 1, jsonb_build_object(
    'territory_name', coalesce((select value from setting where name = 'territory_name'), ''),
    'territory_code', value)::text, now()
from setting where name = 'territory_code' and value <> '' and not exists (select 1 from site_version);

delete from setting where name in ('territory_name', 'territory_code');
