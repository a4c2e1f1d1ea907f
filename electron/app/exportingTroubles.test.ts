import { mkdir, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { ExportFormat } from '../../shared/ports/exportFormat.ts';
import type { ExportTarget } from '../../shared/ports/exportTarget.ts';
import type { AnnotatedImage, ImportFormat } from '../../shared/ports/importFormat.ts';
import { exportFormats, importFormats } from '../formats/index.ts';
import { asStored, lyingJpeg, plainPng } from '../imaging/testing/plainPhotos.ts';
import { openExchange } from './openExchange.ts';
import { digestsOf, ExportRig, exportServiceOf, finishedOf, oddMask } from './testing/exportRig.ts';

let rig: ExportRig;
beforeEach(async () => {
  rig = await ExportRig.make(Array.from({ length: 4 }, (_, index) => ({ id: `m${index}`, mask: oddMask(index, 24, 17) })));
});
afterEach(() => rig.dispose());

const blobOf = async (position: number): Promise<string> => {
  const [entry] = await rig.app.services.store.sets.entries(rig.snapshot.snapshotId, position - 1, 1);
  if (entry === undefined) throw new Error('no entry');
  return join(rig.storeDir, maskBlobKey(entry.maskSha256));
};
const photoOf = async (position: number): Promise<string> => {
  const [entry] = await rig.app.services.store.sets.entries(rig.snapshot.snapshotId, position - 1, 1);
  return join(rig.storeDir, entry?.localPath ?? '');
};
const nothingFinished = async (place = 'out'): Promise<void> => {
  expect(await digestsOf(join(rig.folder, place)).catch(() => null)).toBeNull();
};

describe('what is in the store', () => {
  test('a mask that is gone or damaged stops it with the asset named; once it is back the export goes on', async () => {
    const file = await blobOf(2);
    const kept = await readFile(file);
    await rm(file);
    await expect(rig.export('out')).rejects.toMatchObject({ code: 'blob_missing', message: expect.stringContaining('m2') as unknown });
    await nothingFinished();
    await writeFile(file, kept.map((byte, index) => (index === 60 ? byte ^ 1 : byte)));
    await expect(rig.export('out')).rejects.toMatchObject({ code: 'blob_corrupt', message: expect.stringContaining('m2') as unknown });
    await nothingFinished();
    await writeFile(file, kept);
    const steps = await rig.export('out');
    expect(steps[0]).toMatchObject({ resumedAt: 2 });
    finishedOf(steps);
  });

  test('a photo that changed since the first export, and one of another size than its mask, are named', async () => {
    finishedOf(await rig.export('first', { withPhotos: true }));
    await writeFile(await photoOf(1), await plainPng(24, 17, 'red'));
    await expect(rig.export('out', { withPhotos: true })).rejects.toMatchObject({ code: 'photo_changed', message: expect.stringContaining('m1') as unknown });
    const again = await rig.freeze('again');
    finishedOf(await rig.export('third', { withPhotos: true, snapshotId: again.snapshotId }));
    await writeFile(await photoOf(1), await plainPng(25, 17, 'red'));
    const late = await rig.freeze('late');
    await expect(rig.export('out', { withPhotos: true, snapshotId: late.snapshotId, restart: true })).rejects.toMatchObject({ code: 'photo_changed', message: expect.stringContaining('25 x 17') as unknown });
    finishedOf(await rig.export('out', { snapshotId: late.snapshotId, restart: true }));
  });

  test('a photo that lies on its side comes out as its mask lies on it, and without the tag', async () => {
    const stored = await lyingJpeg(24, 17);
    for (const [orientation, other, mask] of [['exif', 'stored', oddMask(1, 17, 24)], ['stored', 'exif', oddMask(1, 24, 17)]] as const) {
      const turned = await ExportRig.make([{ id: 'm', mask, photo: stored }]);
      try {
        const run = async (chosen: 'exif' | 'stored'): Promise<void> => {
          for await (const _ of exportServiceOf(turned, { orientation: chosen }).run(turned.request(chosen, { withPhotos: true }))) void _;
        };
        await run(orientation);
        const { widthPx, heightPx, orientation: tag, redAt } = await asStored(join(turned.folder, orientation, 'images/product-m.jpg'));
        expect([widthPx, heightPx, tag]).toEqual([mask.widthPx, mask.heightPx, undefined]);
        // The white corner: top left as stored, top right when upright.
        expect(redAt(orientation === 'exif' ? widthPx - 2 : 1, 1)).toBeGreaterThan(200);
        expect(redAt(1, heightPx - 2)).toBeLessThan(60);
        await expect(run(other)).rejects.toMatchObject({ code: 'photo_changed' });
      } finally {
        await turned.dispose();
      }
    }
  });
});

describe('the target', () => {
  test('a full disk says so, and the export goes on when there is space', async () => {
    let left = 2;
    const full = (target: ExportTarget): ExportTarget => ({
      ...target,
      put: async (path, bytes) => {
        if (left-- === 0) throw new ExpectedError('disk_full', `The disk is full: ${path} could not be written. Free some space and try again.`);
        await target.put(path, bytes);
      },
    });
    const exports = exportServiceOf(rig, { exchange: { openTarget: async (...args) => full(await openExchange(rig.app.config).openTarget(...args)) } });
    const run = async (): Promise<void> => {
      for await (const _ of exports.run(rig.request('out'))) void _;
    };
    await expect(run()).rejects.toMatchObject({ code: 'disk_full' });
    await nothingFinished();
    finishedOf(await rig.export('out'));
  });

  test('a second export to a place that is being written to is refused, and harms neither', async () => {
    const first = rig.app.services.exports.run(rig.request('out'))[Symbol.asyncIterator]();
    await first.next();
    expect(await rig.app.services.exports.unfinished()).toMatchObject([{ isRunning: true }]);
    await expect(rig.export('out')).rejects.toMatchObject({ code: 'target_exists' });
    const [running] = await rig.app.services.exports.unfinished();
    await expect(rig.app.services.exports.discard(running?.exportId ?? '')).rejects.toMatchObject({ code: 'target_exists' });
    let last;
    for (let step = await first.next(); step.done !== true; step = await first.next()) last = step.value;
    expect(last).toMatchObject({ kind: 'finished', masks: 4 });
  });

  test('what another export left is not mixed with this one: finish that, or --restart; discarding leaves nothing', async () => {
    const stop = async (): Promise<void> => {
      const controller = new AbortController();
      for await (const step of rig.app.services.exports.run(rig.request('out'), controller.signal)) if (step.kind === 'started') controller.abort();
    };
    await expect(stop()).rejects.toThrow('Cancelled');
    await expect(rig.export('out', { withPhotos: true })).rejects.toMatchObject({ code: 'target_exists', message: expect.stringContaining('tried@1 as Mask PNGs') as unknown });
    finishedOf(await rig.export('out', { withPhotos: true, restart: true }));
    await expect(rig.export('out')).rejects.toMatchObject({ code: 'target_exists' });
    await rm(join(rig.folder, 'out'), { recursive: true });
    await expect(stop()).rejects.toThrow('Cancelled');
    const [unfinished] = await rig.app.services.exports.unfinished();
    await rig.app.services.exports.discard(unfinished?.exportId ?? '');
    expect(await rig.app.services.exports.unfinished()).toEqual([]);
    expect(await readdir(rig.folder)).toEqual(['store']);
    await expect(rig.app.services.exports.discard(unfinished?.exportId ?? '')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('spools that were lost or cut short are written again', async () => {
    const stop = async (): Promise<void> => {
      const controller = new AbortController();
      for await (const step of exportServiceOf(rig, { noteEveryMs: 0 }).run(rig.request('out'), controller.signal)) if (step.kind === 'progress') controller.abort();
    };
    await expect(stop()).rejects.toThrow('Cancelled');
    await truncate(join(rig.folder, 'out.maskdesk-part/spools/maskdesk-manifest.spool'), 3);
    const steps = await rig.export('out');
    expect(steps[0]).toMatchObject({ resumedAt: 0 });
    finishedOf(steps);
    finishedOf(await rig.export('other'));
    expect(await digestsOf(join(rig.folder, 'out'))).toEqual(await digestsOf(join(rig.folder, 'other')));
  });

  test('what an interrupted run had written and the disk has changed is thrown away, and the next run begins anew', async () => {
    const stop = async (): Promise<void> => {
      const controller = new AbortController();
      for await (const step of exportServiceOf(rig, { noteEveryMs: 0 }).run(rig.request('out', { format: 'coco' }), controller.signal)) if (step.kind === 'progress' && step.done > 0) controller.abort();
    };
    await expect(stop()).rejects.toThrow('Cancelled');
    const spools = join(rig.folder, 'out.maskdesk-part/spools');
    for (const name of await readdir(spools)) {
      const bytes = await readFile(join(spools, name));
      await writeFile(join(spools, name), bytes.map((byte) => (byte >= 0x30 && byte < 0x39 ? byte + 1 : byte)));
    }
    await expect(rig.export('out', { format: 'coco' })).rejects.toMatchObject({ code: 'verification_failed', message: expect.stringContaining('is thrown away') as unknown });
    expect(await readdir(rig.folder)).toEqual(['store']);
    const steps = await rig.export('out', { format: 'coco' });
    expect(steps[0]).toMatchObject({ resumedAt: 0 });
    finishedOf(steps);
  });

  test('a place among the store’s own files, below a file, or in a folder of somebody’s', async () => {
    for (const inside of ['store/data/out', 'store/exports/out', 'store']) await expect(rig.export(inside, { overwrite: true })).rejects.toMatchObject({ code: expect.stringMatching(/path_outside_root|target_exists/) as unknown });
    await writeFile(join(rig.folder, 'file'), 'x');
    await expect(rig.export('file/out')).rejects.toBeInstanceOf(ExpectedError);
    await mkdir(join(rig.folder, 'theirs'));
    await writeFile(join(rig.folder, 'theirs/thesis.txt'), 'x');
    await expect(rig.export('theirs', { overwrite: true })).rejects.toMatchObject({ code: 'target_exists' });
  });
});

describe('reading back', () => {
  /** An importer that makes something of what the real one reads. */
  const reading = (change: Partial<ImportFormat>) => exportServiceOf(rig, { importFormats: { ...importFormats, 'mask-png': { ...importFormats['mask-png'], ...change } } });
  const run = async (change: Partial<ImportFormat>): Promise<void> => {
    for await (const _ of reading(change).run(rig.request('out'))) void _;
  };
  const open: ImportFormat['open'] = (...args) => importFormats['mask-png'].open(...args);

  test.each([
    ['a pixel that differs', async function* (images: AsyncIterable<AnnotatedImage>) {
      for await (const image of images) {
        yield { ...image, instances: image.instances.map((instance) => ({ ...instance, mask: async () => { const mask = await instance.mask(); return { ...mask, data: mask.data.map((value, index) => (index === 7 ? 255 - value : value)) }; } })) };
      }
    }, /m0 was read back differently \(IoU 0\.9/],
    ['one that is missing', async function* (images: AsyncIterable<AnnotatedImage>) {
      let index = 0;
      for await (const image of images) if (index++ !== 2) yield image;
    }, /m2 was not found/],
    ['one that is there twice', async function* (images: AsyncIterable<AnnotatedImage>) {
      for await (const image of images) {
        yield image;
        yield image;
      }
    }, /m0 is in the export twice/],
  ] as const)('%s: the export fails and does not look finished', async (_name, change, message) => {
    await expect(run({ open: async (...args) => { const reader = await open(...args); return { ...reader, images: () => change(reader.images()) }; } })).rejects.toMatchObject({ code: 'verification_failed', message: expect.stringMatching(message) as unknown });
    await nothingFinished();
    finishedOf(await rig.export('out'));
  });

  test('a category that differs fails too, also where every pixel is as it was; one that has to be called otherwise is told', async () => {
    const renaming: ImportFormat['open'] = async (...args) => {
      const reader = await importFormats.coco.open(...args);
      return {
        ...reader,
        images: async function* () {
          for await (const image of reader.images()) yield { ...image, instances: image.instances.map((instance) => ({ ...instance, category: 'cup' })) };
        },
      };
    };
    const given = { format: 'coco', categories: { kind: 'one', name: 'mug' } } as const;
    const run = async (exports: ReturnType<typeof exportServiceOf>, request: ReturnType<typeof rig.request>): Promise<void> => {
      for await (const _ of exports.run(request)) void _;
    };
    await expect(run(exportServiceOf(rig, { importFormats: { ...importFormats, coco: { ...importFormats.coco, open: renaming } } }), rig.request('out', given))).rejects.toMatchObject({ code: 'verification_failed', message: expect.stringMatching(/m0 was read back with the category "cup" instead of "mug"/) as unknown });
    await nothingFinished();
    const silent: ExportFormat = { ...exportFormats.voc, open: (context) => { const opened = exportFormats.voc.open(context); return { ...opened, encode: async (item) => ({ ...(await opened.encode(item)), losses: [] }) }; } };
    const named = { format: 'voc', categories: { kind: 'one', name: 'a:b' } } as const;
    await expect(run(exportServiceOf(rig, { formats: { ...exportFormats, voc: silent } }), rig.request('voc', named))).rejects.toMatchObject({ code: 'verification_failed', message: expect.stringMatching(/"a:b" of m0 is called "a_b"/) as unknown });
    const steps = await rig.export('voc', { ...named, restart: true });
    expect(steps.filter(({ kind }) => kind === 'loss')).toHaveLength(4);
    expect(finishedOf(steps)).toMatchObject({ lossy: 4, leastIou: 1 });
  });

  test('--no-verify does not read, and says so', async () => {
    expect(finishedOf(await rig.export('out', { verify: false }))).toMatchObject({ verified: false, leastIou: null });
    const trail = await rig.app.services.store.audit.page({ sinceMs: null, untilMs: null }, null, 1000);
    expect(trail.filter(({ kind }) => kind === 'export').map(({ who, details }) => [who, details])).toEqual([['ana', expect.objectContaining({ set: 'tried', number: 1, format: 'mask-png', masks: 4, verified: false })]]);
  });
});

describe('what is asked for', () => {
  test.each([
    ['format_unknown', { format: 'nothing' as never }],
    ['invalid_input', { options: { holes: 'keep' } }],
    ['invalid_input', { split: { shares: { train: 0.5, val: 0.1, test: 0 }, seed: 1 } }],
    ['invalid_input', { categories: { kind: 'one' as const, name: ' ' } }],
    ['not_found', { snapshotId: 'nothing' as never }],
  ])('%s', async (code, given) => {
    await expect(rig.export('out', given)).rejects.toMatchObject({ code });
    expect(await readdir(rig.folder)).toEqual(['store']);
  });
});
