-- The filters that led to a page's end, for clients that ask for the next page by its cursor alone, of whichever process.
create table search_cursors (
  location_id text not null,
  caller_id text not null,
  place text not null,
  query text not null,
  until bigint not null,
  primary key (location_id, caller_id, place)
);

create index search_cursors_by_end on search_cursors (location_id, until);
