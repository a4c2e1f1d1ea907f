import type { Migration } from './migration.ts';

/** What a recipe put a mask together from is kept with it; masks from before have none. */
export const maskParts: Migration = { version: 14, name: 'parts of masks', sql: 'alter table maskdesk.revisions add column parts text;' };
