import type { Store } from '../../shared/ports/store/store.ts';
import { openPostgresStore } from './postgres/openPostgresStore.ts';
import type { PostgresStoreOptions } from './postgres/postgresOptions.ts';
import { openSqliteStore, type SqliteStoreOptions } from './sqlite/openSqliteStore.ts';

interface StoreOptions {
  readonly sqlite: SqliteStoreOptions;
  readonly postgres: PostgresStoreOptions;
}
export type StoreKind = keyof StoreOptions;

/** One line a database. */
const openers = { sqlite: openSqliteStore, postgres: openPostgresStore } satisfies { [Kind in StoreKind]: (options: StoreOptions[Kind]) => Promise<Store> };

/** The embedded one where no kind is named. */
export type StoreConfig =
  | { readonly [Kind in StoreKind]: { readonly kind: Kind } & StoreOptions[Kind] }[StoreKind]
  | ({ readonly kind?: undefined } & SqliteStoreOptions);

/** Opens the store that the configuration describes. @throws ExpectedError store_* */
export const openStore = (config: StoreConfig): Promise<Store> => (openers[config.kind ?? 'sqlite'] as (options: StoreConfig) => Promise<Store>)(config);
