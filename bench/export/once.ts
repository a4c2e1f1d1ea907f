/** One measured run in a process of its own, so that its peak memory is its own. Arguments: store, set, read | write | verify, format, place. Prints a line of JSON. */
import { availableParallelism } from 'node:os';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import type { ExportFormatId } from '../../shared/domain/formatIds.ts';
import { targetPlaceOf } from '../../shared/domain/targetPlace.ts';
import { inOrder } from '../../electron/services/export/inOrder.ts';
import { openEntryPages } from '../../electron/services/export/entryPages.ts';
import { exportsAtATime } from '../../electron/app/exportsAtATime.ts';
import { openBenchStore } from './makeStore.ts';

const [storeDir, set, what, format, place] = process.argv.slice(2) as [string, string, 'read' | 'write' | 'verify', ExportFormatId, string];
const app = await openBenchStore(storeDir);
const { services, blobs, codec } = app;
const snapshot = await services.sets.resolve(set);
const startMs = performance.now();
const startCpu = process.cpuUsage();
let writtenMs = 0;
if (what === 'read') {
  const entries = openEntryPages(services.store.sets, snapshot.snapshotId, snapshot.entryCount);
  for await (const _ of inOrder(entries.from(0), exportsAtATime(availableParallelism()), async ({ maskSha256 }) => codec.decodeMask(await blobs.get(maskBlobKey(maskSha256))))) void _;
} else {
  const request = { snapshotId: snapshot.snapshotId, format, options: {}, withPhotos: false, split: null, categories: { kind: 'one', name: 'product' } as const, names: 'ids' as const, target: targetPlaceOf(place), verify: what === 'verify', overwrite: false, restart: false };
  for await (const step of services.exports.run(request)) if (step.kind === 'progress' && step.phase === 'writing') writtenMs = performance.now() - startMs;
}
const durationMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(startCpu);
console.log(JSON.stringify({ durationMs, writtenMs, cpuMs: (user + system) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 }));
await app.close();
