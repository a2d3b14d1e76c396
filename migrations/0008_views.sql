-- What a person keeps of a page: its filters, its order, its columns. `settings` is JSON that only the web app reads.
create table views (
  location_id text not null,
  id text not null,
  page text not null,
  name text not null,
  -- A user's id, or a token's.
  owner_id text not null,
  shared integer not null,
  settings text not null,
  created_at bigint not null,
  updated_at bigint not null,
  primary key (location_id, id)
);

-- Whoever listens to a location reads its events from a number on. Where the key says that already, this says nothing.
{{sequence index events_in_order on events (location_id, seq)}};
-- Beside it SQLite would take this one for no better to find what is pending, did it not know more than the location.
drop index events_pending;
create index events_pending on events (location_id, pending, seq) where pending = 1;

-- The history of one record. Opportunities change most, and an index of all that ever happened to them would cost each
-- change a page of its own: each event of theirs says which was the one before it, the row which is the last, and the
-- index has only how they ended.
alter table events add column
  previous bigint;
alter table opportunities add column
  last_event bigint;
update events set previous = p.previous
from (
  select location_id, seq, lag(seq) over (partition by location_id, record_id order by seq) as previous
  from events where record = 'opportunity') p
where p.location_id = events.location_id and p.seq = events.seq;
update opportunities set last_event = l.last
from (
  select location_id, record_id, max(seq) as last from events where record = 'opportunity' group by location_id, record_id) l
where l.location_id = opportunities.location_id and l.record_id = opportunities.id;
create index events_by_record on events (location_id, record_id, seq) where record <> 'opportunity' or "after" is null;

-- Notes and tasks belong to the history of their contact, also once they are gone: here, whose they are.
alter table events add column
  contact_id text;
update events set contact_id = (
  select n.contact_id from notes n where n.location_id = events.location_id and n.id = events.record_id)
where record = 'note';
update events set contact_id = (
  select t.contact_id from tasks t where t.location_id = events.location_id and t.id = events.record_id)
where record = 'task';
create index events_by_contact on events (location_id, contact_id, seq) where contact_id is not null;

-- What was deleted last comes first, and what was deleted first is forgotten first.
create index opportunity_bin_by_end on opportunity_bin (location_id, deleted_at, id);
