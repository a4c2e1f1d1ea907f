import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkIds } from '../../shared/domain/check.ts';
import { asId } from '../../shared/domain/ids.ts';
import { checksVersion } from '../../shared/checks/checkMask.ts';
import { loadConfig } from './config.ts';
import { createApp, type App } from './createApp.ts';
import { frame, image, ReviewedStore } from './testing/reviewedStore.ts';

/** The whole way: approve a mask, its checks come in the background through the real thread, queue and inspector are told. */
describe('checks in the background', () => {
  let reviewed: ReviewedStore;
  const others: App[] = [];

  beforeEach(async () => {
    reviewed = await ReviewedStore.make();
  });
  afterEach(async () => {
    for (const app of others.splice(0)) await app.close();
    await reviewed.dispose();
  });

  const openInBackground = async (readOnly = false): Promise<App> => {
    const app = await createApp({ ...(await loadConfig({ storeDir: reviewed.storeDir, background: !readOnly, readOnly })) });
    others.push(app);
    return app;
  };
  const headOf = async () => (await reviewed.headOf(image)) ?? asId('none');

  it('checks what came before the store was opened, tells of it, and does nothing the next time', async () => {
    await reviewed.approveRows(image, 10);
    const app = await openInBackground();
    await app.services.checks.idle();
    const checks = await app.services.store.checks.get(await headOf());
    expect(checks?.version).toBe(checksVersion);
    expect(checks?.results.map(({ checkId }) => checkId)).toEqual([...checkIds]);
    // Ten rows from the top: all of the upper side.
    expect(await app.services.store.assets.get(image)).toMatchObject({ topCheck: 'off_gradient', checkValue: '100 %' });
    expect(checks?.results.find(({ checkId }) => checkId === 'touches_border')).toMatchObject({ level: 'bad', placeImagePx: { xPx: 0, yPx: 0, widthPx: 40 } });
    expect(await app.services.store.checks.unchecked(checksVersion, 9, new Set())).toEqual([]);
    const next = await openInBackground();
    const events: unknown[] = [];
    next.services.events.listen((event) => events.push(event));
    await next.services.checks.idle();
    expect(events).toEqual([]);
  });

  it('checks new revisions as they come', async () => {
    const app = await openInBackground();
    const told: string[] = [];
    app.services.events.listen((event) => {
      if (event.kind === 'assetsChanged') told.push(...event.assets.map(({ id }) => id));
    });
    const mask = await reviewed.uploadRows(image, 30);
    await app.services.review.approve({ asset: image, expectedHead: null, maskSha256: mask });
    told.length = 0;
    await app.services.checks.idle();
    expect(await app.services.store.assets.get(image)).toMatchObject({ state: 'approved', topCheck: 'nearly_everything' });
    expect(told).toContain(image.id);
  });

  it('answers null while it looks, then tells; also of a revision that is no head, and without background work', async () => {
    await reviewed.approveRows(image, 10);
    const older = await headOf();
    await reviewed.approveRows(image, 5);
    const { checks, events } = reviewed.app.services;
    const changed = new Promise<void>((resolve) => {
      events.listen((event) => {
        if (event.kind === 'assetsChanged' && event.assets.some(({ id }) => id === image.id)) resolve();
      });
    });
    expect(await checks.of(older)).toBeNull();
    await changed;
    expect(await checks.of(older)).toMatchObject({ revisionId: older, version: checksVersion });
    await expect(checks.of(asId('nobody'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says once why a mask could not be checked, does not try again by itself, and does when asked', async () => {
    const mask = await reviewed.approveRows(image, 10);
    await reviewed.approveRows(frame, 12);
    const file = reviewed.blobFile(mask);
    await rename(file, `${file}.away`);
    const app = await openInBackground();
    const notices: string[] = [];
    app.services.events.listen((event) => {
      if (event.kind === 'notice') notices.push(event.code ?? '');
    });
    const { checks, store } = app.services;
    await checks.idle();
    expect(await store.assets.get(frame)).toMatchObject({ topCheck: 'off_gradient' });
    expect(await store.assets.get(image)).toMatchObject({ suspicion: null });
    await checks.idle();
    expect(notices).toEqual(['checks_failed']);
    await expect(checks.of(await headOf())).rejects.toMatchObject({ code: 'blob_missing' });
    await rename(`${file}.away`, file);
    expect(await checks.of(await headOf())).toBeNull();
    await checks.idle();
    expect(await checks.of(await headOf())).toMatchObject({ version: checksVersion });
  });

  it('says once why it has stopped, however often it is tried again', async () => {
    await reviewed.approveRows(image, 10);
    const app = await openInBackground();
    await app.services.checks.idle();
    const told: string[] = [];
    app.services.events.listen((event) => {
      if (event.kind === 'notice') told.push(event.code ?? '');
    });
    const database = new DatabaseSync(join(reviewed.storeDir, 'maskdesk.db'));
    database.exec('alter table maskdesk_assets rename to maskdesk_hidden');
    await app.services.checks.idle();
    await app.services.checks.idle();
    database.exec('alter table maskdesk_hidden rename to maskdesk_assets');
    database.close();
    expect(told).toEqual(['checks_stopped']);
    await app.services.checks.idle();
    expect(told).toEqual(['checks_stopped']);
  });

  it('is done by one of two programs, and by the other for what it is asked for', async () => {
    await reviewed.approveRows(image, 10);
    await reviewed.approveRows(frame, 10);
    const [first, second] = [await openInBackground(), await openInBackground()];
    await Promise.all([first.services.checks.idle(), second.services.checks.idle()]);
    await second.services.checks.complete([image, frame]);
    for (const asset of [image, frame]) expect(await first.services.store.assets.get(asset)).toMatchObject({ topCheck: 'off_gradient' });
  });

  it('only tells what is known of a store that may only be read', async () => {
    await reviewed.approveRows(image, 10);
    const app = await openInBackground(true);
    expect(await app.services.checks.of(await headOf())).toBeNull();
    await app.services.checks.complete([image]);
    expect(await app.services.checks.of(await headOf())).toBeNull();
  });

  it('ends quietly with the program', async () => {
    await reviewed.approveRows(image, 10);
    const app = await openInBackground();
    others.length = 0;
    void app.services.checks.of(await headOf());
    await app.close();
    const again = await openInBackground();
    await again.services.checks.idle();
    expect(await again.services.store.assets.get(image)).toMatchObject({ topCheck: 'off_gradient' });
  });
});
