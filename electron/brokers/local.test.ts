import { appendFile, mkdtemp, readFile, readdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../base/systemClock.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import { openBroker } from './index.ts';
import { brokerContract, eventNumber } from './testing/brokerContract.ts';

const linesOf = async (path: string): Promise<Record<string, unknown>[]> =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

brokerContract('local file', async () => {
  const storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-events-'));
  const opened: Broker[] = [];
  const openOne = async () => {
    const broker = await openBroker({ storeDir, clock: systemClock });
    opened.push(broker);
    return broker;
  };
  return {
    broker: await openOne(),
    openAnother: openOne,
    keepsFirstOnly: true,
    received: () => linesOf(join(storeDir, 'events.jsonl')),
    dispose: async () => {
      for (const broker of opened) await broker.close();
      await rm(storeDir, { recursive: true });
    },
  };
});

describe('the local event file', () => {
  let storeDir: string;
  let path: string;
  beforeEach(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-events-'));
    path = join(storeDir, 'events.jsonl');
  });
  afterEach(() => rm(storeDir, { recursive: true }));

  const openHere = () => openBroker({ storeDir, clock: systemClock });
  const imagesIn = async () => (await linesOf(path)).map((line) => line['image_id']);

  it.each(['{"event_id":"half', `${JSON.stringify(eventNumber(2).payload)}`, '\0\0\0\0'])('leaves a torn last line alone when it opens, and cuts it before it writes: %j', async (torn) => {
    await (await openHere()).publish(eventNumber(1));
    await appendFile(path, torn);
    const before = await readFile(path, 'utf8');
    const broker = await openHere();
    // Only under the outbox's lock is it known that nobody is writing.
    expect(await readFile(path, 'utf8')).toBe(before);
    await broker.publish(eventNumber(2));
    expect(await imagesIn()).toEqual(['image 1', 'image 2']);
  });

  it('sends nothing back: there is nothing to consume', async () => {
    expect((await openHere()).consumer).toBeNull();
  });

  it('makes no file before there is an event', async () => {
    const broker = await openHere();
    expect(await readdir(storeDir)).toEqual([]);
    await broker.publish(eventNumber(1));
    expect(await imagesIn()).toEqual(['image 1']);
  });

  it('cuts a torn last line that came while it was open', async () => {
    const broker = await openHere();
    await broker.publish(eventNumber(1));
    await appendFile(path, '{"event_id":"ha');
    await broker.publish(eventNumber(2));
    expect(await imagesIn()).toEqual(['image 1', 'image 2']);
  });

  it('waits for a line that somebody is still writing instead of cutting it', async () => {
    const broker = await openHere();
    const line = `${JSON.stringify(eventNumber(1).payload)}\n`;
    await appendFile(path, line.slice(0, 20));
    const publishing = broker.publish(eventNumber(1));
    await appendFile(path, line.slice(20));
    await publishing;
    expect(await imagesIn()).toEqual(['image 1']);
  });

  it('knows the ids of a long file, across its chunks', async () => {
    const lines = Array.from({ length: 9_000 }, (_, number) => `${JSON.stringify({ ...eventNumber(number).payload, note: 'ж'.repeat(150) })}\n`);
    await writeFile(path, lines.join(''));
    const broker = await openHere();
    for (const number of [0, 1, 4_321, 8_999]) await broker.publish(eventNumber(number));
    expect(await readFile(path, 'utf8')).toBe(lines.join(''));
    await broker.publish(eventNumber(9_000));
    expect(await linesOf(path)).toHaveLength(9_001);
  });

  it('leaves lines alone that are no events', async () => {
    await writeFile(path, 'a note of somebody\n[1,2]\n\n{"no":"id"}\n');
    const broker = await openHere();
    await broker.publish(eventNumber(1));
    expect((await readFile(path, 'utf8')).startsWith('a note of somebody\n[1,2]\n\n{"no":"id"}\n{')).toBe(true);
  });

  it('goes on after somebody moved the file away or emptied it', async () => {
    const broker = await openHere();
    await broker.publish(eventNumber(1));
    await rename(path, join(storeDir, 'events-old.jsonl'));
    await broker.publish(eventNumber(1));
    expect(await imagesIn()).toEqual(['image 1']);
    await truncate(path);
    await broker.publish(eventNumber(1));
    expect(await imagesIn()).toEqual(['image 1']);
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full, and takes the event once there is room', async () => {
    // The kernel's own full disk: every write to it fails as on one.
    await symlink('/dev/full', path);
    const broker = await openHere();
    await expect(broker.publish(eventNumber(1))).rejects.toMatchObject({ code: 'disk_full' });
    await rm(path);
    await broker.publish(eventNumber(1));
    expect(await imagesIn()).toEqual(['image 1']);
  });

  it('makes its folder again, and says when that is a file', async () => {
    const storeDirInside = join(storeDir, 'not', 'there');
    await (await openBroker({ storeDir: storeDirInside, clock: systemClock })).publish(eventNumber(1));
    expect(await linesOf(join(storeDirInside, 'events.jsonl'))).toHaveLength(1);
    await writeFile(path, '');
    const broken = await openBroker({ storeDir: path, clock: systemClock });
    await expect(broken.publish(eventNumber(1))).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});
