import { open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolder, syncFolder } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { Mutex } from '../base/mutex.ts';
import { BugError, ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import type { Broker, OutgoingEvent } from '../../shared/ports/broker.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { EventIndex } from './eventIndex.ts';

export interface LocalBrokerOptions {
  /** The folder of the embedded store: events go to `events.jsonl` in it. */
  readonly storeDir: string;
  readonly clock: Clock;
}

export const localEventsName = 'events.jsonl';

/** A line is written by one system call, which takes far less; a tail that stays torn for so long has no writer any more. */
const tornAfterMs = 100;

/**
 * Events as lines of an append-only file, each as a message broker would carry it, each event_id once. Safe to read at any time: readers
 * see whole lines, but for the torn last line that a crash can leave until its event is sent again.
 * Writers of several processes take turns by the outbox's lock (OutboxStore.deliverNext): the file itself has none. So opening does not
 * touch it; it is made and mended by publish, under that lock.
 */
export const openLocalBroker = async ({ storeDir, clock }: LocalBrokerOptions): Promise<Broker> => {
  const path = join(storeDir, localEventsName);
  const index = new EventIndex();
  const mutex = new Mutex();
  let closed = false;

  const withFile = <T>(work: (handle: FileHandle) => Promise<T>): Promise<T> =>
    mutex.run(async () => {
      const handle = await openForAppend(path);
      return work(handle).finally(() => handle.close());
    });

  return {
    location: path,
    consumer: null,
    publish: async (event) => {
      if (closed) throw new BugError('The local broker has been closed');
      try {
        await withFile(async (handle) => {
          const endBytes = await cutTornLine(handle, index);
          if (!index.has(event.eventId)) await append(handle, lineOf(event, clock.nowMs()), endBytes);
        });
        return 'received';
      } catch (error) {
        const known = fileError(error, path);
        if (isExpected(known)) throw known;
        throw new ExpectedError('delivery_failed', `The event could not be written to ${path}.`, { cause: error });
      }
    },
    close: async () => {
      closed = true;
      await mutex.run(async () => undefined);
    },
  };
};

const lineOf = (event: OutgoingEvent, nowMs: number): Buffer => {
  const metadata = { timestamp: new Date(nowMs).toISOString(), correlation_id: event.correlationId, topic: event.topic };
  return Buffer.from(`${JSON.stringify({ ...event.payload, event_id: event.eventId, _metadata: metadata })}\n`);
};

const openForAppend = async (path: string): Promise<FileHandle> => {
  try {
    return await open(path, 'ax+').then((made) => durably(made, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return open(path, 'a+');
    if (code !== 'ENOENT') throw error;
    await makeFolder(dirname(path));
    return durably(await open(path, 'a+'), path);
  }
};

const durably = async (made: FileHandle, path: string): Promise<FileHandle> => {
  await syncFolder(dirname(path));
  return made;
};

/**
 * Removes the torn end of a line whose writer died; it was never confirmed, so its event will come again. Another process may be writing
 * that very moment: what it has not finished is left alone until it has stood still for a while.
 * @returns size of the file in bytes, after
 */
const cutTornLine = async (handle: FileHandle, index: EventIndex): Promise<number> => {
  let seen = await index.refresh(handle);
  while (seen.fileBytes > seen.wholeBytes) {
    await wait(tornAfterMs);
    const now = await index.refresh(handle);
    if (now.fileBytes === seen.fileBytes && now.wholeBytes === seen.wholeBytes) {
      await handle.truncate(now.wholeBytes);
      await handle.sync();
      return now.wholeBytes;
    }
    seen = now;
  }
  return seen.wholeBytes;
};

/** One write call, then fsync. Whatever stops it, no half line stays behind. */
const append = async (handle: FileHandle, line: Buffer, endBytes: number): Promise<void> => {
  try {
    const { bytesWritten } = await handle.write(line);
    if (bytesWritten < line.length) throw Object.assign(new Error(`Only ${bytesWritten} of ${line.length} bytes were written`), { code: 'ENOSPC' });
    await handle.sync();
  } catch (error) {
    // Should this fail too, the next publish cuts the half line; the first error is the one to tell.
    await handle.truncate(endBytes).catch(() => undefined);
    throw error;
  }
};
