import { sql } from 'kysely';
import type { Dialect, TextTally } from '../sql/dialect.ts';
import { contains } from './textMatch.ts';

/** Advisory locks have two numbers; this first one is Maskdesk's. */
export const advisoryClass = 0x6d61736b;

/** The database's own planner chooses indexes and the order of joins. */
export const postgresDialect: Dialect = {
  texts: (values) => sql`(select unnest(${[...values]}::text[]))`,
  assets: (keys) => {
    const [kinds, ids] = [keys.map(({ kind }) => kind), keys.map(({ id }) => id)];
    return sql`(select kind, id, place - 1 as place from unnest(${kinds}::text[], ${ids}::text[]) with ordinality as given (kind, id, place))`;
  },
  by: (table) => sql.table(table),
  smallJoin: sql`join`,
  // Read from a common table as far as it is asked for: the end is where it is read.
  recursionLimit: () => sql``,
  contains,
  tallies: async (queries, texts, from) => {
    const columns = texts.map((_text, place) => sql.ref(`text_${place}`));
    const named = texts.map((text, place) => sql`${text} as ${sql.ref(`text_${place}`)}`);
    const sets = columns.map((column) => sql`(${column})`);
    const { rows } = await sql<Record<string, string | null> & { count: number }>`
      select ${sql.join(columns)}, count(*) as count from (select ${sql.join(named)} from ${from}) as counted
      group by grouping sets (${sql.join(sets)})`.execute(queries);
    return texts.map((_text, place): TextTally => rows.flatMap((row) => {
      const text = row[`text_${place}`];
      return text == null ? [] : [[text, row.count] as const];
    }));
  },
  byBytes: (text) => sql`${text} collate "C"`,
  oneMoment: 'statement',
  jsonList: (value) => sql`coalesce(json_agg(${value}), '[]')::text`,
  jsonText: (column, field) => sql`(${sql.ref(column)}::jsonb ->> ${sql.lit(field)})`,
  uuid: () => sql`gen_random_uuid()::text`,
  epochS: (column) => sql`floor(extract(epoch from ${sql.ref(column)}))::bigint`,
  hasColumn: async (queries, table, column) =>
    (await sql`select 1 from pg_attribute where attrelid = to_regclass(${table}) and attname = ${column} and not attisdropped`.execute(queries)).rows.length > 0,
  locked: (query) => query.forNoKeyUpdate(),
  rowLock: sql`for no key update`,
  rowLockSkipping: (table) => sql`for no key update of ${sql.id(table)} skip locked`,
  takeTurns: async (queries, names, how = 'alone') => {
    const lock = how === 'shared' ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`;
    await sql`select ${lock}(${sql.lit(advisoryClass)}, turn) from (
      select distinct hashtext(name) as turn from unnest(${[...names]}::text[]) as name order by 1) as turns`.execute(queries);
  },
};
