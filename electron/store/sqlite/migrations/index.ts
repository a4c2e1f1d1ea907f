import type { Database } from 'better-sqlite3';
import { pipelineTables } from './0001Pipeline.ts';
import { maskdeskTables } from './0002Maskdesk.ts';
import { taskClaims } from './0003TaskClaims.ts';
import { draftOwners } from './0004DraftOwners.ts';
import { checksOfMasks } from './0005Checks.ts';
import { taskPages } from './0006TaskPages.ts';
import { comments } from './0007Comments.ts';
import { queueFilters } from './0008QueueFilters.ts';
import { commentEvents } from './0009CommentEvents.ts';
import { promptsOfMasks } from './0010Prompts.ts';
import { draftMattes } from './0011DraftMattes.ts';
import { draftMatteTrails } from './0012DraftMatteTrails.ts';
import { intake } from './0013Intake.ts';
import { maskParts } from './0014MaskParts.ts';
import { team } from './0015Team.ts';
import { placements } from './0016Placements.ts';
import { setsAndImports } from './0018Sets.ts';
import { importedPhotos } from './0019ImportedPhotos.ts';
import { importsOfMasks } from './0020Imports.ts';
import { takenBack } from './0021TakenBack.ts';

/** One step of the schema. Forward only: a step that has been released is never edited, the next one corrects it. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Runs inside a transaction. */
  readonly apply: (database: Database) => void;
}

export const migrations: readonly Migration[] = [pipelineTables, maskdeskTables, taskClaims, draftOwners, checksOfMasks, taskPages, comments, queueFilters, commentEvents, promptsOfMasks, draftMattes, draftMatteTrails, intake, maskParts, team, placements, setsAndImports, importedPhotos, importsOfMasks, takenBack];

export const schemaVersion = Math.max(...migrations.map((migration) => migration.version));
