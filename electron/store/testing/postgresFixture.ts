import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { createTestClock, type TestClock } from './testClock.ts';
import type { StoreFixture } from './storeContract.ts';

/** Databases for tests on a server that is there already. Those of one file are copies of one that was set up once: 50 ms each. */
export interface TestDatabases {
  /** @returns the url of a fresh database with nothing in it */
  empty(): Promise<string>;
  /** @returns the url of a fresh one that Maskdesk has made */
  ready(): Promise<string>;
  sql(url: string, text: string): Promise<readonly Record<string, unknown>[]>;
  /** Removes them all, whoever is still connected. */
  dispose(): Promise<void>;
}

export const sqlOn = async (url: string, text: string): Promise<readonly Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result: unknown = await client.query(text);
    const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult<Record<string, unknown>>;
    return last.rows;
  } finally {
    await client.end();
  }
};

export const createTestDatabases = (serverUrl: string): TestDatabases => {
  const made: string[] = [];
  let template: Promise<string> | null = null;
  const urlOf = (name: string): string => {
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    return url.href;
  };
  const create = async (from?: string): Promise<string> => {
    const name = `maskdesk_test_${randomUUID().replaceAll('-', '')}`;
    await sqlOn(serverUrl, `create database ${name}${from === undefined ? '' : ` template ${from}`}`);
    made.push(name);
    return name;
  };
  const makeTemplate = async (): Promise<string> => {
    const name = await create();
    const store = await openStore({ kind: 'postgres', url: urlOf(name), create: true, clock: createTestClock() });
    await store.close();
    return name;
  };
  return {
    empty: async () => urlOf(await create()),
    ready: async () => urlOf(await create(await (template ??= makeTemplate()))),
    sql: sqlOn,
    dispose: async () => {
      for (const name of made.reverse()) await sqlOn(serverUrl, `drop database if exists ${name} with (force)`);
    },
  };
};

/** A store of a test's own, whose time stands still but for its clock. */
export const postgresFixture = async (databases: TestDatabases, clock: TestClock = createTestClock()): Promise<StoreFixture & { readonly url: string }> => {
  const url = await databases.ready();
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openStore({ kind: 'postgres', url, create: true, clock, databaseNowMs: () => clock.nowMs(), poolSize: 4 });
    opened.push(store);
    return store;
  };
  return {
    url,
    store: await open(),
    clock,
    openAnother: open,
    dispose: async () => {
      for (const store of opened) await store.close();
    },
  };
};
