-- Which step is which, by its place, through all that is done to a draft. What was there before steps had ids goes by the
-- workflow's and its place.
alter table workflows add column
  step_ids text not null default '{}';
alter table workflow_versions add column
  step_ids text not null default '{}';

-- The step that did this.
alter table workflow_steps add column
  step_id text not null default '';
update workflow_steps set step_id = (
  select r.workflow_id || '-' || workflow_steps.place from workflow_runs r
  where r.location_id = workflow_steps.location_id and r.id = workflow_steps.run_id)
where exists (
  select 1 from workflow_runs r where r.location_id = workflow_steps.location_id and r.id = workflow_steps.run_id);

-- The step that a run stands at: the next one, or the one that lets it wait for a time.
alter table workflow_runs add column
  step_id text not null default '';
update workflow_runs set step_id = workflow_id || '-' || place where ended_at is null;
update workflow_runs set step_id = (
  select s.step_id from workflow_steps s
  where s.location_id = workflow_runs.location_id and s.run_id = workflow_runs.id and s.seq = workflow_runs.step_count - 1)
where state = 'waiting' and deadline is null and exists (
  select 1 from workflow_steps s
  where s.location_id = workflow_runs.location_id and s.run_id = workflow_runs.id and s.seq = workflow_runs.step_count - 1);

create index workflow_steps_by_step on workflow_steps (location_id, step_id, at, run_id, seq);
-- How many are at each step, and how they stand; the rows need not be looked at.
create index workflow_runs_at_steps on workflow_runs (location_id, workflow_id, step_id, state, ended_at)
  where ended_at is null;
-- Those that are at a step for the first time, of which nothing is logged yet.
create index workflow_runs_new_at_step on workflow_runs (location_id, step_id, updated_at, id)
  where deadline is not null or request is not null;
