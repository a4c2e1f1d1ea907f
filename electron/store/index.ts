import type { Store } from '../../shared/ports/store/store.ts';
import { openSqliteStore, type SqliteStoreOptions } from './sqlite/openSqliteStore.ts';

interface StoreOptions {
  readonly sqlite: SqliteStoreOptions;
}
export type StoreKind = keyof StoreOptions;

/** One line a database. */
const openers = { sqlite: openSqliteStore } satisfies { [Kind in StoreKind]: (options: StoreOptions[Kind]) => Promise<Store> };

export type StoreConfig = { readonly [Kind in StoreKind]: { readonly kind?: Kind } & StoreOptions[Kind] }[StoreKind];

/** Opens the store that the configuration describes; the embedded one where it names no kind. @throws ExpectedError store_* */
export const openStore = (config: StoreConfig): Promise<Store> => openers[config.kind ?? 'sqlite'](config);
