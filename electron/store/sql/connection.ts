import type { Kysely, RawBuilder } from 'kysely';
import type { Schema } from './schema.ts';

export type Queries = Kysely<Schema>;

/** What the stores of this folder need of a database. SQLite's and PostgreSQL's connections fill it; the stores are the same for both. */
export interface Connection {
  /** For people: the file, or the server and database. */
  readonly location: string;
  /**
   * The database's own time, milliseconds since the epoch: leases and claims run by it, so that machines whose clocks differ agree. (A file has no
   * clock but that of the program.)
   */
  nowMs(): RawBuilder<number>;
  /** Sees the last commit and never waits for a writer. @throws ExpectedError store_* */
  read<T>(query: (queries: Queries) => Promise<T>): Promise<T>;
  /** All or nothing; durable when it resolves. The body may not write through another call of the store: it would wait for itself. @throws ExpectedError store_* */
  write<T>(body: (queries: Queries) => Promise<T>): Promise<T>;
}
