import type { Migration } from './migration.ts';
import { maskdeskTables } from './0012Maskdesk.ts';
import { maskParts } from './0014MaskParts.ts';
import { itemLeases } from './0015ItemLeases.ts';
import { placements } from './0016Placements.ts';

/** The first one makes what SQLite has at its number; from then on both go the same steps. */
export const migrations: readonly Migration[] = [maskdeskTables, maskParts, itemLeases, placements];

export const schemaVersion = Math.max(...migrations.map((migration) => migration.version));
