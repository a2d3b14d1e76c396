-- How long an opportunity was in a stage that it has left; where it is now stands in its own row. Written when it moves.
-- `left_at` is when it closed, where it had closed before it moved. What is deleted keeps its visits, in case it is restored.
create table stage_visits (
  location_id text not null,
  opportunity_id text not null,
  -- The version of the opportunity that the move made.
  version bigint not null,
  stage_id text not null,
  entered_at bigint not null,
  left_at bigint not null,
  primary key (location_id, opportunity_id, version)
);

-- What the history knows of moves. A change keeps of `before` what differs, so `after` tells the rest.
insert into stage_visits (location_id, opportunity_id, version, stage_id, entered_at, left_at)
with changes as (
  select e.location_id, e.record_id, e.record_version, e."before", e.at, e.types,
    case when e.types like '%"OpportunityStatusUpdate"%' then e."before" else e."after" end as status_in,
    max(case when e.types like '%"OpportunityCreate"%' or e.types like '%"OpportunityStageUpdate"%' then e.at end) over (
      partition by e.location_id, e.record_id order by e.seq rows between unbounded preceding and 1 preceding) as entered_at,
    max(case when e.types like '%"OpportunityCreate"%' or e.types like '%"OpportunityStatusUpdate"%' then e.at end) over (
      partition by e.location_id, e.record_id order by e.seq rows between unbounded preceding and 1 preceding) as status_at
  from events e
  where e.record = 'opportunity' and (e.types like '%"OpportunityCreate"%' or e.types like '%"OpportunityStageUpdate"%'
    or e.types like '%"OpportunityStatusUpdate"%')
)
select c.location_id, c.record_id, c.record_version, s.id, c.entered_at,
  case when c.status_in like '%"status":"open"%' then c.at when c.status_at > c.entered_at then c.status_at
    else c.entered_at end
from changes c
join stages s on s.location_id = c.location_id and c."before" like '%"pipelineStageId":"' || s.id || '"%'
where c.types like '%"OpportunityStageUpdate"%' and c.entered_at is not null;

create index stage_visits_by_stage on stage_visits (location_id, stage_id, left_at);
