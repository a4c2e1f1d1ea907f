import type { Migration } from './migration.ts';

/** What a list's order and filters look at, of an asset's row. */
const columns = 'kind, id, parent_id, state, head_model_id, reviewer, reason, has_draft, check_flags, worst_key, updated_at_ms';
const mostAtOnce = 200;

/**
 * Each change of an asset is written down for half an hour, by the transaction that made it: who remembers places of a list (queueMarks.ts) reads
 * what it has not seen of them and has exact places again, where counting through a million takes 0.1 s. A change of many assets at once is
 * written as one row without an asset: count anew.
 */
const moves = `
create table maskdesk.asset_moves (
  transaction_id xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  change smallint not null check (change in (-1, 0, 1)),
  kind text, id text, parent_id text, state text, head_model_id text, reviewer text, reason text, has_draft integer, check_flags integer,
  worst_key double precision, updated_at_ms bigint
) with (autovacuum_vacuum_scale_factor = 0.2, autovacuum_vacuum_insert_scale_factor = 0.2, autovacuum_vacuum_threshold = 1000);
create index asset_moves_transaction on maskdesk.asset_moves (transaction_id);

create or replace function maskdesk.fold_groups() returns void language plpgsql as $$ begin
  if not pg_try_advisory_xact_lock(1835103083, 1) then return; end if;
  with gone as (delete from maskdesk.asset_group_parts returning *)
  insert into maskdesk.asset_group_parts select kind, state, head_model_id, reviewer, reason, has_draft, check_flags, sum(total) from gone
    group by kind, state, head_model_id, reviewer, reason, has_draft, check_flags having sum(total) <> 0;
  delete from maskdesk.asset_moves where at < now() - interval '30 minutes';
end $$;

create function maskdesk.assets_added_move() returns trigger language plpgsql as $$ begin
  if (select count(*) from (select 1 from added limit ${mostAtOnce + 1}) as each) > ${mostAtOnce} then
    insert into maskdesk.asset_moves (change) values (0);
  else
    insert into maskdesk.asset_moves (change, ${columns}) select 1, ${columns} from added;
  end if;
  return null;
end $$;
create function maskdesk.assets_removed_move() returns trigger language plpgsql as $$ begin
  if (select count(*) from (select 1 from removed limit ${mostAtOnce + 1}) as each) > ${mostAtOnce} then
    insert into maskdesk.asset_moves (change) values (0);
  else
    insert into maskdesk.asset_moves (change, ${columns}) select -1, ${columns} from removed;
  end if;
  return null;
end $$;
create function maskdesk.assets_moved_move() returns trigger language plpgsql as $$ begin
  if (select count(*) from (select 1 from added limit ${mostAtOnce + 1}) as each) > ${mostAtOnce} then
    insert into maskdesk.asset_moves (change) values (0);
  else
    insert into maskdesk.asset_moves (change, ${columns}) select 1, ${columns} from added union all select -1, ${columns} from removed;
  end if;
  return null;
end $$;
create trigger assets_added_move after insert on maskdesk.assets referencing new table as added for each statement execute function maskdesk.assets_added_move();
create trigger assets_removed_move after delete on maskdesk.assets referencing old table as removed for each statement execute function maskdesk.assets_removed_move();
create trigger assets_moved_move after update on maskdesk.assets referencing new table as added old table as removed for each statement execute function maskdesk.assets_moved_move();
`;

/** For filters that leave so few that an order's index would be read from one end to the other. They hold few rows, so that they cost next to nothing. */
const fewOnly = `
create index assets_drafts on maskdesk.assets (kind, id) where has_draft = 1;
create index assets_reason on maskdesk.assets (reason, kind, id) where state = 'rejected';
`;

export const queueMoves: Migration = { version: 17, name: 'places of the queue without counting', sql: moves + fewOnly };
