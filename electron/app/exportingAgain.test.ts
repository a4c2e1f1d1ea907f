import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SetId } from '../../shared/domain/ids.ts';
import { exportFormatIds } from '../../shared/domain/formatIds.ts';
import { isCancelled } from '../../shared/errors/errors.ts';
import type { ExportTarget } from '../../shared/ports/exportTarget.ts';
import { exportFormats } from '../formats/index.ts';
import type { ExportRequest } from '../services/export/exportRequest.ts';
import { openExchange } from './openExchange.ts';
import { digestsOf, ExportRig, exportServiceOf, finishedOf, oddMask } from './testing/exportRig.ts';

let rig: ExportRig;
beforeAll(async () => {
  const masks = Array.from({ length: 9 }, (_, index) => {
    const mask = oddMask(index);
    const matte = index % 3 === 0 ? mask.data.map((value, place) => (value === 0 ? 0 : 200 + (place % 50))) : undefined;
    return { id: `m${index}`, mask: index === 4 ? { ...mask, data: mask.data.map(() => 0) } : mask, ...(index % 4 === 3 ? { videoId: `v${index % 2}` } : { productId: `p${index % 5}` }), ...(matte === undefined ? {} : { matte }) };
  });
  rig = await ExportRig.make(masks);
});
afterAll(() => rig.dispose());

const splitting: Partial<ExportRequest> = { split: { shares: { train: 0.6, val: 0.2, test: 0.2 }, seed: 3 }, categories: { kind: 'product' } };

describe.each(exportFormatIds)('%s', (format) => {
  const given: Partial<ExportRequest> = { format, ...splitting, withPhotos: exportFormats[format].photos !== 'never' };

  test.each(['folder', 'zip'])('an export twice into a %s has the same bytes, also one that was stopped and gone on with', { timeout: 60_000 }, async (kind) => {
    const place = (name: string): string => `${format}-${name}${kind === 'zip' ? '.zip' : ''}`;
    finishedOf(await rig.export(place('first'), given));
    const first = await digestsOf(join(rig.folder, place('first')));
    finishedOf(await rig.export(place('second'), given));
    expect(await digestsOf(join(rig.folder, place('second')))).toEqual(first);
    const stop = new AbortController();
    const exports = exportServiceOf(rig, { noteEveryMs: 0 });
    const interrupted = async (): Promise<void> => {
      for await (const step of exports.run(rig.request(place('third'), given), stop.signal)) if (step.kind === 'progress') stop.abort();
    };
    await expect(interrupted()).rejects.toSatisfy(isCancelled);
    expect(await digestsOf(join(rig.folder, place('third'))).catch(() => null)).toBeNull();
    const [unfinished] = await exports.unfinished();
    expect(unfinished).toMatchObject({ format, total: 9, isRunning: false });
    const steps = [];
    for await (const step of exports.resume(unfinished?.exportId ?? '')) steps.push(step);
    expect(steps[0]).toMatchObject({ kind: 'started', resumedAt: unfinished?.done });
    expect(unfinished?.done).toBeGreaterThan(0);
    finishedOf(steps);
    expect(await digestsOf(join(rig.folder, place('third')))).toEqual(first);
    for (const name of ['first', 'second', 'third']) await rm(join(rig.folder, place(name)), { recursive: true });
  });
});

class Dead extends Error {}

/** A target of a process that dies at its n-th step: that step (by turns, after what it does) and all that follow come to nothing. */
const dyingTarget = (target: ExportTarget, stepsToLive: number, isAfter: boolean): ExportTarget => {
  let steps = 0;
  return new Proxy(target, {
    get: (_target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      // The system closes a dead process's files.
      if (typeof value !== 'function' || name === 'close') return value;
      return async (...args: unknown[]): Promise<unknown> => {
        steps++;
        if (steps > stepsToLive || (steps === stepsToLive && !isAfter)) throw new Dead('dead');
        const result: unknown = await (Reflect.apply(value, target, args) as Promise<unknown>);
        if (steps >= stepsToLive) throw new Dead('dead');
        return result;
      };
    },
  });
};

test('wherever it dies, the next run ends with the same bytes', { timeout: 60_000 }, async () => {
  const given: Partial<ExportRequest> = { format: 'mask-png', ...splitting, withPhotos: true };
  finishedOf(await rig.export('whole', given));
  finishedOf(await rig.export('whole.zip', given));
  const whole = { folder: await digestsOf(join(rig.folder, 'whole')), zip: await digestsOf(join(rig.folder, 'whole.zip')) };
  const death = fc.record({ steps: fc.integer({ min: 1, max: 45 }), isAfter: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('folder' as const, 'zip' as const), fc.array(death, { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 5, 1000), async (kind, deaths, noteEveryMs) => {
      const place = kind === 'zip' ? 'dying.zip' : 'dying';
      for (const { steps, isAfter } of deaths) {
        const exports = exportServiceOf(rig, { noteEveryMs, exchange: { openTarget: async (...args) => dyingTarget(await openExchange(rig.app.config).openTarget(...args), steps, isAfter) } });
        try {
          for await (const _ of exports.run(rig.request(place, { ...given, overwrite: true }))) void _;
        } catch (error) {
          if (!(error instanceof Dead)) throw error;
        }
      }
      finishedOf(await rig.export(place, { ...given, overwrite: true }));
      expect(await digestsOf(join(rig.folder, place))).toEqual(whole[kind]);
      await rm(join(rig.folder, place), { recursive: true });
      await rm(join(rig.folder, 'dying.report.jsonl'), { force: true });
    }),
    { numRuns: 16 },
  );
});

test('an interrupted export of an older snapshot of the set gives way to that of a newer one, and of no other', { timeout: 30_000 }, async () => {
  const stopped = exportServiceOf(rig, { noteEveryMs: 0, exchange: { openTarget: async (...args) => dyingTarget(await openExchange(rig.app.config).openTarget(...args), 4, true) } });
  const older = await rig.freeze('nightly');
  const newer = await rig.freeze('nightly');
  const die = async (snapshotId: typeof older.snapshotId): Promise<void> => {
    for await (const _ of stopped.run(rig.request('nightly', { snapshotId, overwrite: true }))) void _;
  };
  await expect(die(newer.snapshotId)).rejects.toThrow(Dead);
  await expect(rig.export('nightly', { snapshotId: older.snapshotId, overwrite: true })).rejects.toMatchObject({ code: 'target_exists' });
  await expect(rig.export('nightly', { overwrite: true })).rejects.toMatchObject({ code: 'target_exists' });
  const { exports } = rig.app.services;
  const check = (setId: SetId, given: Partial<ExportRequest> = {}) => exports.check(rig.request('nightly', given), setId);
  await expect(check(rig.snapshot.setId)).rejects.toMatchObject({ code: 'target_exists', details: { allowedBy: 'restart' } });
  await check(rig.snapshot.setId, { restart: true });
  await check(newer.setId);
  await expect(check(newer.setId, { options: { none: 1 } })).rejects.toMatchObject({ code: 'invalid_input' });
  const newest = await rig.freeze('nightly');
  finishedOf(await rig.export('nightly', { snapshotId: newest.snapshotId, overwrite: true }));
});
