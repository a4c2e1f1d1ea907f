import type { Database } from 'better-sqlite3';

/**
 * What happened to comments, a row a change: the comment's own row has only its last state, so that a trail read from it told edited words as
 * the first ones and forgot what was opened again. Of comments that are there, as much is entered as their rows know.
 */
const sql = `
create table maskdesk_comment_events (
  sequence integer primary key autoincrement,
  comment_id text not null references maskdesk_comments (comment_id),
  change text not null check (change in ('added', 'edited', 'resolved', 'reopened', 'removed')),
  who text not null,
  at_ms integer not null,
  text text not null
);
create index maskdesk_comment_events_comment on maskdesk_comment_events (comment_id, sequence);
insert into maskdesk_comment_events (comment_id, change, who, at_ms, text)
  select comment_id, change, who, at_ms, text from (
    select sequence, 0 as step, comment_id, 'added' as change, author as who, created_at_ms as at_ms, text from maskdesk_comments
    union all select sequence, 1, comment_id, 'edited', author, edited_at_ms, text from maskdesk_comments where edited_at_ms is not null
    union all select sequence, 2, comment_id, 'resolved', resolved_by, resolved_at_ms, text from maskdesk_comments where resolved_at_ms is not null
    union all select sequence, 3, comment_id, 'removed', author, removed_at_ms, text from maskdesk_comments where removed_at_ms is not null
  ) order by at_ms, sequence, step;
`;

export const commentEvents = {
  version: 9,
  name: 'what happened to comments',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
