import type { Migration } from './migration.ts';
import { maskdeskTables } from './0012Maskdesk.ts';
import { intake } from './0013Intake.ts';
import { maskParts } from './0014MaskParts.ts';
import { team } from './0015Team.ts';
import { placements } from './0016Placements.ts';
import { queueMoves } from './0017QueueMoves.ts';
import { setsAndImports } from './0018Sets.ts';
import { importedPhotos } from './0019ImportedPhotos.ts';
import { importsOfMasks } from './0020Imports.ts';
import { takenBack } from './0021TakenBack.ts';

/** The first one makes what SQLite has at its number; from then on both go the same steps. */
export const migrations: readonly Migration[] = [maskdeskTables, intake, maskParts, team, placements, queueMoves, setsAndImports, importedPhotos, importsOfMasks, takenBack];

export const schemaVersion = Math.max(...migrations.map((migration) => migration.version));
