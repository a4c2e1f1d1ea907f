import type { Database } from 'better-sqlite3';

/** The prompts that a mask came from, as JSON (shared/domain/promptRecord.ts): of versions, and of drafts so that a restart loses none. */
const sql = `
alter table maskdesk_revisions add column prompts text;
alter table maskdesk_drafts add column prompts text;
`;

export const promptsOfMasks = {
  version: 10,
  name: 'prompts of versions and drafts',
  apply: (database: Database): void => {
    database.exec(sql);
  },
};
