import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asOrdinaryUser } from '../base/testing/asOrdinaryUser.ts';
import { encodeJpeg, encodePng } from '../imaging/index.ts';
import type { ImportRequest } from '../services/services.ts';
import type { ImportProgress } from '../../shared/contracts/rpc/imports.ts';
import type { Asset } from '../../shared/domain/asset.ts';
import { asId, type JobId } from '../../shared/domain/ids.ts';
import { createApp, type App } from './createApp.ts';
import { loadConfig } from './config.ts';

let folder: string;
let photos: string;
let app: App;

const open = async (): Promise<App> => createApp(await loadConfig({ storeDir: join(folder, 'store'), create: true, reviewer: 'ana', background: false }));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-importing-'));
  photos = join(folder, 'photos');
  await mkdir(photos);
  app = await open();
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

/** A real picture that differs with its shade. */
const picture = (shade: number, format: 'jpg' | 'png' = 'jpg', widthPx = 32, heightPx = 24): Promise<Uint8Array> => {
  const data = Uint8Array.from({ length: widthPx * heightPx * 3 }, (_, index) => (index * 7 + shade * 31) % 256);
  return format === 'jpg' ? encodeJpeg({ widthPx, heightPx, data }, 90) : encodePng({ widthPx, heightPx, data });
};

const put = async (file: string, content: Uint8Array | string): Promise<void> => {
  await mkdir(dirname(join(photos, file)), { recursive: true });
  await writeFile(join(photos, file), content);
};

type Finished = Extract<ImportProgress, { kind: 'finished' }>;

const run = async (request: Partial<ImportRequest> = {}, onProgress: (progress: ImportProgress) => void = () => undefined): Promise<Finished> => {
  let finished: Finished | undefined;
  for await (const progress of app.services.imports.run({ folder: photos, kind: 'products', ...request })) {
    onProgress(progress);
    if (progress.kind === 'finished') finished = progress;
  }
  if (finished === undefined) throw new Error('The import did not say how it ended');
  return finished;
};

const assets = async (): Promise<Record<string, Asset>> => {
  const { assets: list } = await app.services.store.assets.list({ limit: 1000 });
  return Object.fromEntries(list.map((asset) => [asset.id, asset]));
};

const storedFiles = async (): Promise<string[]> => {
  const entries = await readdir(join(folder, 'store', 'data'), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
};

describe('products', () => {
  test('one folder a product, and a file at the top is a product of its own', async () => {
    await put('mug/front.jpg', await picture(1));
    await put('mug/detail/handle.png', await picture(2, 'png'));
    await put('lamp.jpg', await picture(3));
    expect(await run()).toEqual({ kind: 'finished', added: 3, existing: 0, failed: [], cancelled: false });
    const found = await assets();
    expect(Object.keys(found).sort()).toEqual(['lamp', 'mug_detail/handle', 'mug_front']);
    expect(found['mug_front']).toMatchObject({ productId: 'mug', jobIds: ['import-photos'], widthPx: 32, heightPx: 24, state: 'unsegmented', localPath: 'data/images/products/mug_front.jpg' });
    expect(found['mug_detail/handle']?.localPath).toBe('data/images/products/mug_detail%2Fhandle.png');
    // Upright sRGB already: kept byte for byte.
    expect(Buffer.compare(await readFile(join(folder, 'store', 'data/images/products/mug_front.jpg')), await picture(1))).toBe(0);
  });

  test('the same files again add nothing and are not written again', async () => {
    await put('mug/front.jpg', await picture(1));
    await run({ jobId: asId<JobId>('spring') });
    const path = join(folder, 'store', 'data/images/products/mug_front.jpg');
    await utimes(path, 1000, 1000);
    expect(await run({ jobId: asId<JobId>('spring') })).toMatchObject({ added: 0, existing: 1, failed: [] });
    expect((await stat(path)).mtimeMs).toBe(1_000_000);
    expect((await assets())['mug_front']?.jobIds).toEqual(['spring']);
  });

  test('a stored file that was lost comes back with the next import', async () => {
    await put('mug/front.jpg', await picture(1));
    await run();
    const path = join(folder, 'store', 'data/images/products/mug_front.jpg');
    await unlink(path);
    await run();
    expect(Buffer.compare(await readFile(path), await picture(1))).toBe(0);
  });

  test('an id that another picture has is told, and nothing is overwritten', async () => {
    await put('mug/front.jpg', await picture(1));
    await run();
    await put('mug/front.jpg', await picture(2));
    const finished = await run();
    expect(finished).toMatchObject({ added: 0, existing: 0, failed: [{ file: 'mug/front.jpg', code: 'invalid_input' }] });
    expect(Buffer.compare(await readFile(join(folder, 'store', 'data/images/products/mug_front.jpg')), await picture(1))).toBe(0);
  });

  test('two files that one id would name get two', async () => {
    await put('mug/front.jpg', await picture(1));
    await put('mug/front.png', await picture(2, 'png'));
    expect(await run()).toMatchObject({ added: 2, failed: [] });
    expect(Object.keys(await assets()).sort()).toEqual(['mug_front', expect.stringMatching(/^mug_front~[0-9a-f]{8}$/)]);
    expect(await run()).toMatchObject({ added: 0, existing: 2 });
  });

  test('a turned photo is stored upright', async () => {
    const jpeg = Buffer.from(await picture(1));
    // APP1 with one tag: orientation 6.
    const exif = Buffer.from('ffe100224578696600004d4d002a00000008000101120003000000010006000000000000', 'hex');
    await put('mug/turned.jpg', Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]));
    await run();
    expect((await assets())['mug_turned']).toMatchObject({ widthPx: 24, heightPx: 32 });
  });
});

describe('only some of a folder', () => {
  test('files and folders that were dropped, not what lies beside them; what is no picture is listed', async () => {
    await put('lamp.jpg', await picture(1));
    await put('boot/side.jpg', await picture(2));
    await put('boot/front.jpg', await picture(3));
    await put('beside.jpg', await picture(4));
    await put('letter.txt', 'Dear all');
    // About the whole folder: it does not decide on single files.
    await put('mapping.csv', 'path\nbeside.jpg\n');
    const finished = await run({ only: ['lamp.jpg', 'boot', 'letter.txt', '../outside.jpg', 'gone.jpg'] });
    expect(finished).toMatchObject({ added: 3, cancelled: false });
    expect(finished.failed.map(({ file }) => file).sort()).toEqual(['../outside.jpg', 'gone.jpg', 'letter.txt']);
    expect(Object.keys(await assets()).sort()).toEqual(['boot_front', 'boot_side', 'lamp']);
  });
});

describe('names are data', () => {
  test('quotes, dots, percent signs, other scripts and device names in folders', async () => {
    const names = ['Bob\'s "best"', '..hidden not', 'нож', '猫の皿', '100%', 'con', ' spaced '].filter((name) => !name.startsWith('.'));
    for (const [index, name] of names.entries()) await put(`${name}/a.jpg`, await picture(index));
    expect(await run()).toMatchObject({ added: names.length, failed: [] });
    const found = await assets();
    for (const name of names) expect(found[`${name}_a`]?.productId).toBe(name);
    expect(await run()).toMatchObject({ added: 0, existing: names.length });
  });

  test('a mapping may say any id, up to 255 characters, slashes and all', async () => {
    const ids = ['a/../../b', '\\\\server\\share', '.', '..', 'x'.repeat(255), '猫'.repeat(255), "'; drop table products; --", 'a\tb\nc'];
    await Promise.all(ids.map(async (_, index) => put(`${index}.jpg`, await picture(index))));
    await put('mapping.jsonl', ids.map((id, index) => JSON.stringify({ path: `${index}.jpg`, product_id: id, image_id: id })).join('\n'));
    expect(await run()).toMatchObject({ added: ids.length, failed: [] });
    const found = await assets();
    for (const id of ids) expect(found[id]?.productId).toBe(id);
    expect(await storedFiles()).toHaveLength(ids.length);
    expect(await readdir(folder)).toEqual(['photos', 'store']);
  });
});

describe('keyframes', () => {
  test('one folder a video, the time from the name', async () => {
    for (const [index, name] of ['000004.jpg', 'frame_12.5s.jpg', '00-04-08.250.jpg', 't=4.8.jpg', 'clip_ms1234.jpg'].entries()) await put(`tour/${name}`, await picture(index));
    await put('still at 7.jpg', await picture(9));
    expect(await run({ kind: 'keyframes' })).toMatchObject({ added: 6, failed: [] });
    const found = await assets();
    expect(Object.values(found).map(({ videoId, timestampS }) => [videoId, timestampS]).sort()).toEqual([
      ['photos', 7],
      ['tour', 1.234],
      ['tour', 12.5],
      ['tour', 248.25],
      ['tour', 4],
      ['tour', 4.8],
    ]);
    expect(found['tour_frame_12.5s']).toMatchObject({ kind: 'keyframe', jobIds: ['import-photos'] });
  });

  test('a second picture at one time and a name without a time are told; the first stays', async () => {
    await put('tour/1s.jpg', await picture(1));
    await put('tour/frame_1.0.jpg', await picture(2));
    await put('tour/cover.jpg', await picture(3));
    const finished = await run({ kind: 'keyframes' });
    expect(finished.added).toBe(1);
    expect(finished.failed.map(({ file }) => file).sort()).toEqual(['tour/cover.jpg', 'tour/frame_1.0.jpg']);
    // Also against what is in the store already; the refused picture leaves no file behind.
    await rm(join(photos, 'tour'), { recursive: true });
    await put('tour/again_t=1.jpg', await picture(4));
    expect(await run({ kind: 'keyframes' })).toMatchObject({ added: 0, failed: [{ code: 'invalid_input' }] });
    expect(await storedFiles()).toEqual(['tour_1s.jpg']);
  });
});

describe('mappings', () => {
  test('CSV: what it names is taken, bad lines are told by number, the rest goes on', async () => {
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'unnamed.jpg']) await put(name, await picture(name.charCodeAt(0)));
    await put(
      'mapping.csv',
      ['\uFEFFpath,product_id,title,brand,job_id,unknown', 'a.jpg,p1,"A mug, blue",Acme,job-7,x', ',p2,no path,,,', 'b.jpg,p2', 'missing.jpg,p3', '../outside.jpg,p4', 'c.jpg,p5,"broken', 'd.jpg,p6,"two',  'lines, one cell",Acme', ''].join('\r\n'),
    );
    await writeFile(join(folder, 'outside.jpg'), await picture(77));
    const finished = await run();
    expect(finished.added).toBe(3);
    expect(Object.fromEntries(finished.failed.map(({ file, code }) => [file, code]))).toEqual({
      'mapping.csv:3': 'invalid_input',
      'mapping.csv:7': 'invalid_input',
      'missing.jpg': 'file_unreadable',
      '../outside.jpg': 'path_outside_root',
    });
    const found = await assets();
    expect(found['p1_a']).toMatchObject({ title: 'A mug, blue', jobIds: ['job-7'] });
    expect(found['p2_b']?.jobIds).toEqual(['import-photos']);
    expect(found['p6_d']?.title).toBe('two\nlines, one cell');
    expect(Object.keys(found)).toHaveLength(3);
  });

  test('JSONL for keyframes: ids, times and platforms', async () => {
    await put('x.jpg', await picture(1));
    await put('y.jpg', await picture(2));
    const lines = [{ path: 'x.jpg', video_id: 'v/1', frame_id: 'f:1', ts: 3.25, platform: 'youtube', url: 'watch:1' }, 'not json', { path: 'y.jpg', video_id: 'v/1', ts: -1 }];
    await put('mapping.jsonl', lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    const finished = await run({ kind: 'keyframes' });
    expect(finished).toMatchObject({ added: 1, failed: [{ file: 'mapping.jsonl:2' }, { file: 'mapping.jsonl:3' }] });
    expect((await assets())['f:1']).toMatchObject({ videoId: 'v/1', timestampS: 3.25 });
  });

  test('absolute paths lie in the folder by the name that was given, and by its real one', async () => {
    await put('a.jpg', await picture(1));
    await put('b.jpg', await picture(2));
    const link = join(folder, 'link');
    await symlink(photos, link);
    await writeFile(join(folder, 'outside.jpg'), await picture(3));
    await put('mapping.csv', ['path,product_id', `${join(link, 'a.jpg')},p1`, `${join(photos, 'b.jpg')},p2`, `${join(folder, 'outside.jpg')},p3`].join('\n'));
    expect(await run({ folder: link })).toMatchObject({ added: 2, failed: [{ code: 'path_outside_root' }] });
    expect(Object.keys(await assets()).sort()).toEqual(['p1_a', 'p2_b']);
  });

  test('of two mappings none is taken on the quiet', async () => {
    await put('a.jpg', await picture(1));
    await put('mapping.csv', 'path,product_id\na.jpg,from-csv');
    await put('mapping.jsonl', '{"path": "a.jpg", "product_id": "from-jsonl"}');
    await expect(run()).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/mapping\.csv and mapping\.jsonl/) as string });
    expect(await run({ mappingFile: join(photos, 'mapping.jsonl') })).toMatchObject({ added: 1 });
    expect((await assets())['from-jsonl_a']).toBeDefined();
  });

  test('a CSV without a path column is refused as a whole', async () => {
    await put('mapping.csv', 'file,product_id\na.jpg,p\n');
    await expect(run()).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('"path"') as string });
  });
});

describe('bad files among good ones', () => {
  test('each is listed with its reason, the rest goes in', async () => {
    await put('mug/good.jpg', await picture(1));
    await put('mug/text.jpg', 'only words');
    await put('mug/empty.png', '');
    await put('mug/cut.png', (await picture(3, 'png')).subarray(0, 300));
    const bomb = Buffer.from(await picture(4, 'png'));
    bomb.writeUInt32BE(50_000, 16);
    bomb.writeUInt32BE(50_000, 20);
    await put('mug/bomb.png', bomb);
    await put('mug/.DS_Store', 'litter');
    await put('mug/Thumbs.db', 'litter');
    await put('.hidden/a.jpg', await picture(6));
    await writeFile(join(folder, 'secret.jpg'), await picture(5));
    await symlink(join(folder, 'secret.jpg'), join(photos, 'mug/link.jpg'));
    await symlink(folder, join(photos, 'all'));
    await symlink(join(photos, 'nowhere.jpg'), join(photos, 'mug/dangling.jpg'));
    await symlink(photos, join(photos, 'mug/circle'));
    const finished = await run();
    expect(finished).toMatchObject({ added: 1, existing: 0, cancelled: false });
    expect(Object.fromEntries(finished.failed.map(({ file, code }) => [file, code]))).toEqual({
      'mug/text.jpg': 'image_unsupported',
      'mug/empty.png': 'image_unreadable',
      'mug/cut.png': 'image_unreadable',
      'mug/bomb.png': expect.stringMatching(/image_(too_large|unreadable)/) as string,
      'mug/link.jpg': 'path_outside_root',
      all: 'path_outside_root',
      'mug/dangling.jpg': 'file_unreadable',
    });
    for (const { reason } of finished.failed) expect(reason).toMatch(/\.$/);
    expect(await storedFiles()).toEqual(['mug_good.jpg']);
  });

  test('links in circles are listed, whether found or named, and the rest goes in', async () => {
    await put('mug/good.jpg', await picture(1));
    await symlink('loop.jpg', join(photos, 'mug/loop.jpg'));
    expect(await run()).toMatchObject({ added: 1, failed: [{ file: 'mug/loop.jpg', code: 'file_unreadable', reason: expect.stringMatching(/circle/) as string }] });
    await put('mapping.csv', 'path,product_id\nmug/loop.jpg,p\nmug/good.jpg,p');
    expect(await run()).toMatchObject({ added: 1, failed: [{ file: 'mug/loop.jpg', code: 'file_unreadable' }] });
  });

  test('what may not be read is listed', async () => {
    await put('mug/good.jpg', await picture(1));
    await put('mug/locked.jpg', await picture(2));
    await chmod(join(photos, 'mug/locked.jpg'), 0);
    const report = await asOrdinaryUser(folder, () => run());
    expect(report).toMatchObject({ added: 1, failed: [{ file: 'mug/locked.jpg', code: 'permission_denied' }] });
  });

  test('a product of which nothing can be read is not made', async () => {
    await put('ghost/text.jpg', 'only words');
    expect(await run()).toMatchObject({ added: 0, failed: [{ code: 'image_unsupported' }] });
    expect(await app.services.store.catalog.jobs()).toEqual([]);
  });

  test('folders that are none, or hold nothing', async () => {
    await expect(run({ folder: join(folder, 'missing') })).rejects.toMatchObject({ code: 'file_unreadable' });
    await expect(run()).rejects.toMatchObject({ code: 'invalid_input' });
    await put('a.jpg', await picture(1));
    await expect(run({ folder: join(photos, 'a.jpg') })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('stopping and going on', () => {
  test('cancel ends with what was done; the next run adds the rest', async () => {
    for (let index = 0; index < 12; index++) await put(`p/${index}.jpg`, await picture(index));
    const stop = new AbortController();
    let told = 0;
    const cancelled = await run({ signal: stop.signal }, (progress) => {
      if (progress.kind === 'progress' && ++told === 3) stop.abort();
    });
    expect(cancelled.cancelled).toBe(true);
    expect(cancelled.added).toBeLessThan(12);
    expect(Object.keys(await assets())).toHaveLength(cancelled.added);
    expect(await run()).toMatchObject({ added: 12 - cancelled.added, existing: cancelled.added, cancelled: false });
  });

  test('progress counts up to the total, and screens hear of what was added', async () => {
    for (let index = 0; index < 5; index++) await put(`p/${index}.jpg`, await picture(index));
    const heard: string[] = [];
    const stopListening = app.services.events.listen((event) => {
      if (event.kind === 'assetsChanged') heard.push(...event.assets.map(({ id }) => id));
    });
    const steps: number[] = [];
    await run({}, (progress) => {
      if (progress.kind === 'progress') steps.push(progress.done / progress.total);
    });
    stopListening();
    expect(steps).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    expect(heard.sort()).toEqual(['p_0', 'p_1', 'p_2', 'p_3', 'p_4']);
  });

  test('killed at any moment it leaves no half file, and the next run completes it', async () => {
    const count = 40;
    for (let index = 0; index < count; index++) await put(`p/${index}.png`, await picture(index, 'png', 300, 200));
    await app.close();
    for (const lines of [2, 9]) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'importUntilKilled.ts'), join(folder, 'store'), photos], { stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise<void>((resolve, reject) => {
        let seen = 0;
        child.on('error', reject);
        child.on('close', () => resolve());
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          seen += text.split('\n').length - 1;
          if (seen >= lines) child.kill('SIGKILL');
        });
      });
      app = await open();
      for (const asset of Object.values(await assets())) {
        expect(await app.codec.normalise(await app.blobs.get(app.blobs.keyOfPath(asset.localPath)))).toMatchObject({ widthPx: 300 });
      }
      if (lines !== 9) await app.close();
    }
    const finished = await run();
    expect(finished).toMatchObject({ failed: [], cancelled: false });
    expect(finished.added + finished.existing).toBe(count);
    await app.blobs.sweepTemporaries();
    expect(await storedFiles()).toHaveLength(count);
  });
});
