-- Reference tables: the few look-ups that cannot name a location yet. Small, written rarely.

create table installation (
  name text primary key,
  value text not null
);

create table token_hashes (
  hash text primary key,
  location_id text not null,
  token_id text not null,
  expires_at bigint
);

create table sign_ins (
  email text primary key,
  location_id text not null,
  user_id text not null,
  password_hash text not null
);

-- Accounts

create table locations (
  location_id text primary key,
  company_id text not null,
  name text not null,
  profile text not null,
  settings text not null,
  created_at bigint not null,
  updated_at bigint not null
);

create table users (
  location_id text not null,
  id text not null,
  first_name text not null,
  last_name text not null,
  email text not null,
  phone text not null,
  role text not null,
  profile text not null,
  deleted integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id),
  unique (location_id, email)
);

-- What the original calls custom values: texts of the location's own, for templates.
create table location_values (
  location_id text not null,
  id text not null,
  name text not null,
  field_key text not null,
  value text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

create table tokens (
  location_id text not null,
  id text not null,
  kind text not null,
  name text not null,
  description text not null,
  hint text not null,
  scopes text not null,
  created_at bigint not null,
  rotated_at bigint,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint,
  primary key (location_id, id)
);

-- What each token has asked for in its windows, where several processes count together; nothing that must last.
create {{unlogged}} table rate_counters (
  location_id text not null,
  token_id text not null,
  window_start bigint not null,
  used bigint not null,
  day bigint not null,
  used_today bigint not null,
  granted bigint not null,
  primary key (location_id, token_id)
);

create index token_hashes_by_token on token_hashes (location_id, token_id);

-- Pipelines

create table pipelines (
  location_id text not null,
  id text not null,
  name text not null,
  position bigint not null,
  show_in_funnel integer not null,
  show_in_pie_chart integer not null,
  color_render_mode text not null,
  use_opportunity_probability integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

create table stages (
  location_id text not null,
  id text not null,
  pipeline_id text not null,
  name text not null,
  position bigint not null,
  show_in_funnel integer not null,
  show_in_pie_chart integer not null,
  stage_win_probability double precision not null,
  color text not null,
  primary key (location_id, id)
);

create index stages_by_pipeline on stages (location_id, pipeline_id, position);

create table lost_reasons (
  location_id text not null,
  id text not null,
  name text not null,
  deleted integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

-- Custom fields: definitions, and one row per value (or item of a list) for searching. The records hold the values as JSON.
-- A text that may be long is indexed by its first 256 characters: a row of an index has room for 2,704 bytes in PostgreSQL.

create table custom_fields (
  location_id text not null,
  id text not null,
  model text not null,
  name text not null,
  field_key text not null,
  data_type text not null,
  placeholder text not null,
  position bigint not null,
  options text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id),
  unique (location_id, field_key)
);

create table custom_values (
  location_id text not null,
  record_id text not null,
  field_id text not null,
  item text not null,
  text_value text not null,
  number_value double precision,
  primary key (location_id, record_id, field_id, item)
);

create index custom_values_by_text on custom_values (location_id, field_id, substr(text_value, 1, 256));
create index custom_values_by_number on custom_values (location_id, field_id, number_value);

-- Contacts

create table contacts (
  location_id text not null,
  id text not null,
  first_name text,
  last_name text,
  name text,
  name_key text not null,
  email text,
  email_key text,
  phone text,
  company_name text,
  country text,
  source text,
  type text,
  assigned_to text,
  tags text not null,
  dnd integer not null,
  profile text not null,
  custom_fields text not null,
  followers text not null,
  note_count bigint not null,
  task_count bigint not null,
  search_text text not null,
  text_row bigint,
  created_at bigint not null,
  updated_at bigint not null,
  last_activity_at bigint,
  primary key (location_id, id)
);

{{text index on contacts}};
create index contacts_by_created on contacts (location_id, created_at, id);
create index contacts_by_updated on contacts (location_id, updated_at, id);
create index contacts_by_name on contacts (location_id, substr(name_key, 1, 256), id);
create index contacts_by_email on contacts (location_id, email_key, created_at);
create index contacts_by_phone on contacts (location_id, phone, created_at);
create index contacts_by_assignee on contacts (location_id, assigned_to, created_at, id);

-- How many contacts a location has: the sum of its slots, each counted in by one writer at a time. May be below zero in one.
create table contact_counts (
  location_id text not null,
  slot bigint not null,
  count bigint not null,
  primary key (location_id, slot)
);

create table tags (
  location_id text not null,
  id text not null,
  name text not null,
  created_at bigint not null,
  primary key (location_id, id),
  unique (location_id, name)
);

create table contact_tags (
  location_id text not null,
  tag text not null,
  contact_id text not null,
  primary key (location_id, tag, contact_id)
);

create table notes (
  location_id text not null,
  id text not null,
  contact_id text not null,
  user_id text,
  title text,
  body text not null,
  color text,
  pinned integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

create index notes_by_contact on notes (location_id, contact_id, created_at);

create table tasks (
  location_id text not null,
  id text not null,
  contact_id text not null,
  title text not null,
  body text not null,
  assigned_to text,
  due_at bigint not null,
  completed integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

create index tasks_by_contact on tasks (location_id, contact_id, created_at);
create index tasks_by_due on tasks (location_id, due_at, id);

create table followers (
  location_id text not null,
  user_id text not null,
  record_id text not null,
  primary key (location_id, user_id, record_id)
);

-- Opportunities

create table opportunities (
  location_id text not null,
  id text not null,
  name text not null,
  name_key text not null,
  pipeline_id text not null,
  pipeline_stage_id text not null,
  status text not null,
  monetary_value double precision,
  assigned_to text,
  contact_id text not null,
  source text,
  lost_reason_id text,
  custom_fields text not null,
  followers text not null,
  forecast_expected_close_date bigint,
  forecast_original_close_date bigint,
  forecast_slippage_count bigint not null,
  forecast_days_slipped bigint not null,
  forecast_last_slipped_at bigint,
  forecast_probability double precision,
  index_version bigint not null,
  last_status_change_at bigint not null,
  last_stage_change_at bigint not null,
  last_action_at bigint not null,
  search_text text not null,
  text_row bigint,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

{{text index on opportunities}};
create index opportunities_by_created on opportunities (location_id, created_at, id);
create index opportunities_by_updated on opportunities (location_id, updated_at, id);
create index opportunities_by_name on opportunities (location_id, substr(name_key, 1, 256), id);
create index opportunities_by_pipeline on opportunities (location_id, pipeline_id, created_at, id);
create index opportunities_by_stage on opportunities (location_id, pipeline_stage_id, created_at, id);
create index opportunities_by_stage_status on opportunities (location_id, pipeline_stage_id, status, created_at, id);
create index opportunities_by_status on opportunities (location_id, status, created_at, id);
create index opportunities_by_assignee on opportunities (location_id, assigned_to, created_at, id);
create index opportunities_by_contact on opportunities (location_id, contact_id, created_at, id);
-- Few have a probability of their own: what a stage is worth is their sum and the stage's totals.
create index opportunities_by_probability on opportunities (location_id, pipeline_id, pipeline_stage_id)
  where forecast_probability is not null;

-- Kept by each change, never counted; a total is the sum of its slots, each written by one transaction at a time.
-- Value in ten-thousandths, whole numbers, so that adding and taking away is exact.
create table opportunity_totals (
  location_id text not null,
  pipeline_id text not null,
  pipeline_stage_id text not null,
  status text not null,
  assigned_to text not null,
  slot bigint not null,
  count bigint not null,
  value bigint not null,
  primary key (location_id, pipeline_id, pipeline_stage_id, status, assigned_to, slot)
);

-- What was deleted, whole, so that it can be restored.
create table opportunity_bin (
  location_id text not null,
  id text not null,
  opportunity text not null,
  deleted_at bigint not null,
  primary key (location_id, id)
);

-- The permanent history, and where facts wait for dispatch: one row per change.
create table events (
  location_id text not null,
  seq {{sequence}},
  types text not null,
  record text not null,
  record_id text not null,
  record_version bigint not null,
  "before" text,
  "after" text,
  caller_kind text not null,
  caller_id text not null,
  request_id text,
  transaction_id text,
  run_id text,
  depth integer not null,
  at bigint not null,
  {{sequence key (location_id, seq)}}
);
