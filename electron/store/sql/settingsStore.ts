import type { SettingsStore } from '../../../shared/ports/store/settingsStore.ts';
import type { Connection } from './connection.ts';

/** A setting that is not there reads as undefined; setting undefined removes it. */
export const createSettingsStore = (connection: Connection): SettingsStore => ({
  get: (key) =>
    connection.read(async (queries) => {
      const row = await queries.selectFrom('maskdesk_settings').select('value').where('key', '=', key).executeTakeFirst();
      return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
    }),
  set: (key, value) =>
    connection.write(async (queries) => {
      if (value === undefined) {
        await queries.deleteFrom('maskdesk_settings').where('key', '=', key).execute();
        return;
      }
      const text = JSON.stringify(value);
      await queries
        .insertInto('maskdesk_settings')
        .values({ key, value: text })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
        .execute();
    }),
});
