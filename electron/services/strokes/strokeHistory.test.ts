import { appendFile, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Edit } from '../../../shared/edits/edit.ts';
import { decodeEntries, encodeEntry } from '../../../shared/edits/historyLog.ts';
import { encodeTile } from '../../../shared/edits/tileCodec.ts';
import { createStrokeHistory, type StrokeHistory, type StrokeHistoryPage } from './strokeHistory.ts';

const asset: AssetRef = { kind: 'product_image', id: asId('a/../"b"') };
const other: AssetRef = { kind: 'keyframe', id: asId('a/../"b"') };

/** Told apart by where its one pixel is. */
const editOf = (number: number): Edit => {
  const pixels = new Uint8Array(256 * 256);
  const before = encodeTile(pixels);
  pixels[number] = 255;
  return { widthPx: 256, heightPx: 256, tiles: [{ index: 0, before, after: encodeTile(pixels) }] };
};
const record = (step: number, number = step): Uint8Array => encodeEntry({ kind: 'edit', step, digestAfter: { high: number, low: 1 }, edit: editOf(number) });
const mark = (applied: number): Uint8Array => encodeEntry({ kind: 'mark', applied });
/** The numbers that the edits were made with, by step. */
const numbersIn = (page: StrokeHistoryPage | null): readonly (readonly [number, number])[] =>
  page === null ? [] : decodeEntries(page.records).flatMap((entry) => (entry.kind === 'edit' ? [[entry.step, entry.digestAfter.high] as const] : []));

let folder: string;
let history: StrokeHistory;
const open = (limits = {}): StrokeHistory => createStrokeHistory(join(folder, 'history'), () => 'Mara', limits);
const onlyFile = async (): Promise<string> => join(folder, 'history', (await readdir(join(folder, 'history')))[0] ?? '');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-strokes-'));
  history = open();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('undo steps on disk', () => {
  it('are those that were written, whatever was replaced, also for the next process', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ back: fc.nat(4), count: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 12 }), async (writes) => {
        await history.remove(asset);
        let model: number[] = [];
        let number = 0;
        for (const { back, count } of writes) {
          model = model.slice(0, Math.max(0, model.length - back));
          for (let each = 0; each < count; each++) {
            await history.append(asset, record(model.length, ++number));
            model.push(number);
          }
          await history.append(asset, mark(model.length));
        }
        const expected = model.map((value, step) => [step, value]);
        expect(numbersIn(await history.range(asset, 0, 1000))).toEqual(expected);
        const page = await open().around(asset, 1_000_000);
        expect(numbersIn(page)).toEqual(expected);
        expect(page).toMatchObject({ first: 0, end: model.length, applied: model.length });
      }),
      { numRuns: 20 },
    );
  });

  it('of a file that was torn are those before the tear, and writing goes on after them', async () => {
    for (let step = 0; step < 5; step++) await history.append(asset, record(step));
    const path = await onlyFile();
    const whole = await readFile(path);
    for (const length of [whole.length - 1, whole.length - 20, 3]) {
      await writeFile(path, whole.subarray(0, length));
      const reader = open();
      const steps = numbersIn(await reader.range(asset, 0, 9));
      expect(steps).toEqual([0, 1, 2, 3].slice(0, length === 3 ? 0 : 4).map((step) => [step, step]));
      await reader.append(asset, record(steps.length, 77));
      expect(numbersIn(await open().range(asset, 0, 9)).at(-1)).toEqual([steps.length, 77]);
    }
    await writeFile(path, whole);
    await appendFile(path, 'not a record at all, and long enough to be one');
    expect(numbersIn(await open().range(asset, 0, 9))).toHaveLength(5);
  });

  it('say how many are applied, and come from around there', async () => {
    for (let step = 0; step < 40; step++) await history.append(asset, record(step));
    await history.append(asset, mark(20));
    const page = await open().around(asset, 6 * record(0).length);
    expect(page).toMatchObject({ first: 0, end: 40, applied: 20 });
    expect(numbersIn(page).map(([step]) => step)).toEqual([17, 18, 19, 20, 21, 22]);
  });

  it('begin anew with a step that does not follow', async () => {
    for (const step of [0, 1, 2, 9, 10]) await history.append(asset, record(step));
    expect(await history.around(asset, 9999)).toMatchObject({ first: 9, end: 11 });
    await history.append(asset, record(4));
    expect(await history.around(asset, 9999)).toMatchObject({ first: 4, end: 5 });
  });

  it('keep the newest when the file is full', async () => {
    const size = record(0).length;
    const small = open({ fileBytes: 20 * size });
    for (let step = 0; step < 100; step++) await small.append(asset, record(step));
    expect((await stat(await onlyFile())).size).toBeLessThanOrEqual(21 * size);
    const page = await open().around(asset, 1_000_000);
    expect(page).toMatchObject({ end: 100, applied: 100 });
    expect(numbersIn(page).length).toBeGreaterThanOrEqual(9);
  });

  it('belong to one asset; the folder is bounded, the oldest file goes first', async () => {
    const size = record(0).length;
    const small = open({ folderBytes: 3 * size });
    for (let step = 0; step < 3; step++) await small.append(asset, record(step));
    await small.append(other, record(0));
    expect(numbersIn(await small.range(asset, 0, 9))).toHaveLength(3);
    for (let each = 0; each < 3; each++) await small.append({ kind: 'keyframe', id: asId(`k${each}`) }, record(0));
    expect(await small.around(asset, 9999)).toBeNull();
  });
});
