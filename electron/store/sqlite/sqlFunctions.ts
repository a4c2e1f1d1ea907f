import type { Database } from 'better-sqlite3';
import { registerValueTally } from './valueTally.ts';
import type { Clock } from '../../../shared/ports/clock.ts';

/** What SQL lacks. Never used in the schema, so that other programs can open the file. */
export const registerFunctions = (database: Database, clock: Clock): void => {
  registerValueTally(database);
  /** A fresh UUID a row, for statements that insert many. */
  database.function('maskdesk_uuid', { deterministic: false, directOnly: true }, () => clock.uuid());
};
