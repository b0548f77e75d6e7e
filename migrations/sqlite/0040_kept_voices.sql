-- One mailbox, or one identity at a provider, is one voice, also for somebody who had their account erased and signs in anew while the
-- ballot is open. Keyed digests only: without the key (setting `person_key`) nothing leads back to an address.
create table kept_voice (
    person  text not null primary key,      -- HMAC-SHA256, hexadecimal, of the address or the identity
    voice   blob not null,
    kept_at text not null                   -- when the account was erased
) strict, without rowid;

create index kept_voice_by_voice on kept_voice (voice);

-- How many letters a mailbox was sent is counted by a digest: erasing takes the address away and leaves the count.
alter table sign_in_link add column mailbox text not null default '';
create index sign_in_link_by_mailbox on sign_in_link (mailbox, created_at);
