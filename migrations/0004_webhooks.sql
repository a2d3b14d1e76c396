-- Who wants to hear of what, and where. A secret is kept as it is: each delivery is signed with it.
create table webhooks (
  location_id text not null,
  id text not null,
  name text not null,
  url text not null,
  types text not null,
  retry_mode text not null,
  headers text not null,
  app_id text,
  legacy_signature integer not null,
  secrets text not null,
  state text not null,
  state_reason text,
  state_at bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

-- How the deliveries of a webhook stand: one row for each, which whoever adds, sends or settles some of them has alone.
-- `due_at` is the earliest time at which one may have to be sent, null where none waits. The counts are kept, not counted.
create table webhook_lines (
  location_id text not null,
  webhook_id text not null,
  due_at bigint,
  claim text,
  claimed_until bigint not null,
  failures bigint not null,
  failing_since bigint,
  open_at bigint not null,
  waiting bigint not null,
  delivered bigint not null,
  failed bigint not null,
  ended_at bigint,
  primary key (location_id, webhook_id)
);

create index webhook_lines_due on webhook_lines (location_id, due_at) where due_at is not null;

-- One event for one webhook. `due_at` only where it waits and nothing about the same record waits before it; `place` says
-- what comes first, `tries` how often it has been sent since it was last put in line.
create table deliveries (
  location_id text not null,
  id text not null,
  webhook_id text not null,
  event_seq bigint not null,
  type text not null,
  place bigint not null,
  record text not null,
  record_id text not null,
  body text not null,
  state text not null,
  due_at bigint,
  tries bigint not null,
  created_at bigint not null,
  settled_at bigint,
  primary key (location_id, id),
  unique (location_id, webhook_id, event_seq, type)
);

create index deliveries_due on deliveries (location_id, webhook_id, due_at) where due_at is not null;
create index deliveries_in_line on deliveries (location_id, webhook_id, record_id, place) where state = 'waiting';
create index deliveries_by_created on deliveries (location_id, webhook_id, created_at, place);
create index deliveries_failed on deliveries (location_id, webhook_id, created_at, place) where state = 'failed';

create table delivery_attempts (
  location_id text not null,
  delivery_id text not null,
  id text not null,
  at bigint not null,
  ms bigint not null,
  status bigint,
  error text,
  response text,
  primary key (location_id, delivery_id, id)
);
