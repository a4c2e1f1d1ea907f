import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp, type App } from '../../app/createApp.ts';
import { loadConfig } from '../../app/config.ts';
import { isTemporaryName } from '../../base/atomicFile.ts';
import { checkAssets } from './checkAssets.ts';
import { checkVerdict } from './checkVerdict.ts';
import type { Acknowledged } from './protocol.ts';

/** Lines of events.jsonl by event_id; a line that is no JSON is a fault. */
const deliveredEvents = async (storeDir: string, faults: string[]): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  const text = await readFile(join(storeDir, 'events.jsonl'), 'utf8').catch(() => '');
  if (text !== '' && !text.endsWith('\n')) faults.push('events.jsonl ends in a torn line');
  for (const line of text.split('\n').filter((part) => part !== '')) {
    try {
      const { event_id: eventId } = JSON.parse(line) as { event_id: string };
      counts.set(eventId, (counts.get(eventId) ?? 0) + 1);
    } catch {
      faults.push(`events.jsonl holds a line that is no JSON: ${line.slice(0, 80)}`);
    }
  }
  return counts;
};

/** No stray temporary file; every PNG decodes. */
const checkFiles = async (app: App, storeDir: string, faults: string[]): Promise<number> => {
  let masks = 0;
  for (const entry of await readdir(storeDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (isTemporaryName(entry.name)) faults.push(`a temporary file is left: ${path}`);
    if (!/masks.*\.png$/.test(path)) continue;
    masks++;
    await app.codec.decodeMask(await readFile(path)).catch(() => faults.push(`half a PNG: ${path}`));
  }
  return masks;
};

export interface CheckReport {
  readonly faults: readonly string[];
  readonly masksDecoded: number;
  /** Assets whose mask stands, and those that had one published and have none now. */
  readonly standing: number;
  readonly withdrawn: number;
}

/** Opens the store as the app does at start, lets it replay, and compares everything with what was acknowledged. */
export const checkStore = async (storeDir: string, acknowledged: readonly Acknowledged[]): Promise<CheckReport> => {
  const faults: string[] = [];
  const app = await createApp(await loadConfig({ storeDir, background: false }));
  try {
    await app.replay();
    if ((await app.services.store.publications.pendingCount()) > 0) faults.push('publications are pending after the replay');
    if ((await app.services.store.outbox.unsentCount()) > 0) faults.push('events are unsent after the replay');
    for (const verdict of acknowledged) await checkVerdict(app.services.store, verdict, faults);
    const assets = await checkAssets(app, await deliveredEvents(storeDir, faults), faults);
    const masksDecoded = await checkFiles(app, storeDir, faults);
    return { faults, masksDecoded, ...assets };
  } finally {
    await app.close();
  }
};
