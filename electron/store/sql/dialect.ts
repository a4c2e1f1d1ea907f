import type { RawBuilder } from 'kysely';
import type { Queries } from './connection.ts';

/** What kysely's select queries have. */
interface Lockable<Query> {
  forNoKeyUpdate(): Query;
}

interface AssetKey {
  readonly kind: string;
  readonly id: string;
}

/** How often each text comes. */
export type TextTally = readonly (readonly [text: string, count: number])[];

/**
 * Where the SQL of the databases differs; all else in this folder is the same for both. Tables of ours are always written with their prefix
 * (`maskdesk_assets`), wherever a database keeps them.
 */
export interface Dialect {
  /** Any number of texts as one parameter: `column in ${texts(values)}`. */
  texts(values: readonly string[]): RawBuilder<string>;
  /** Assets as rows (kind, id, place) for a `from`, place counting from 0. One parameter, whatever their number. */
  assets(keys: readonly AssetKey[]): RawBuilder<unknown>;
  /** A table by the index that a statement is made for, where the database takes such advice. */
  by(table: string, index: string): RawBuilder<unknown>;
  /** A join whose left side is small and read first, where the database takes such advice: `${smallJoin} table on ...`. */
  readonly smallJoin: RawBuilder<unknown>;
  /** At the end of a recursive part, where the database can end it there. */
  recursionLimit(rows: number): RawBuilder<unknown>;
  /** Whether a column has the text in it, in any case and script; accents as one character or two. */
  contains(column: RawBuilder<unknown>, text: string): RawBuilder<boolean>;
  /** How often each text comes among the rows of `from`, for each of the expressions. @param from begins with a table, may have a where */
  tallies(queries: Queries, texts: readonly RawBuilder<unknown>[], from: RawBuilder<unknown>): Promise<readonly TextTally[]>;
  /** A text to be ordered and compared by its bytes (UTF-8: by code points), the same on every server. */
  byBytes(text: RawBuilder<unknown>): RawBuilder<string>;
  /** What sees one moment of the database, whatever others commit: each statement for itself, or all of a writing transaction. */
  readonly oneMoment: 'statement' | 'transaction';
  /** Aggregate: JSON array of the values, in no order. */
  jsonList(value: RawBuilder<unknown>): RawBuilder<string>;
  /** A field of a column with a JSON object, as text; null where it has none. */
  jsonText(column: string, field: string): RawBuilder<string | null>;
  /** A fresh UUID a row. */
  uuid(): RawBuilder<string>;
  /** Seconds since the epoch of a column with a time of the pipeline's. */
  epochS(column: string): RawBuilder<number | null>;
  /** Whether one of the pipeline's tables has a column. */
  hasColumn(queries: Queries, table: string, column: string): Promise<boolean>;
  /** The rows are this transaction's to change until it ends; others who lock them wait. Nothing where a transaction has the whole database. */
  locked<Query extends Lockable<Query>>(query: Query): Query;
  /** As {@link locked}, for raw statements: goes at their end. */
  readonly rowLock: RawBuilder<unknown>;
  /**
   * Rows of that table (its alias) that others hold are passed over; goes at the end of a raw select. Of one table alone: where several were locked, a row passed over
   * for one would leave the others locked.
   */
  rowLockSkipping(table: string): RawBuilder<unknown>;
  /**
   * Waits until no other transaction has any of these turns, and keeps them until it ends. Of shared ones many may be had at once.
   * @param names taken in one order by everybody, so that nobody waits in a circle
   */
  takeTurns(queries: Queries, names: readonly string[], how?: 'alone' | 'shared'): Promise<void>;
}
