import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lossLine, lossSpool, readLossBook } from './lossBook.ts';
import { Spools } from './spools.ts';

let folder: string;
let spools: Spools;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-losses-'));
  spools = await Spools.open(folder, {});
});
afterEach(async () => {
  await spools.close();
  await rm(folder, { recursive: true });
});

it('gives the sentences of each item that loses something, in any order, and none of the others', async () => {
  const sentencesOf = (number: number): readonly string[] => (number % 3 === 0 ? [`${number} holes are filled, it says – “ü”.`, 'Its edge moves.'] : number % 3 === 1 ? [`Item ${number}`] : []);
  const count = 4000;
  for (let number = 1; number <= count; number++) {
    const sentences = sentencesOf(number);
    if (sentences.length > 0) await spools.append(lossSpool, lossLine(number, sentences));
  }
  await spools.flush();
  const book = await readLossBook(spools);
  expect(book.count).toBe(count - Math.floor((count + 1) / 3));
  const asked = [1, count, 2, 1999, 3, 501, ...Array.from({ length: 40 }, (_, index) => 1 + 97 * index), count + 1];
  expect(await Promise.all(asked.map((number) => book.of(number)))).toEqual(asked.map((number) => (number > count ? [] : sentencesOf(number))));
});

it('is empty where nothing is lost', async () => {
  const book = await readLossBook(spools);
  expect([book.count, await book.of(1)]).toEqual([0, []]);
});
