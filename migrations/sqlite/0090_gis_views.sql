-- The views for QGIS and SQL are PostGIS's alone: nothing to do here.
select 1;
