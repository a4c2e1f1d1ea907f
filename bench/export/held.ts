/**
 * What an export holds, over masks that are in no store, in a process of its own (with --expose-gc). Arguments: count, format, place (a folder, or a zip by its name), and
 * `split` where it is to be split. Prints a line of JSON.
 */
import { openFolderTarget } from '../../electron/exchange/folderTarget.ts';
import { openZipTarget } from '../../electron/exchange/zip/zipTarget.ts';
import { exportFormats } from '../../electron/formats/index.ts';
import { runExport } from '../../electron/services/export/runExport.ts';
import type { ExportFormatId } from '../../shared/domain/formatIds.ts';
import { completeOptions } from '../../shared/domain/formatOptions.ts';
import { fakeSet } from './fakeSet.ts';

const sampleEveryMs = 250;
const [count, formatId, place, isSplit] = process.argv.slice(2) as [string, ExportFormatId, string, string?];
const collect = globalThis.gc ?? (() => Promise.reject(new Error('To be run with --expose-gc')));
const format = exportFormats[formatId];
const { snapshot, parts } = fakeSet(Number(count));
const split = isSplit === 'split' ? { shares: { train: 0.8, val: 0.1, test: 0.1 }, seed: 1 } : null;
const settled = { snapshot, format, options: completeOptions(format.options, {}).values, withPhotos: false, names: 'ids', split, categories: { kind: 'one', name: 'product' }, licenceNote: null, tool: 'bench' } as const;

let phase = 'planning';
/** Most that could be reached after the collector was called, by phase: garbage that is only kept lazily does not count. Heap and typed arrays. */
const liveBytes = new Map<string, number>();
const sample = (): void => {
  // The second one frees what typed arrays of the first one held.
  void collect();
  void collect();
  const { heapUsed, external } = process.memoryUsage();
  liveBytes.set(phase, Math.max(liveBytes.get(phase) ?? 0, heapUsed + external));
};
const timer = setInterval(sample, sampleEveryMs);
const target = await (place.endsWith('.zip') ? openZipTarget : openFolderTarget)(place, { overwrite: false });
for await (const step of runExport(target, settled, { verify: true, restart: false, exportId: '' }, parts)) {
  if (step.kind === 'started') phase = 'writing';
  if (step.kind !== 'progress') continue;
  phase = step.done < step.total ? step.phase : `after ${step.phase}`;
}
clearInterval(timer);
sample();
console.log(JSON.stringify({ liveBytes: Math.max(...liveBytes.values()), peakBytes: process.resourceUsage().maxRSS * 1024, phases: Object.fromEntries(liveBytes) }));
