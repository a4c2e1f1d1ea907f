import type { Database } from 'better-sqlite3';

/** The jobs panel reads by state and time, by what was put in line together, and asks of an asset what was tried on it last. */
const sql = `
create index maskdesk_jobs_ended on maskdesk_jobs (state, finished_at_ms, sequence);
create index maskdesk_jobs_batch on maskdesk_jobs (created_at_ms, model_id, state, finished_at_ms);
create index maskdesk_jobs_asset on maskdesk_jobs (asset_kind, asset_id, sequence, state);
`;

export const taskPages = {
  version: 6,
  name: 'pages of tasks',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
