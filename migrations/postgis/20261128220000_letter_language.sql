-- The language in which somebody reads: that of the page on which they signed in, or asked for letters. Letters to them are written in it.
alter table account add column lang text not null default 'fr';
alter table letter_follow add column lang text not null default 'fr';
