-- What a voice counts is decided by the vote of the process that it counts in. A feature counts people and points apart:
-- `votes_for`, `votes_against` and `votes_neutral` are people, `points` is what they weigh together.

alter table process add column ballot text not null default 'for_against';
update process set ballot = coalesce(settings ->> '$.rules.votes', 'for_against');

alter table feature add column points integer not null default 0;
alter table feature add column votes_neutral integer not null default 0;

-- Why a voice is kept and not counted: the contribution went where it does not meet the rules (`moved`, `merged`). Null: it counts.
alter table vote add column apart text;

update feature set points = votes_for - votes_against;
update feature
set votes_for = counted.votes_for, votes_against = counted.votes_against, votes_neutral = counted.votes_neutral,
    points = counted.points
from (select target, cast(sum(case when value > 0 then 1 else 0 end) as integer) as votes_for,
             cast(sum(case when value < 0 then 1 else 0 end) as integer) as votes_against,
             cast(sum(case when value = 0 then 1 else 0 end) as integer) as votes_neutral,
             cast(sum(value) as integer) as points
      from (select t.target, v.value,
                   row_number() over (partition by t.target, v.voter
                                      order by case when v.feature_id = t.target then 0 else 1 end, v.cast_at desc, v.feature_id) as turn
            from (select id as target, id as source from feature
                  union all
                  select merged_into, id from feature where merged_into is not null) t
            join vote v on v.feature_id = t.source) said
      where turn = 1 group by target) counted
where feature.id = counted.target
  and feature.process_id in (select id from process where ballot = 'scale');
