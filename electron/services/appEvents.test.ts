import { expect, test } from 'vitest';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import { AppEvents } from './appEvents.ts';

test('a notice from before anybody listened is told once, changes are not', () => {
  const events = new AppEvents();
  events.notice('error', 'The disk was full at the start.', 'disk_full');
  events.assetsChanged([]);
  const first: AppEvent[] = [];
  const second: AppEvent[] = [];
  const stop = events.listen((event) => first.push(event));
  events.listen((event) => second.push(event));
  expect(first).toEqual([{ kind: 'notice', level: 'error', message: 'The disk was full at the start.', code: 'disk_full' }]);
  expect(second).toEqual([]);
  stop();
  events.notice('info', 'Later.');
  expect([first.length, second.length]).toEqual([1, 1]);
});

test('of very many only the newest are kept', () => {
  const events = new AppEvents();
  for (let index = 0; index < 100; index++) events.notice('warning', String(index));
  const heard: AppEvent[] = [];
  events.listen((event) => heard.push(event));
  expect(heard).toHaveLength(20);
  expect(heard.at(-1)).toMatchObject({ message: '99' });
});
