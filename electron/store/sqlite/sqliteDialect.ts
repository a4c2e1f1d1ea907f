import { sql } from 'kysely';
import { z } from 'zod';
import { present } from '../../../shared/errors/errors.ts';
import type { Dialect } from '../sql/dialect.ts';
import { contains } from './textMatch.ts';

const tallied = z.array(z.tuple([z.string(), z.number()]));

/** A transaction has the whole database for itself here, so that locks of rows and turns are nothing. */
export const sqliteDialect: Dialect = {
  texts: (values) => sql`(select value from json_each(${JSON.stringify(values)}))`,
  assets: (keys) => {
    const text = JSON.stringify(keys.map(({ kind, id }) => ({ kind, id })));
    return sql`(select value ->> 'kind' as kind, value ->> 'id' as id, key as place from json_each(${text}))`;
  },
  by: (table, index) => sql`${sql.table(table)} indexed by ${sql.ref(index)}`,
  smallJoin: sql`cross join`,
  recursionLimit: (rows) => sql`limit ${rows}`,
  contains,
  tallies: async (queries, texts, from) => {
    const columns = texts.map((text, place) => sql`maskdesk_tally(${text}) as ${sql.ref(`tally_${place}`)}`);
    const { rows } = await sql<Record<string, string>>`select ${sql.join(columns)} from ${from}`.execute(queries);
    const row = present(rows[0], 'a tally');
    return texts.map((_text, place) => tallied.parse(JSON.parse(present(row[`tally_${place}`], 'a tally'))));
  },
  byBytes: (text) => sql`${text}`,
  oneMoment: 'transaction',
  jsonList: (value) => sql`json_group_array(${value})`,
  jsonText: (column, field) => sql`json_extract(${sql.ref(column)}, ${sql.lit(`$.${field}`)})`,
  uuid: () => sql`maskdesk_uuid()`,
  // The pipeline's times are SQLite's `current_timestamp`, UTC.
  epochS: (column) => sql`cast(strftime('%s', ${sql.ref(column)}) as integer)`,
  hasColumn: async (queries, table, column) => (await sql`select 1 from pragma_table_info(${table}) where name = ${column}`.execute(queries)).rows.length > 0,
  locked: (query) => query,
  rowLock: sql``,
  rowLockSkipping: () => sql``,
  takeTurns: async () => undefined,
};
