import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../base/systemClock.ts';
import { asId, type AssetId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { pipelineStoreSql } from '../testing/pipelineStore.ts';
import { addImage, image1, modelRevision, parameters, publishAll, seedCatalog, verdictInput } from '../testing/samples.ts';

const script = fileURLToPath(new URL('../testing/storeProcess.ts', import.meta.url));
const children: ChildProcess[] = [];

/** The message that the child sends, and its exit code once it is gone. */
const start = (storeDir: string, work: string): { child: ChildProcess; message: Promise<Record<string, unknown>>; exit: Promise<unknown> } => {
  const child = fork(script, [storeDir, work], { execArgv: [], stdio: 'inherit' });
  children.push(child);
  const exit = once(child, 'exit').then(([code]) => code as unknown);
  const message = once(child, 'message').then(([value]) => value as Record<string, unknown>);
  const died = exit.then((code) => {
    throw new Error(`The process ended with ${String(code)} and said nothing`);
  });
  died.catch(() => undefined);
  return { child, message: Promise.race([message, died]), exit };
};

describe('several processes on one store', () => {
  let storeDir: string;
  let store: Store | undefined;
  beforeEach(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-processes-'));
  });
  afterEach(async () => {
    await store?.close();
    store = undefined;
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
    await rm(storeDir, { recursive: true });
  });

  const open = async (): Promise<Store> => {
    store = await openStore({ storeDir, create: true, clock: systemClock });
    return store;
  };

  it('lets three make and open a new store at the same time', async () => {
    const opened = ['open', 'open', 'open'].map((work) => start(storeDir, work));
    expect(await Promise.all(opened.map((process) => process.message))).toEqual([{ opened: true }, { opened: true }, { opened: true }]);
    expect(await Promise.all(opened.map((process) => process.exit))).toEqual([0, 0, 0]);
    expect(await readdir(storeDir)).toEqual(['maskdesk.db']);
  });

  it('copies and migrates a store of the pipeline once, whoever comes first', async () => {
    const database = new SqliteDatabase(join(storeDir, 'maskdesk.db'));
    database.exec(pipelineStoreSql);
    database.close();
    const opened = ['open', 'open', 'open'].map((work) => start(storeDir, work));
    expect(await Promise.all(opened.map((process) => process.message))).toEqual([{ opened: true }, { opened: true }, { opened: true }]);
    await Promise.all(opened.map((process) => process.exit));
    expect(await readdir(join(storeDir, 'backups'))).toHaveLength(1);
    expect(await (await open()).assets.counts()).toMatchObject({ unsegmented: 3 });
  });

  it('gives each task to one of them', async () => {
    const here = await open();
    await seedCatalog(here);
    for (let index = 0; index < 40; index++) await addImage(here, asId<AssetId>(`more ${index}`));
    expect((await here.tasks.enqueueUnsegmented(parameters)).added).toHaveLength(44);
    const taken = await Promise.all(['claim', 'claim'].map((work) => start(storeDir, work).message));
    const ids = taken.flatMap((message) => message['taken'] as string[]);
    expect(ids).toHaveLength(44);
    expect(new Set(ids).size).toBe(44);
    expect(await here.tasks.counts()).toMatchObject({ done: 44, queued: 0, running: 0 });
  });

  it('publishes and sends each mask once, never two at a time', async () => {
    const here = await open();
    await seedCatalog(here);
    for (let index = 0; index < 20; index++) {
      const asset = { kind: 'product_image', id: asId<AssetId>(`more ${index}`) } as const;
      await addImage(here, asset.id);
      const { revision } = await here.revisions.addCandidate(modelRevision(asset));
      await here.review.recordVerdict(verdictInput(asset, 'approve', revision.revisionId));
    }
    const answers = await Promise.all(['publish', 'publish'].map((work) => start(storeDir, work).message));
    const spans = answers.flatMap((answer) => answer['spans'] as { id: string; fromMs: number; toMs: number }[]).sort((a, b) => a.fromMs - b.fromMs);
    expect(new Set(spans.map((span) => span.id)).size).toBe(20);
    expect(spans).toHaveLength(20);
    spans.forEach((span, index) => expect(span.fromMs).toBeGreaterThanOrEqual(spans[index - 1]?.toMs ?? 0));
    const sent = answers.flatMap((answer) => answer['sent'] as string[]);
    expect(sent.sort()).toEqual((await here.outbox.list()).map((entry) => entry.eventId).sort());
    expect(sent).toHaveLength(20);
  });

  it('loses nothing when a process is killed while it places a mask', async () => {
    const before = await open();
    await seedCatalog(before);
    const { revision } = await before.revisions.addCandidate(modelRevision(image1));
    const { publication } = await before.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
    await before.close();

    const hanging = start(storeDir, 'hang');
    expect(await hanging.message).toEqual({ placing: publication?.publicationId });
    hanging.child.kill('SIGKILL');
    await hanging.exit;

    const after = await open();
    expect(await after.assets.get(image1)).toMatchObject({ state: 'approved', maskedLocalPath: null });
    expect(await after.outbox.list()).toEqual([]);
    expect((await publishAll(after)).map((done) => done.publicationId)).toEqual([publication?.publicationId]);
    expect((await after.assets.get(image1))?.maskedLocalPath).toBe('data/masks/image-1.png');
    expect((await after.outbox.list()).map((entry) => entry.eventId)).toEqual(publication?.events.map((event) => event.eventId));
    expect((await after.health()).ok).toBe(true);
  });
});
