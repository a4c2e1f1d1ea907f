import type { Database } from 'better-sqlite3';

/** What a recipe put a mask together from is kept with it; masks from before have none. */
export const maskParts = {
  version: 14,
  name: 'parts of masks',
  apply: (database: Database): void => {
    database.exec('alter table maskdesk_revisions add column parts text');
  },
};
