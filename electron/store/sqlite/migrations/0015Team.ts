import type { Database } from 'better-sqlite3';

/** Who reviews which item (sql/itemLeaseStore.ts). */
const itemLeases = `
create table maskdesk_item_leases (
  asset_kind text not null check (asset_kind in ('product_image', 'keyframe')),
  asset_id text not null,
  owner text not null,
  reviewer text not null,
  purpose text not null check (purpose in ('open', 'ahead')),
  since_ms integer not null,
  expires_at_ms integer not null,
  primary key (asset_kind, asset_id)
) without rowid;
`;

/** One entry of the trail, from a row of another table. @param details what json_object takes */
const note = (kind: string, at: string, who: string, asset: 'new' | 'id', details: string, source = ''): string => `
  insert into maskdesk_audit (at_ms, who, kind, asset_kind, asset_id, details)
  select ${at}, ${who}, '${kind}', ${asset === 'new' ? 'new.asset_kind, new.asset_id' : 'new.kind, new.id'}, json_object(${details})${source}`;

interface Noted {
  readonly name: string;
  /** As SQL has it behind `create trigger <name>`. */
  readonly when: string;
  readonly entry: string;
}

const noted: readonly Noted[] = [
  {
    name: 'revision',
    when: 'after insert on maskdesk_revisions',
    entry: note('revision', 'new.created_at_ms', 'new.author', 'new', `'revision_id', new.revision_id, 'origin', new.origin, 'model_id', new.model_id, 'parent_id', new.parent_id, 'mask_sha256', new.mask_sha256`),
  },
  {
    name: 'verdict',
    when: 'after insert on maskdesk_verdicts',
    entry: note(
      'verdict',
      'new.created_at_ms',
      'new.reviewer',
      'new',
      `'verdict_id', new.verdict_id, 'verdict', new.verdict, 'revision_id', new.revision_id, 'reason', new.reason, 'note', new.note, 'undoes_verdict_id', new.undoes_verdict_id, 'batch_id', new.batch_id`,
    ),
  },
  {
    name: 'head',
    when: 'after update of head_revision_id on maskdesk_assets when old.head_revision_id is not new.head_revision_id',
    entry: note('head', 'new.updated_at_ms', 'null', 'id', `'from_revision_id', old.head_revision_id, 'to_revision_id', new.head_revision_id`),
  },
  {
    name: 'choice',
    when: 'after insert on maskdesk_head_moves',
    entry: note('choice', 'new.created_at_ms', 'new.moved_by', 'new', `'from_revision_id', new.from_revision_id, 'to_revision_id', new.to_revision_id`),
  },
  {
    name: 'choice_undone',
    when: 'after update of undone_at_ms on maskdesk_head_moves when old.undone_at_ms is null and new.undone_at_ms is not null',
    entry: note('choice_undone', 'new.undone_at_ms', 'new.moved_by', 'new', `'from_revision_id', new.to_revision_id, 'to_revision_id', new.from_revision_id`),
  },
  {
    name: 'publication',
    when: 'after update of state on maskdesk_publications when old.state <> new.state',
    entry: note(
      'publication',
      'coalesce(new.finished_at_ms, new.created_at_ms)',
      'null',
      'new',
      `'publication_id', new.publication_id, 'outcome', case when new.state = 'published' and new.revision_id is null then 'withdrawn' else new.state end, 'revision_id', new.revision_id, 'mask_sha256', new.mask_sha256, 'path', new.stable_path, 'rank', new.rank`,
    ),
  },
  {
    name: 'comment',
    when: 'after insert on maskdesk_comment_events',
    entry: `
  insert into maskdesk_audit (at_ms, who, kind, asset_kind, asset_id, details)
  select new.at_ms, new.who, 'comment', c.asset_kind, c.asset_id, json_object('comment_id', new.comment_id, 'change', new.change)
  from maskdesk_comments c where c.comment_id = new.comment_id`,
  },
];

/** What happened before there was a trail, as far as the rows tell. */
const earlier = `
insert into maskdesk_audit (at_ms, who, kind, asset_kind, asset_id, details)
select at_ms, who, kind, asset_kind, asset_id, details from (
  select sequence, 0 as step, created_at_ms as at_ms, author as who, 'revision' as kind, asset_kind, asset_id,
    json_object('revision_id', revision_id, 'origin', origin, 'model_id', model_id, 'parent_id', parent_id, 'mask_sha256', mask_sha256) as details from maskdesk_revisions
  union all select sequence, 1, created_at_ms, reviewer, 'verdict', asset_kind, asset_id,
    json_object('verdict_id', verdict_id, 'verdict', verdict, 'revision_id', revision_id, 'reason', reason, 'note', note, 'undoes_verdict_id', undoes_verdict_id, 'batch_id', batch_id) from maskdesk_verdicts
  union all select sequence, 2, created_at_ms, moved_by, 'choice', asset_kind, asset_id,
    json_object('from_revision_id', from_revision_id, 'to_revision_id', to_revision_id) from maskdesk_head_moves
  union all select sequence, 3, undone_at_ms, moved_by, 'choice_undone', asset_kind, asset_id,
    json_object('from_revision_id', to_revision_id, 'to_revision_id', from_revision_id) from maskdesk_head_moves where undone_at_ms is not null
  union all select sequence, 4, coalesce(finished_at_ms, created_at_ms), null, 'publication', asset_kind, asset_id,
    json_object('publication_id', publication_id, 'outcome', case when state = 'published' and revision_id is null then 'withdrawn' else state end,
      'revision_id', revision_id, 'mask_sha256', mask_sha256, 'path', stable_path, 'rank', rank) from maskdesk_publications where state <> 'pending'
  union all select e.sequence, 5, e.at_ms, e.who, 'comment', c.asset_kind, c.asset_id, json_object('comment_id', e.comment_id, 'change', e.change)
    from maskdesk_comment_events e join maskdesk_comments c on c.comment_id = e.comment_id
) order by at_ms, step, sequence;
`;

const refuse = (name: string, when: string, what: string): string => `
create trigger maskdesk_keep_${name} before ${when} begin select raise(abort, '${what}'); end;`;

/** Columns that say what happened; others (what was taken back, what is measured later) are kept up to date. */
const facts = {
  verdicts: 'sequence, verdict_id, asset_kind, asset_id, revision_id, verdict, reason, note, reviewer, undoes_verdict_id, head_after, publication_id, created_at_ms, batch_id',
  revisions: 'sequence, revision_id, asset_kind, asset_id, parent_id, mask_sha256, matte_sha256, width_px, height_px, area_px, origin, author, model_id, weights_sha256, threshold, created_at_ms',
  comment_events: 'sequence, comment_id, change, who, at_ms',
} as const;

/**
 * The audit trail: one row a thing that happened, appended by triggers in the transaction that does it, whichever program writes. It says what
 * became of comments and not their words, which their author may take away. Rows are never changed and never removed: the database refuses.
 */
const auditTrail = `
create table maskdesk_audit (
  sequence integer primary key autoincrement,
  at_ms integer not null,
  who text,
  kind text not null,
  asset_kind text, asset_id text,
  details text not null check (json_valid(details)),
  check ((asset_kind is null) = (asset_id is null))
);
create index maskdesk_audit_at on maskdesk_audit (at_ms, sequence);
${earlier}
${noted.map(({ name, when, entry }) => `create trigger maskdesk_audit_${name} ${when} begin ${entry}; end;`).join('\n')}
${refuse('audit_row', 'update on maskdesk_audit', 'The audit trail is only ever added to.')}
${refuse('audit', 'delete on maskdesk_audit', 'The audit trail is only ever added to.')}
${Object.entries(facts)
  .map(
    ([table, columns]) =>
      refuse(`${table}_row`, `update of ${columns} on maskdesk_${table}`, 'What happened is not changed afterwards.') + refuse(table, `delete on maskdesk_${table}`, 'What happened is not removed afterwards.'),
  )
  .join('')}
`;

export const team = {
  version: 15,
  name: 'who reviews which item, and the audit trail',
  apply: (database: Database): void => {
    database.exec(itemLeases);
    database.exec(auditTrail);
  },
};
