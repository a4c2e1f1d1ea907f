import { expect, test } from 'vitest';
import { buttonRoomPx, planRail, ruleRoomPx, toolGroups } from './toolGroups.ts';

/** Of the whole rail, as planned. */
const heightOf = (railPx: number): number => {
  const { folded, hasZoomSteps } = planRail(railPx, toolGroups);
  const tools = toolGroups.reduce((sum, { id, toolIds }) => sum + (folded.has(id) ? 1 : toolIds.length), 0);
  return 16 + (tools + 6 + (hasZoomSteps ? 2 : 0)) * buttonRoomPx + (toolGroups.length + 1) * ruleRoomPx;
};

test('a tall rail shows every tool, a lower one folds the largest groups, and it always fits', () => {
  expect([...planRail(1400, toolGroups).folded]).toEqual([]);
  expect([...planRail(830, toolGroups).folded]).toEqual([]);
  expect([...planRail(720, toolGroups).folded]).toEqual(['regions']);
  expect([...planRail(620, toolGroups).folded]).toEqual(['regions', 'outlines']);
  for (let railPx = 560; railPx < 1000; railPx += 10) expect(heightOf(railPx)).toBeLessThanOrEqual(railPx);
});

test('brush, eraser and hand are always there', () => {
  for (const railPx of [100, 570, 2000]) for (const id of ['paint', 'view']) expect(planRail(railPx, toolGroups).folded.has(id)).toBe(false);
});

test('a group of one has nothing to fold', () => {
  expect(planRail(100, [{ id: 'regions', label: 'Regions', toolIds: ['wand'] }]).folded.size).toBe(0);
});
