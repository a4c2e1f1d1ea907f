import { sql, type RawBuilder } from 'kysely';
import type { AssetSort } from '../../../shared/domain/assetQuery.ts';
import { conditionsOf, isKeptFilter, isOfThePast, whereOf } from '../sql/assetFilter.ts';
import { orderOf, type AssetOrder, type OrderKey } from '../sql/assetOrder.ts';
import type { Connection, Queries } from '../sql/connection.ts';
import type { ListMarks, Mark, MarkedList } from '../sql/listMarks.ts';

/** Marks of one list as one snapshot of the database has them. Never changed: what was seen since makes new ones. */
interface Known {
  readonly marks: readonly Mark[];
  /** As pg_current_snapshot() writes it. */
  readonly snapshot: string;
  /** The database's time, seconds. */
  readonly atS: number;
  readonly countedAtS: number;
}

interface KeyRow {
  readonly key_0: string | number;
  readonly key_1: string;
  readonly key_2: string;
}
interface Moment {
  readonly snapshot: string;
  readonly at_s: number;
}

/** Many marks make each change dearer, few make more to be walked: 500 of a million are 2,000 entries, 0.4 ms. */
const mostMarks = 500;
const everyRow = 100;
const mostLists = 24;
/** More than that, and counting anew is as fast. */
const mostMoves = 2_000;
/** Changes are kept for half an hour (migration 0017); whoever looks at a list looks at it more often. */
const staleAfterS = 300;
/** Titles and jobs are the pipeline's and change without a word to us. */
const otherTablesStaleAfterS = 30;

const moment = sql`pg_current_snapshot()::text as snapshot, extract(epoch from now())::float8 as at_s`;
const keyTypes: Readonly<Record<AssetSort, string>> = { worst: 'float8[]', newest: 'bigint[]', product: 'text[]' };

const keyOf = (row: KeyRow): OrderKey => [row.key_0, row.key_1, row.key_2];

/** Keys as rows (key_0, key_1, key_2). */
const keyRows = (sort: AssetSort, keys: readonly OrderKey[]): RawBuilder<unknown> => {
  const column = (place: number): unknown[] => keys.map((key) => key[place]);
  return sql`unnest(${column(0)}::${sql.raw(keyTypes[sort])}, ${column(1)}::text[], ${column(2)}::text[])`;
};

/**
 * Remembers places of the lists that are in use and brings them up to date by what the database writes down of each change, so that any page of
 * a million assets, and any asset's place, is a short walk. Exact whoever writes, as far as one statement can be: pg_visible_in_snapshot tells
 * which changes the marks have not seen, in whatever order they were committed. A list that is not known yet is counted beside its first page
 * (docs/adr/0009).
 */
export class QueueMarks implements ListMarks {
  readonly #connection: Connection;
  readonly #known = new Map<string, Known>();
  #counting: Promise<void> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async beforePlace(queries: Queries, list: MarkedList, place: number): Promise<Mark | null> {
    const known = await this.#upToDate(queries, list, place >= everyRow);
    return known?.marks.findLast((mark) => mark.place <= place) ?? null;
  }

  async beforeKey(queries: Queries, list: MarkedList, key: OrderKey): Promise<Mark | null> {
    const known = await this.#upToDate(queries, list, true);
    if (known === null || known.marks.length === 0) return null;
    const { sort } = list;
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from ${keyRows(sort, known.marks.map((mark) => mark.key))} as mark (key_0, key_1, key_2), ${keyRows(sort, [key])} as sought (key_0, key_1, key_2)
      where (mark.key_0, mark.key_1, mark.key_2) ${sort === 'newest' ? sql`>=` : sql`<=`} (sought.key_0, sought.key_1, sought.key_2)`.execute(queries);
    return known.marks[(rows[0]?.count ?? 0) - 1] ?? null;
  }

  /** Resolves when nothing is being counted; for those who measure or compare. */
  async settled(): Promise<void> {
    await this.#counting;
  }

  async #upToDate(queries: Queries, list: MarkedList, isDeep: boolean): Promise<Known | null> {
    if (isOfThePast(list.filter)) return null;
    const name = JSON.stringify([list.sort, Object.entries(list.filter).sort()]);
    const before = this.#known.get(name);
    const now = before === undefined ? null : await caughtUp(queries, list, before);
    this.#known.delete(name);
    if (now === null) {
      // A text that is being typed is a list for each letter: only those are counted that somebody goes into.
      if (isDeep || isKeptFilter(list.filter)) this.#countBeside(name, list);
      return null;
    }
    this.#known.set(name, now);
    if (isUneven(now)) this.#countBeside(name, list);
    return now;
  }

  /** One list at a time, the others the next time they are asked for. */
  #countBeside(name: string, list: MarkedList): void {
    this.#counting ??= this.#connection
      .read((queries) => countThrough(queries, list))
      .then((known) => {
        this.#known.delete(name);
        if (known !== null) this.#known.set(name, known);
        for (const oldest of this.#known.keys()) if (this.#known.size > mostLists) this.#known.delete(oldest);
      })
      // The list is read without marks: whoever reads it meets the same trouble and tells of it.
      .catch(() => undefined)
      .finally(() => (this.#counting = null));
  }
}

const orderOfList = ({ dialect }: Queries, { sort, filter }: MarkedList): AssetOrder => orderOf(dialect, sort, filter);

const countThrough = async (queries: Queries, list: MarkedList): Promise<Known | null> => {
  const order = orderOfList(queries, list);
  const { rows } = await sql<KeyRow & Moment & { place: number }>`
    with numbered as (
      select ${order.keyColumns}, row_number() over (order by ${order.by(1)}) - 1 as place from ${order.table} ${whereOf(conditionsOf(queries.dialect, list.filter))})
    select key_0, key_1, key_2, place, ${moment} from numbered where place % ${everyRow} = 0 order by place`.execute(queries);
  const [first] = rows;
  if (first === undefined) return null;
  const step = Math.ceil(rows.length / mostMarks);
  const marks = rows.filter((_row, at) => at % step === 0).map((row): Mark => ({ key: keyOf(row), place: row.place }));
  return { marks, snapshot: first.snapshot, atS: first.at_s, countedAtS: first.at_s };
};

/** Newest changes all land at one end. */
const isUneven = ({ marks }: Known): boolean => {
  const usual = ((marks.at(-1)?.place ?? 0) / Math.max(1, marks.length - 1)) * 5 + 5_000;
  return marks.some((mark, at) => mark.place - (marks[at - 1]?.place ?? 0) > usual);
};

/** Null: it has to be counted anew. */
const caughtUp = async (queries: Queries, list: MarkedList, known: Known): Promise<Known | null> => {
  const order = orderOfList(queries, list);
  const { rows } = await sql<Moment & { change: number | null } & KeyRow>`
    select ${moment}, change, key_0, key_1, key_2 from (select 1) as always left join (
      select change, ${order.keyColumns} from maskdesk_asset_moves
      where transaction_id >= pg_snapshot_xmin(${known.snapshot}::pg_snapshot) and not pg_visible_in_snapshot(transaction_id, ${known.snapshot}::pg_snapshot)
        and (change = 0 or (${sql.join([sql`true`, ...conditionsOf(queries.dialect, list.filter)], sql` and `)}))
      limit ${mostMoves + 1}) as unseen on true`.execute(queries);
  const [first] = rows;
  if (first === undefined) return null;
  const { snapshot, at_s: atS } = first;
  const moves = rows.filter((row) => row.change !== null);
  if (atS - known.atS > staleAfterS || moves.length > mostMoves || moves.some((row) => row.change === 0)) return null;
  if (!isKeptFilter(list.filter) && atS - known.countedAtS > otherTablesStaleAfterS) return null;
  return { ...known, marks: moves.length === 0 ? known.marks : await shifted(queries, list.sort, known.marks, moves), snapshot, atS };
};

/** The database compares the keys: only it knows its collation. */
const shifted = async (queries: Queries, sort: AssetSort, marks: readonly Mark[], moves: readonly (KeyRow & { readonly change: number | null })[]): Promise<readonly Mark[]> => {
  const direction = sort === 'newest' ? sql`desc` : sql`asc`;
  const { rows } = await sql<{ at: number; shift: number }>`
    select at, shift from (
      select at, coalesce(sum(change) over (order by key_0 ${direction}, key_1 ${direction}, key_2 ${direction}, is_move rows unbounded preceding), 0) as shift from (
        select key_0, key_1, key_2, 0 as change, at, 0 as is_move from rows from (${keyRows(sort, marks.map((mark) => mark.key))}) with ordinality as mark (key_0, key_1, key_2, at)
        union all
        select key_0, key_1, key_2, change, null, 1 from rows from (${keyRows(sort, moves.map(keyOf))}, unnest(${moves.map(({ change }) => change)}::integer[])) as move (key_0, key_1, key_2, change)) as both_of
    ) as summed where at is not null`.execute(queries);
  const shiftAt = new Map(rows.map(({ at, shift }) => [at, shift]));
  return marks.map((mark, at) => ({ ...mark, place: mark.place + (shiftAt.get(at + 1) ?? 0) }));
};
