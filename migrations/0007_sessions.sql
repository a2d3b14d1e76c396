-- Reference tables: small, and asked before a location is known. A secret is the browser's or the letter's alone; here are
-- their hashes, so that nobody gets in with a backup.

-- Who is signed in to the web app, in which browser; it ends when it has not been used for long.
create table sessions (
  hash text primary key,
  location_id text not null,
  user_id text not null,
  expires_at bigint not null
);

create index sessions_by_user on sessions (location_id, user_id, expires_at);
create index sessions_by_end on sessions (expires_at);

-- Links by which people choose their password; good once.
create table invitations (
  hash text primary key,
  location_id text not null,
  user_id text not null,
  expires_at bigint not null
);

create index invitations_by_user on invitations (location_id, user_id);
create index invitations_by_end on invitations (expires_at);
