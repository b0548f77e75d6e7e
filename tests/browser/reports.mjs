// What journeys of reports need: a catalogue, as rows.

/** What can be reported: two things, under one service. */
export const CATALOGUE = `
insert into report_service (id, slug, name, email, contact, is_outside) values (1, 'voirie', 'Voirie', '', '', 0);
insert into report_category (id, slug, label, keywords, sort, questions, target_n, target_unit, duplicate_metres, duplicate_days, checks_photos, danger, color, position)
values (1, 'nid-de-poule', 'Nid-de-poule', 'trou', 'problem', '[{"code":"size","label":"Quelle taille ?","datatype":"singlevaluelist","is_required":true,"values":[["s","Une main"],["l","Un pneu"]]}]', 3, 'working_days', 50, 30, 0, '', '#0072b2', 1),
       (2, 'lampadaire', 'Lampadaire éteint', 'lumière', 'problem', '[]', 5, 'days', 50, 30, 0, '', '#e69f00', 2);
insert into report_rule (category_id, area_id, is_of_area, service_id, from_at) values (null, null, 0, 1, '2024-01-01T00:00:00.000000+00:00');`;
