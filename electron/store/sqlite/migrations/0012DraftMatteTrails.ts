import type { Database } from 'better-sqlite3';

/** A draft keeps the mattes of all its undo steps, each with the mask that it was made for; the one digest of before said neither. */
export const draftMatteTrails = {
  version: 12,
  name: 'mattes along the undo steps of drafts',
  apply: (database: Database): void => {
    database.exec('alter table maskdesk_drafts drop column matte_sha256; alter table maskdesk_drafts add column mattes text;');
  },
};
