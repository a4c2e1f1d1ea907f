import type { Migration } from './migration.ts';

/** Who reviews which item (sql/itemLeaseStore.ts); the other desks hear of it. */
const itemLeases = `
create table maskdesk.item_leases (
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')),
  asset_id text not null,
  owner text not null,
  reviewer text not null,
  purpose text not null check (purpose in ('open', 'ahead')),
  since_ms bigint not null,
  expires_at_ms bigint not null,
  primary key (asset_kind, asset_id)
);
create trigger item_leases_tell_taken after insert on maskdesk.item_leases referencing new table as changed for each statement execute function maskdesk.tell_of_assets();
create trigger item_leases_tell_changed after update on maskdesk.item_leases referencing new table as changed for each statement execute function maskdesk.tell_of_assets();
create trigger item_leases_tell_left after delete on maskdesk.item_leases referencing old table as changed for each statement execute function maskdesk.tell_of_assets();
`;

interface Noted {
  readonly name: string;
  /** As SQL has it behind `create trigger <name> `, up to `for each row`. */
  readonly on: string;
  readonly when?: string;
  readonly at: string;
  readonly who: string;
  readonly kind: string;
  /** What json_build_object takes. */
  readonly details: string;
  /** Columns of the row with the asset. Default: asset_kind, asset_id. */
  readonly asset?: string;
}

const noted: readonly Noted[] = [
  {
    name: 'revision',
    on: 'after insert on maskdesk.revisions',
    at: 'new.created_at_ms',
    who: 'new.author',
    kind: 'revision',
    details: `'revision_id', new.revision_id, 'origin', new.origin, 'model_id', new.model_id, 'parent_id', new.parent_id, 'mask_sha256', new.mask_sha256`,
  },
  {
    name: 'verdict',
    on: 'after insert on maskdesk.verdicts',
    at: 'new.created_at_ms',
    who: 'new.reviewer',
    kind: 'verdict',
    details: `'verdict_id', new.verdict_id, 'verdict', new.verdict, 'revision_id', new.revision_id, 'reason', new.reason, 'note', new.note, 'undoes_verdict_id', new.undoes_verdict_id, 'batch_id', new.batch_id`,
  },
  {
    name: 'head',
    on: 'after update of head_revision_id on maskdesk.assets',
    when: 'old.head_revision_id is distinct from new.head_revision_id',
    at: 'new.updated_at_ms',
    who: 'null',
    kind: 'head',
    details: `'from_revision_id', old.head_revision_id, 'to_revision_id', new.head_revision_id`,
    asset: 'new.kind, new.id',
  },
  {
    name: 'choice',
    on: 'after insert on maskdesk.head_moves',
    at: 'new.created_at_ms',
    who: 'new.moved_by',
    kind: 'choice',
    details: `'from_revision_id', new.from_revision_id, 'to_revision_id', new.to_revision_id`,
  },
  {
    name: 'choice_undone',
    on: 'after update of undone_at_ms on maskdesk.head_moves',
    when: 'old.undone_at_ms is null and new.undone_at_ms is not null',
    at: 'new.undone_at_ms',
    who: 'new.moved_by',
    kind: 'choice_undone',
    details: `'from_revision_id', new.to_revision_id, 'to_revision_id', new.from_revision_id`,
  },
  {
    name: 'publication',
    on: 'after update of state on maskdesk.publications',
    when: 'old.state <> new.state',
    at: 'coalesce(new.finished_at_ms, new.created_at_ms)',
    who: 'null',
    kind: 'publication',
    details: `'publication_id', new.publication_id, 'outcome', case when new.state = 'published' and new.revision_id is null then 'withdrawn' else new.state end, 'revision_id', new.revision_id, 'mask_sha256', new.mask_sha256, 'path', new.stable_path, 'rank', new.rank`,
  },
];

const noting = ({ name, on, when, at, who, kind, details, asset = 'new.asset_kind, new.asset_id' }: Noted): string => `
create function maskdesk.audit_${name}() returns trigger language plpgsql as $$ begin
  insert into maskdesk.audit (at_ms, who, kind, asset_kind, asset_id, details) values (${at}, ${who}, '${kind}', ${asset}, json_build_object(${details})::text);
  return null;
end $$;
create trigger audit_${name} ${on} for each row ${when === undefined ? '' : `when (${when})`} execute function maskdesk.audit_${name}();`;

const notingComments = `
create function maskdesk.audit_comment() returns trigger language plpgsql as $$ begin
  insert into maskdesk.audit (at_ms, who, kind, asset_kind, asset_id, details)
    select new.at_ms, new.who, 'comment', c.asset_kind, c.asset_id, json_build_object('comment_id', new.comment_id, 'change', new.change)::text
    from maskdesk.comments c where c.comment_id = new.comment_id;
  return null;
end $$;
create trigger audit_comment after insert on maskdesk.comment_events for each row execute function maskdesk.audit_comment();`;

const refuse = (name: string, when: string, what: string): string => `
create trigger keep_${name} before ${when} for each row execute function maskdesk.refuse('${what}');`;

/** Columns that say what happened; others (what was taken back, what is measured later) are kept up to date. */
const facts = {
  verdicts: 'sequence, verdict_id, asset_kind, asset_id, revision_id, verdict, reason, note, reviewer, undoes_verdict_id, head_after, publication_id, created_at_ms, batch_id',
  revisions: 'sequence, revision_id, asset_kind, asset_id, parent_id, mask_sha256, matte_sha256, width_px, height_px, area_px, origin, author, model_id, weights_sha256, threshold, created_at_ms',
  comment_events: 'sequence, comment_id, change, who, at_ms',
} as const;

/** The audit trail, as SQLite's 0015 describes it; whoever may empty a table may not empty this one by accident either. */
const auditTrail = `
create table maskdesk.audit (
  sequence bigint generated by default as identity primary key,
  at_ms bigint not null,
  who text,
  kind text not null,
  asset_kind text, asset_id text,
  details text not null check (details::json is not null),
  check ((asset_kind is null) = (asset_id is null))
);
create index audit_at on maskdesk.audit (at_ms, sequence);
create function maskdesk.refuse() returns trigger language plpgsql as $$ begin raise exception '%', tg_argv[0]; end $$;
${noted.map(noting).join('')}${notingComments}
${refuse('audit_row', 'update on maskdesk.audit', 'The audit trail is only ever added to.')}
${refuse('audit', 'delete on maskdesk.audit', 'The audit trail is only ever added to.')}
create trigger keep_audit_whole before truncate on maskdesk.audit for each statement execute function maskdesk.refuse('The audit trail is only ever added to.');
${Object.entries(facts)
  .map(
    ([table, columns]) =>
      refuse(`${table}_row`, `update of ${columns} on maskdesk.${table}`, 'What happened is not changed afterwards.') + refuse(table, `delete on maskdesk.${table}`, 'What happened is not removed afterwards.'),
  )
  .join('')}
`;

export const team: Migration = { version: 15, name: 'who reviews which item, and the audit trail', sql: itemLeases + auditTrail };
