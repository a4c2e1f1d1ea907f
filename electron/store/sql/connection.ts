import type { Kysely, RawBuilder } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Schema } from './schema.ts';

/** What statements are made and run with; `dialect` for what the databases say differently. */
export type Queries = Kysely<Schema> & { readonly dialect: Dialect };

export const withDialect = (kysely: Kysely<Schema>, dialect: Dialect): Queries => Object.assign(kysely, { dialect });

/** What the stores of this folder need of a database. SQLite's and PostgreSQL's connections fill it; the stores are the same for both. */
export interface Connection {
  /** For people: the file, or the server and database. */
  readonly location: string;
  /** Nothing may be written: `write` refuses. */
  readonly isReadOnly: boolean;
  /**
   * The database's own time, milliseconds since the epoch: leases and claims run by it, so that machines whose clocks differ agree. (A file has no
   * clock but that of the program.)
   */
  nowMs(): RawBuilder<number>;
  /** Sees the last commit and never waits for a writer. @throws ExpectedError store_* */
  read<T>(query: (queries: Queries) => Promise<T>): Promise<T>;
  /** All or nothing; durable when it resolves. The body may not write through another call of the store: it would wait for itself. @throws ExpectedError store_* */
  write<T>(body: (queries: Queries) => Promise<T>): Promise<T>;
  /** As {@link write}, for what goes through a whole store in one statement: no statement of it is ended for the time that it takes. One at a time. */
  writeAtLength<T>(body: (queries: Queries) => Promise<T>): Promise<T>;
}
