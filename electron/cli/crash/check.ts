import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp, type App } from '../../app/createApp.ts';
import { loadConfig } from '../../app/config.ts';
import { isTemporaryName } from '../../base/atomicFile.ts';
import { sha256Hex } from '../../base/hash.ts';
import { asId, type PublicationId, type VerdictId } from '../../../shared/domain/ids.ts';
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

const checkApproval = async (app: App, approval: Acknowledged, events: ReadonlyMap<string, number>, faults: string[]): Promise<void> => {
  const name = `approval ${approval.verdictId} of ${approval.assetId}`;
  const { store } = app.services;
  const verdict = await store.review.get(asId<VerdictId>(approval.verdictId));
  if (verdict?.revisionId == null) return void faults.push(`${name} is lost`);
  const revision = await store.revisions.get(verdict.revisionId);
  if (revision?.maskSha256 !== approval.maskSha256) faults.push(`${name} has another mask than was acknowledged`);
  const publication = await store.publications.get(asId<PublicationId>(approval.publicationId));
  if (publication?.state !== 'published') faults.push(`${name} is ${publication?.state ?? 'without publication'} after the restart`);
  const eventIds = (publication?.events ?? []).map((event) => String(event.eventId));
  if (eventIds.length !== 1 || eventIds.join() !== approval.eventIds.join()) faults.push(`${name} has other event ids than were acknowledged: ${eventIds.join()}`);
  for (const eventId of eventIds) if (events.get(eventId) !== 1) faults.push(`${name}: event ${eventId} is in events.jsonl ${events.get(eventId) ?? 0} times`);
};

/** Every asset: the path in the database, and behind it the bytes of the newest approval. */
const checkStanding = async (app: App, faults: string[]): Promise<number> => {
  const { store } = app.services;
  let checked = 0;
  const { assets } = await store.assets.list({ limit: 1000 });
  for (const asset of assets) {
    const publications = await store.publications.ofAsset(asset);
    const newest = [...publications].sort((a, b) => b.sequence - a.sequence)[0];
    if (newest === undefined) {
      if (asset.maskedLocalPath !== null) faults.push(`${asset.id} has a path but no publication`);
      continue;
    }
    checked++;
    if (asset.maskedLocalPath !== newest.stablePath) faults.push(`${asset.id}: masked_local_path is ${String(asset.maskedLocalPath)}, not ${newest.stablePath}`);
    const bytes = await app.blobs.get(app.blobs.keyOfPath(newest.stablePath)).catch(() => new Uint8Array());
    if (sha256Hex(bytes) !== newest.maskSha256) faults.push(`${asset.id}: the file at ${newest.stablePath} is not the approved mask`);
  }
  return checked;
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
  readonly approvalsChecked: number;
  readonly assetsChecked: number;
  readonly masksDecoded: number;
}

/** Opens the store as the app does at start, lets it replay, and compares everything with what was acknowledged. */
export const checkStore = async (storeDir: string, acknowledged: readonly Acknowledged[]): Promise<CheckReport> => {
  const faults: string[] = [];
  const app = await createApp(await loadConfig({ storeDir, background: false }));
  try {
    await app.replay();
    if ((await app.services.store.publications.pendingCount()) > 0) faults.push('publications are pending after the replay');
    if ((await app.services.store.outbox.unsentCount()) > 0) faults.push('events are unsent after the replay');
    const events = await deliveredEvents(storeDir, faults);
    for (const approval of acknowledged) await checkApproval(app, approval, events, faults);
    const assetsChecked = await checkStanding(app, faults);
    const masksDecoded = await checkFiles(app, storeDir, faults);
    return { faults, approvalsChecked: acknowledged.length, assetsChecked, masksDecoded };
  } finally {
    await app.close();
  }
};
