import { z } from 'zod';
import { core } from '../../bridge/core.ts';
import { inBackground } from '../../stores/notices.ts';
import { maxBrushSizePx, minBrushSizePx } from '../../stores/toolSettings.ts';
import { toolSettings } from './editors.ts';

const key = 'brush';
/** What is no brush of ours, as from a newer version, leaves that part as it is. */
const keptSchema = z.object({
  brushSizePx: z.number().min(minBrushSizePx).max(maxBrushSizePx).optional().catch(undefined),
  hardness: z.number().min(0).max(1).optional().catch(undefined),
  pressureSetsSize: z.boolean().optional().catch(undefined),
});

/** After the last change: a wheel turns through many sizes. */
const restMs = 500;

let isLoaded = false;
let timer: ReturnType<typeof setTimeout> | null = null;

const keep = async (): Promise<void> => {
  timer = null;
  const { brushSizePx, hardness, pressureSetsSize } = toolSettings.getState();
  await core().app.setPreference({ key, value: { brushSizePx, hardness, pressureSetsSize }, scope: 'machine' });
};

toolSettings.subscribe((now, before) => {
  if (!isLoaded || (now.brushSizePx === before.brushSizePx && now.hardness === before.hardness && now.pressureSetsSize === before.pressureSetsSize)) return;
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => inBackground(keep(), 'brush'), restMs);
});

/** At the first connection: the brush as this person left it at this machine. Which tool is in hand is not kept: a day begins with looking. */
export const loadToolSettings = async (): Promise<void> => {
  if (isLoaded) return;
  const before = toolSettings.getState();
  const kept = keptSchema.safeParse(await core().app.getPreference({ key, scope: 'machine' }));
  // Whoever was quicker than the answer has the brush that they chose.
  if (kept.success && toolSettings.getState() === before) toolSettings.setState(Object.fromEntries(Object.entries(kept.data).filter(([, value]) => value !== undefined)));
  isLoaded = true;
};

/** Before the window goes: what was not kept yet. */
export const keepToolSettingsNow = async (): Promise<void> => {
  if (timer === null) return;
  clearTimeout(timer);
  await keep();
};
