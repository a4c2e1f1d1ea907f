import type { Database } from 'better-sqlite3';

/** A draft may have soft coverage beside its mask, as revisions have. */
export const draftMattes = {
  version: 11,
  name: 'mattes of drafts',
  apply: (database: Database): void => {
    database.exec('alter table maskdesk_drafts add column matte_sha256 text;');
  },
};
