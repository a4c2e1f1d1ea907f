import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportFormatIds } from '../../shared/domain/formatIds.ts';
import type { Snapshot, SplitChoice } from '../../shared/domain/maskSet.ts';
import { isCancelled } from '../../shared/errors/errors.ts';
import { assignSplits } from '../services/export/assignSplits.ts';
import { digestsOf, ExportRig, finishedOf, oddMask } from './testing/exportRig.ts';

const thirds: SplitChoice = { shares: { train: 0.5, val: 0.25, test: 0.25 }, seed: 1 };

/** Two videos of product p, one of q, one of both q and r, whose photos are not in the set of keyframes. */
let rig: ExportRig;
let frames: Snapshot;
beforeAll(async () => {
  const videos = ['v1', 'v2', 'v3', 'v4'] as const;
  rig = await ExportRig.make(
    [...['p', 'q', 'r'].map((product, index) => ({ id: `of ${product}`, mask: oddMask(index), productId: product })), ...videos.flatMap((videoId, index) => [0, 1].map((frame) => ({ id: `${videoId} ${frame}`, mask: oddMask(index + frame), videoId })))],
    ([['p', 'v1'], ['p', 'v2'], ['q', 'v3'], ['q', 'v4'], ['r', 'v4']] as const).map(([productId, videoId]) => ({ productId, videoId, image: `of ${productId}`, frame: `${videoId} 0` })),
  );
  frames = await rig.freeze('frames', { kind: 'keyframe' });
});
afterAll(() => rig.dispose());

const rowsOf = async (out: string): Promise<Record<string, unknown>[]> => (await readFile(join(rig.folder, out, 'manifest.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

test('videos of one product are in one split, and have its category, also where its own photos are not in the set', async () => {
  for (const seed of [1, 2, 3]) {
    await rig.export(`frames${seed}`, { snapshotId: frames.snapshotId, split: { ...thirds, seed }, categories: { kind: 'product' } });
    const rows = await rowsOf(`frames${seed}`);
    const splitsOf = (...videos: string[]) => new Set(rows.filter((row) => videos.includes(String(row['video_id']))).map((row) => row['split']));
    expect([splitsOf('v1', 'v2').size, splitsOf('v3', 'v4').size]).toEqual([1, 1]);
    expect(Object.fromEntries(rows.map((row) => [row['video_id'], row['category']]))).toEqual({ v1: 'p', v2: 'p', v3: 'q', v4: 'unmatched' });
  }
});

test('what each split will hold is known before: of a snapshot and of a filter as of the export; who has gone is not answered', async () => {
  const { exports } = rig.app.services;
  for (const seed of [1, 2, 3]) {
    const split = { ...thirds, seed };
    const [started] = await rig.export(`foretold${seed}`, { snapshotId: frames.snapshotId, split });
    const told = started?.kind === 'started' ? started.splits : [];
    expect(await exports.divide(frames.snapshotId, split)).toEqual(told);
    expect(await exports.divide({ states: ['to_review', 'approved'], kind: 'keyframe' }, split)).toEqual(told);
  }
  const gone = AbortSignal.abort();
  const groups = new Map(Array.from({ length: 4000 }, (_, index) => [`g${index}`, 1 + ((index * index) % 7919)] as const));
  await expect(assignSplits(groups, thirds, gone)).rejects.toSatisfy(isCancelled);
});

test('a split that came out empty is named by no format', { timeout: 60_000 }, async () => {
  // Two groups for three splits: one has nothing.
  for (const format of exportFormatIds) {
    const steps = await rig.export(`all ${format}`, { format, split: thirds, withPhotos: true });
    const [started] = steps;
    if (started?.kind !== 'started') throw new Error('it did not start');
    const empty = started.splits.filter(({ masks }) => masks === 0).map(({ name }) => name);
    expect(empty).toHaveLength(1);
    expect(finishedOf(steps).masks).toBe(11);
    const paths = Object.keys(await digestsOf(join(rig.folder, `all ${format}`)));
    const names = empty.flatMap((name) => (name === 'val' ? ['val', 'validation'] : [name]));
    expect(paths.filter((path) => names.some((name) => new RegExp(`(^|[/_-])${name}([/_.-]|$)`).test(path))), format).toEqual([]);
    for (const path of paths.filter((each) => /(data\.yaml|README\.md)$/.test(each))) {
      const text = await readFile(join(rig.folder, `all ${format}`, path), 'utf8');
      for (const [, folder = ''] of text.matchAll(/(?:path|train|val|test): ((?:data|images)\/\w+)/g)) expect(paths.some((each) => each.startsWith(`${folder}/`)), `${format} names ${folder}`).toBe(true);
    }
  }
});
