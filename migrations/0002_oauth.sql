-- What an app was allowed is a token: kind 'oauth' in a location, 'agency' for a whole company, whose id stands in the
-- location's place. `app` says whose it is, who allowed it and, where an agency's token asked for it, which one.
alter table tokens add column
  app text;

-- Reference tables: small, and asked before a location is known.

create table oauth_apps (
  client_id text primary key,
  secret_hash text not null,
  name text not null,
  redirect_uris text not null,
  scopes text not null,
  distribution text not null,
  created_at bigint not null,
  rotated_at bigint,
  deleted_at bigint
);

create table app_installs (
  client_id text not null,
  location_id text not null,
  token_id text not null,
  installed_at bigint not null,
  primary key (client_id, location_id, token_id)
);

-- One for each "Allow"; `token_id` once it was exchanged.
create table oauth_codes (
  hash text primary key,
  client_id text not null,
  location_id text not null,
  consent text not null,
  expires_at bigint not null,
  token_id text
);

create index oauth_codes_by_end on oauth_codes (expires_at);

-- Who signed in on the page where apps are let in, for as long as they may take to choose.
create table oauth_sessions (
  hash text primary key,
  location_id text not null,
  user_id text not null,
  expires_at bigint not null
);

create index oauth_sessions_by_end on oauth_sessions (expires_at);

-- One for each family of refresh tokens, each of which replaces the one before; `hash` is the only one that is good.
create table refresh_tokens (
  family text primary key,
  hash text not null,
  location_id text not null,
  token_id text not null,
  expires_at bigint not null
);

create index refresh_tokens_by_token on refresh_tokens (location_id, token_id, expires_at);
