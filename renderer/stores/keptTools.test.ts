import { expect, test } from 'vitest';
import { mergeKept } from './keptTools.ts';
import { defaultToolOptions, type ToolOptions } from './toolOptions.ts';
import { toolOptionSchemas } from './toolOptionSchemas.ts';
import { createToolSettings, tipInHand, withTipInHand } from './toolSettings.ts';

const settings = createToolSettings().getState();

test('each tool’s part that is understood counts, every other one stays as it is', () => {
  const kept = { tips: { brush: { sizePx: 12, hardness: 7 }, eraser: { sizePx: 90 }, airbrush: { sizePx: 3 } }, pressureSetsSize: 'sometimes', options: 'none' };
  expect(mergeKept(settings, kept)).toEqual({ tips: { brush: settings.tips.brush, eraser: { ...settings.tips.eraser, sizePx: 90 } }, pressureSetsSize: true, options: defaultToolOptions });
});

test('options are taken one by one; what is out of range or of another kind leaves the default', () => {
  const kept = { options: { wand: { tolerance: 1e6, isContiguous: false, sampleSidePx: 7, join: 'merge', feather: 3 }, lasso: { join: 'subtract', smoothing: '4' }, spray: { flow: 1 } } };
  const { wand, lasso, magnetic } = mergeKept(settings, kept).options;
  expect(wand).toEqual({ ...defaultToolOptions.wand, isContiguous: false });
  expect(lasso).toEqual({ ...defaultToolOptions.lasso, join: 'subtract' });
  expect(magnetic).toEqual(defaultToolOptions.magnetic);
});

test('every default is one that would be taken', () => {
  const { options } = mergeKept(settings, { options: defaultToolOptions });
  expect(options).toEqual(defaultToolOptions);
  for (const [tool, schemas] of Object.entries(toolOptionSchemas)) {
    const standard = defaultToolOptions[tool as keyof ToolOptions] as Readonly<Record<string, unknown>>;
    for (const [name, schema] of Object.entries(schemas)) expect(schema.safeParse(standard[name]).success, `${tool} ${name}`).toBe(true);
  }
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
