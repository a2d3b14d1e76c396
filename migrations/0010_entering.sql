-- An event is judged by what was so when it happened, not when it is dispatched. Dispatch comes to the changes of workflows
-- and webhooks among the other events, in their order, and notes here what holds for those that follow.
-- The version that events enter, as far as dispatch has come; null where they enter none.
alter table workflows add column
  entered_version bigint;
update workflows set entered_version = version where state = 'published';

-- The types that are told, as far as dispatch has come; null where none are.
alter table webhooks add column
  told_types text;
update webhooks set told_types = types where state <> 'disabled';

-- The first of the runs that caused each other: how many there may be is bounded.
alter table workflow_runs add column
  chain text not null default '';
update workflow_runs set chain = id;

create index workflow_runs_by_chain on workflow_runs (location_id, chain) where depth > 0;
