-- Themes of a process's own, and themes that can be removed where nobody uses them.

-- Nothing: shared, every process may offer it.
alter table theme add column process_id integer references process (id);

-- How many contributions a theme has, and whether one can go.
create index feature_by_theme on feature (theme_id) where theme_id is not null;
