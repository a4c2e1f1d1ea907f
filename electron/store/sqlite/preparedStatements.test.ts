import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PreparedStatements } from './preparedStatements.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-prepared-'));
  database = new SqliteDatabase(join(folder, 'a.db'));
  database.exec('create table things (id integer primary key, name text not null)');
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

test('a text is prepared once, and of many texts those used last are kept', () => {
  const statements = new PreparedStatements(database);
  const first = statements.prepare('select 1');
  for (let number = 2; number <= 200; number++) statements.prepare(`select ${number}`);
  expect(statements.prepare('select 1')).toBe(first);
  const second = statements.prepare('select 2');
  for (let number = 201; number <= 399; number++) statements.prepare(`select ${number}`);
  expect(statements.prepare('select 2')).toBe(second);
  expect(statements.prepare('select 1')).not.toBe(first);
});

test('one that failed, or whose table has changed since, works as a new one does', () => {
  const statements = new PreparedStatements(database);
  const insert = () => statements.prepare('insert into things (id, name) values (?, ?)');
  const all = (): unknown[] => statements.prepare('select * from things').all();
  insert().run([1, 'one']);
  expect(() => insert().run([1, 'again'])).toThrow(/UNIQUE/);
  expect(() => insert().run([2, null])).toThrow(/NOT NULL/);
  insert().run([2, 'two']);
  expect(all()).toEqual([{ id: 1, name: 'one' }, { id: 2, name: 'two' }]);
  // By another program.
  const other = new SqliteDatabase(join(folder, 'a.db'));
  other.exec("alter table things add column colour text default 'red'; delete from things where id = 1");
  other.close();
  expect(all()).toEqual([{ id: 2, name: 'two', colour: 'red' }]);
});
