-- What a person works on: the draft. `version` is the last one that was published; 0 before the first.
create table workflows (
  location_id text not null,
  id text not null,
  name text not null,
  state text not null,
  version bigint not null,
  draft text not null,
  -- What the published version begins by; null in a draft.
  trigger_type text,
  -- The last part of the address that an inbound webhook is sent to; null where the trigger is another one.
  hook_secret text,
  -- How far the sweep for idle opportunities has come: everything before was looked at.
  swept_at bigint not null,
  swept_id text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

create index workflows_by_trigger on workflows (location_id, trigger_type) where trigger_type is not null;

-- What was published, as it was: runs keep the version that they began with.
create table workflow_versions (
  location_id text not null,
  workflow_id text not null,
  version bigint not null,
  definition text not null,
  published_by text not null,
  published_at bigint not null,
  primary key (location_id, workflow_id, version)
);

-- One execution of a workflow, and at the same time its place in the queue: due while `due_at` has passed.
create table workflow_runs (
  location_id text not null,
  id text not null,
  workflow_id text not null,
  version bigint not null,
  -- What it began by, such as the number of an event: the same begins a workflow once.
  cause text not null,
  contact_id text,
  opportunity_id text,
  data text not null,
  depth integer not null,
  state text not null,
  -- Where it stands in the steps, such as `1.yes.0`.
  place text not null,
  step_count bigint not null,
  attempts bigint not null,
  due_at bigint,
  -- 1 while its workflow is paused.
  held integer not null,
  claimed_until bigint not null,
  claim text not null,
  -- Until when it waits for a condition; whatever changes in its opportunity or contact makes it look again.
  deadline bigint,
  -- What is to be sent to the world, as JSON; what is sent may be sent twice, what comes of it is noted once.
  request text,
  -- To whom: one who does not answer must not hold up what goes to others.
  request_host text,
  error text,
  started_at bigint not null,
  updated_at bigint not null,
  ended_at bigint,
  primary key (location_id, id),
  unique (location_id, workflow_id, cause)
);

create index workflow_runs_due on workflow_runs (location_id, due_at)
  where due_at is not null and held = 0 and request is null;
create index workflow_runs_to_send on workflow_runs (location_id, due_at)
  where due_at is not null and held = 0 and request is not null;
create index workflow_runs_by_workflow on workflow_runs (location_id, workflow_id, started_at, id);
create index workflow_runs_by_start on workflow_runs (location_id, started_at, id);
create index workflow_runs_by_contact on workflow_runs (location_id, contact_id, started_at, id);
create index workflow_runs_in_contact on workflow_runs (location_id, contact_id) where deadline is not null;
create index workflow_runs_in_opportunity on workflow_runs (location_id, opportunity_id) where deadline is not null;
create index workflow_runs_ended on workflow_runs (location_id, ended_at) where ended_at is not null and data <> '{}';

-- What each step of a run did, each try of its own.
create table workflow_steps (
  location_id text not null,
  run_id text not null,
  seq bigint not null,
  place text not null,
  type text not null,
  state text not null,
  attempt bigint not null,
  input text,
  result text,
  error text,
  at bigint not null,
  primary key (location_id, run_id, seq)
);

-- Whose turn it is where a step goes round among several people.
create table workflow_turns (
  location_id text not null,
  workflow_id text not null,
  place text not null,
  turn bigint not null,
  primary key (location_id, workflow_id, place)
);

-- The last payloads that came for a workflow, to map against.
create table hook_samples (
  location_id text not null,
  workflow_id text not null,
  id text not null,
  payload text not null,
  outcome text not null,
  reason text,
  at bigint not null,
  primary key (location_id, workflow_id, id)
);

-- Reference table: the address of an inbound webhook leads to its location; looked up before the location is known.
create table hook_addresses (
  hash text primary key,
  location_id text not null,
  workflow_id text not null
);

create index hook_addresses_by_workflow on hook_addresses (location_id, workflow_id);
