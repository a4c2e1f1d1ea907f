import { expect, test } from 'vitest';
import { mergeKept } from './keptTools.ts';
import { defaultToolOptions, type ToolOptions } from './toolOptions.ts';
import { createToolSettings, tipInHand, withTipInHand } from './toolSettings.ts';

const settings = createToolSettings().getState();

test('each tool’s part that is understood counts, every other one stays as it is', () => {
  const kept = { tips: { brush: { sizePx: 12, hardness: 7 }, eraser: { sizePx: 90 }, airbrush: { sizePx: 3 } }, pressureSetsSize: 'sometimes', options: 'none' };
  expect(mergeKept(settings, kept)).toEqual({ tips: { brush: settings.tips.brush, eraser: { ...settings.tips.eraser, sizePx: 90 } }, pressureSetsSize: true, options: defaultToolOptions });
});

test('options are taken one by one, by the kind of their default', () => {
  const options = { wand: { tolerance: 10, isContiguous: true, sample: 'point' } } as unknown as ToolOptions;
  const kept = { options: { wand: { tolerance: '20', isContiguous: false, sample: 'area', feather: 3 }, spray: { flow: 1 } } };
  expect(mergeKept({ ...settings, options }, kept).options).toEqual({ wand: { tolerance: 10, isContiguous: false, sample: 'area' } });
});

test('nothing kept is nothing changed', () => {
  const { tips, pressureSetsSize, options } = settings;
  expect(mergeKept(settings, {})).toEqual({ tips, pressureSetsSize, options });
});

test('the tip in hand is the eraser’s own while that is in hand', () => {
  const erasing = { ...settings, toolId: 'eraser' as const };
  const larger = { ...erasing, ...withTipInHand(erasing, { sizePx: 200 }) };
  expect([tipInHand(larger).sizePx, larger.tips.brush.sizePx]).toEqual([200, 40]);
  expect(tipInHand({ ...larger, toolId: 'hand' }).sizePx).toBe(40);
});
