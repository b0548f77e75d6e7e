-- Who said that a report is not repaired: with their voice, so that what they typed goes with them where they erase themselves.
create table report_reopening (
    update_id  bigint not null primary key references report_update (id) on delete cascade,
    feature_id bigint not null references feature (id) on delete cascade,
    voice      uuid not null
);
create index report_reopening_by_voice on report_reopening (voice);
create index report_reopening_by_feature on report_reopening (feature_id);

-- Until now only an author's were known to be somebody's.
insert into report_reopening (update_id, feature_id, voice)
select u.id, u.feature_id, f.author from report_update u join feature f on f.id = u.feature_id
where u.act = 'reopened' and u.account_id is null and f.author is not null;
