-- A photo is taken off by a decision like any other thing; a letter names what it is about when it leaves.

-- Null: it is shown. Not a key to a photo in `decision`: the decision stays where the photo is erased.
alter table photo add column held text;
alter table decision add column photo_id integer;

-- What a letter is about: its name is put in when the letter leaves, where everybody may read it then.
alter table mail add column subject_kind text;
alter table mail add column subject_id integer;
