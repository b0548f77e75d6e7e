-- What photos showed, in the words of who sent them, before passages were blacked out of that: by the photo's number, as JSON.
alter table redaction add column captions text not null default '{}';
