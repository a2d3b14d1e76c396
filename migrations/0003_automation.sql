-- Whether anybody in the location wants to hear of events; kept by whoever subscribes, publishes, pauses or deletes.
alter table locations add column listening integer not null default 0;

-- 1 until the event has been turned into deliveries and runs; 2 where that failed, and a person has to look; 0 where it is
-- done, or nobody listened.
alter table events add column pending integer not null default 0;

create index events_pending on events (location_id, seq) where pending = 1;
