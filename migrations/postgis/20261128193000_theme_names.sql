-- What a theme is called in other languages than French, by the language's code: a JSON object. Null: nothing but its label.

alter table theme add column names text;
