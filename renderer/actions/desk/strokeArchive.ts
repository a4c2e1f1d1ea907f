import { appendSteps, fetchSteps, removeSteps } from '../../bridge/strokes.ts';
import { refOfKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { decodeEntries, encodeEntry } from '../../../shared/edits/historyLog.ts';
import type { HistoryStep, KeptHistory } from '../../editor/history.ts';
import type { HistoryArchive } from '../../editor/historyKeeper.ts';

const stepsOf = (records: Uint8Array): readonly HistoryStep[] => decodeEntries(records).filter((entry) => entry.kind === 'edit');

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

/** Undo steps in the store's folder, through the core. */
export const strokeArchive: HistoryArchive = {
  async write(key, steps, applied) {
    const records = steps.map((step) => encodeEntry({ kind: 'edit', ...step }));
    await appendSteps(refOfKey(key), joined([...records, encodeEntry({ kind: 'mark', applied })]));
  },
  async read(key, from, before) {
    const page = await fetchSteps(refOfKey(key), { from, before });
    return page === null ? [] : stepsOf(page.records);
  },
  remove: (key) => removeSteps(refOfKey(key)),
};

/** What an earlier visit left of an asset; null where there is nothing, or nothing that this version can read. */
export const keptHistoryOf = async (asset: AssetRef): Promise<KeptHistory | null> => {
  const page = await fetchSteps(asset);
  if (page === null) return null;
  try {
    return { first: page.first, end: page.end, applied: page.applied, steps: stepsOf(page.records) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};
