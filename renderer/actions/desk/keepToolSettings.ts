import { z } from 'zod';
import { core } from '../../bridge/core.ts';
import { inBackground } from '../../stores/notices.ts';
import { mergeKept } from '../../stores/keptTools.ts';
import { toolSettings } from './editors.ts';

const key = 'tools';
/** Of an earlier version: one tip for brush and eraser. */
const earlierKey = 'brush';
const earlierSchema = z.object({ brushSizePx: z.number(), hardness: z.number() }).partial();

/** After the last change: a wheel turns through many sizes. */
const restMs = 500;

let isLoaded = false;
let timer: ReturnType<typeof setTimeout> | null = null;
/** As it was read: what this version does not know, as the options of a newer one's tools, is written back as it was. */
let kept: JsonRecord = {};

const recordSchema = z.record(z.string(), z.json());
type JsonRecord = z.infer<typeof recordSchema>;
const asRecord = (value: unknown): JsonRecord => recordSchema.safeParse(value).data ?? {};

const keep = async (): Promise<void> => {
  timer = null;
  const { tips, pressureSetsSize, options } = toolSettings.getState();
  kept = recordSchema.parse({ ...kept, tips: { ...asRecord(kept['tips']), ...tips }, pressureSetsSize, options: { ...asRecord(kept['options']), ...options } });
  await core().app.setPreference({ key, value: kept, scope: 'machine' });
};

toolSettings.subscribe((now, before) => {
  if (!isLoaded || (now.tips === before.tips && now.pressureSetsSize === before.pressureSetsSize && now.options === before.options)) return;
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => inBackground(keep(), 'tools'), restMs);
});

const readKept = async (): Promise<JsonRecord> => {
  const now = asRecord(await core().app.getPreference({ key, scope: 'machine' }));
  if (Object.keys(now).length > 0) return now;
  const earlier = earlierSchema.safeParse(await core().app.getPreference({ key: earlierKey, scope: 'machine' }));
  if (!earlier.success) return {};
  const { brushSizePx, hardness } = earlier.data;
  const tip = { ...(brushSizePx === undefined ? {} : { sizePx: brushSizePx }), ...(hardness === undefined ? {} : { hardness }) };
  return { tips: { brush: tip, eraser: tip } };
};

/** At the first connection: every tool as this person left it at this machine. Which tool is in hand is not kept: a day begins with looking. */
export const loadToolSettings = async (): Promise<void> => {
  if (isLoaded) return;
  const before = toolSettings.getState();
  kept = await readKept();
  // Whoever was quicker than the answer has what they chose.
  if (toolSettings.getState() === before) toolSettings.setState(mergeKept(before, kept));
  isLoaded = true;
};

/** Before the window goes: what was not kept yet. */
export const keepToolSettingsNow = async (): Promise<void> => {
  if (timer === null) return;
  clearTimeout(timer);
  await keep();
};
