import { beforeEach, expect, test } from 'vitest';
import { setBulkRun, stepBulkRun } from '../../stores/bulkRun.ts';
import { newMaskImport, patchMaskImport, setMaskImport } from '../../stores/maskImport.ts';
import { newImportRun, patchImportRun, setImportRun } from '../../stores/importing.ts';
import { useNotices } from '../../stores/notices.ts';
import { asksAboutWork } from './workUnderWay.ts';

let closed: number;
let stopped: number;
const close = (): void => void closed++;
const press = (label: string): void => {
  const button = useNotices.getState().notices.flatMap(({ buttons }) => buttons).find((one) => one.label === label);
  if (button === undefined) throw new Error(`no button ${label}`);
  button.run();
};

beforeEach(() => {
  useNotices.setState({ notices: [] });
  setImportRun(null);
  setMaskImport(null);
  closed = 0;
  stopped = 0;
  setBulkRun({ label: 'Approving', done: 0, total: 500, startedAtMs: 0, cancel: () => stopped++ });
});

test('nothing is asked where nothing would be broken off', () => {
  setBulkRun(null);
  expect(asksAboutWork(close)).toBe(false);
  expect(useNotices.getState().notices).toEqual([]);
});

test('work is named; stopped by the person, the window goes once it has ended', () => {
  stepBulkRun(120, 500);
  expect(asksAboutWork(close)).toBe(true);
  expect(useNotices.getState().notices).toHaveLength(1);
  expect(useNotices.getState().notices[0]?.message).toContain('Approving, 120 of 500');
  press('Stop and close');
  expect([stopped, closed]).toEqual([1, 0]);
  setBulkRun(null);
  expect(closed).toBe(1);
  expect(useNotices.getState().notices).toEqual([]);
});

test('a question that nobody answered goes with the work', () => {
  expect(asksAboutWork(close)).toBe(true);
  setBulkRun(null);
  expect(useNotices.getState().notices).toEqual([]);
  expect([stopped, closed]).toEqual([0, 0]);
});

test('let finish, all of it ends before the window goes, and the person can stay after all', () => {
  setImportRun({ ...newImportRun('boots'), cancel: () => stopped++ });
  asksAboutWork(close);
  expect(useNotices.getState().notices[0]?.message).toContain('Importing boots');
  press('Close when done');
  setBulkRun(null);
  press('Stay');
  patchImportRun({ state: 'finished' });
  expect([stopped, closed]).toEqual([0, 0]);

  setImportRun({ ...newImportRun('shoes'), cancel: () => stopped++ });
  asksAboutWork(close);
  press('Close when done');
  patchImportRun({ done: 1, total: 2 });
  expect(closed).toBe(0);
  patchImportRun({ state: 'failed' });
  expect([stopped, closed]).toEqual([0, 1]);
});

test('masks that are being written are asked about, for they come in all together; masks that are only read are not', () => {
  setBulkRun(null);
  setMaskImport(newMaskImport({ folderToken: 'a', name: 'from outside' }, () => stopped++, 0));
  expect(asksAboutWork(close)).toBe(false);
  patchMaskImport({ state: 'writing', done: 3, total: 8 });
  expect(asksAboutWork(close)).toBe(true);
  expect(useNotices.getState().notices[0]?.message).toBe('Importing masks of “from outside”, 3 of 8, is under way. Masks come in all together: stopped, none of them does.');
  press('Stop and close');
  expect([stopped, closed]).toEqual([1, 0]);
  patchMaskImport({ state: 'cancelled' });
  expect(closed).toBe(1);
});
