import { expect, test } from 'vitest';
import { asId } from '../../shared/domain/ids.ts';
import type { ExportProgress } from '../../shared/contracts/rpc/exports.ts';
import { afterStep, isUnderWay, newExportRun, type ExportLoss } from './exportRun.ts';
import { paceOf } from './phasePace.ts';

const start = newExportRun({ setName: 'Approved', number: 3, formatLabel: 'COCO', cancel: () => undefined }, 0);
const told = (...steps: readonly (readonly [number, ExportProgress])[]) => steps.reduce((run, [atMs, step]) => afterStep(run, step, atMs), start);

test('rate and time left are those of this phase in this run: what an earlier run wrote does not count', () => {
  const run = told([0, { kind: 'started', total: 100, resumedAt: 40, splits: [], advice: [], empty: 0, exportId: 'e' }], [4000, { kind: 'progress', phase: 'writing', done: 60, total: 100, bytes: 10 }]);
  expect(paceOf(run)).toEqual({ perSecond: 5, secondsLeft: 8 });
  const verifying = afterStep(run, { kind: 'progress', phase: 'verifying', done: 0, total: 100, bytes: 20 }, 10_000);
  expect(paceOf(verifying)).toBe(null);
  expect(paceOf(afterStep(verifying, { kind: 'progress', phase: 'verifying', done: 50, total: 100, bytes: 20 }, 12_000))).toEqual({ perSecond: 25, secondsLeft: 2 });
});

test('losses are kept, and the last word ends it', () => {
  const loss: ExportLoss = { asset: { kind: 'keyframe', id: asId('f1') }, sentences: ['2 holes are filled.'], iou: 0.98 };
  const result = { location: '/out', report: null, files: 3, bytes: 900, masks: 100, lossy: 1, verified: true, leastIou: 0.98 };
  const run = told([0, { kind: 'started', total: 100, resumedAt: 0, splits: [], advice: [], empty: 0, exportId: 'e' }], [1, { kind: 'loss', ...loss }], [2, { kind: 'finished', ...result }]);
  expect(run).toMatchObject({ state: 'finished', done: 100, bytes: 900, losses: [loss], result });
  expect([isUnderWay(start), isUnderWay(run), isUnderWay(null)]).toEqual([true, false, false]);
});
