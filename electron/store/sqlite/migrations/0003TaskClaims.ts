import type { Database } from 'better-sqlite3';

/**
 * Claims of background tasks that run out, so that work of a machine that never comes back is taken over; the code of a failure; and the
 * model in the queue's index, so that the tasks of a model that can't work are passed over without reading them.
 */
const sql = `
alter table maskdesk_jobs add column claim_expires_at_ms integer;
alter table maskdesk_jobs add column error_code text;
alter table maskdesk_jobs add column model_id text generated always as (parameters ->> '$.modelId') virtual;
drop index maskdesk_jobs_queue;
create index maskdesk_jobs_queue on maskdesk_jobs (state, priority desc, sequence, model_id);
`;

export const taskClaims = {
  version: 3,
  name: 'claims of tasks that run out',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
