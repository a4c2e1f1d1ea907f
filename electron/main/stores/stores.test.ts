import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inspectDrop } from './droppedPaths.ts';
import { RecentStores } from './recentStores.ts';
import { isFreeForStore, isStoreFolder, storeIdOf } from './storeFolder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-stores-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (path: string, text = 'x'): Promise<string> => {
  const whole = join(folder, path);
  await mkdir(join(whole, '..'), { recursive: true });
  await writeFile(whole, text);
  return whole;
};
const makeStore = async (name: string, database = 'maskdesk.db'): Promise<string> => {
  await put(join(name, database));
  return join(folder, name);
};

describe('a store’s folder', () => {
  test('is told by its database, also by one that its settings name', async () => {
    expect(await isStoreFolder(await makeStore('usual'))).toBe(true);
    const pipeline = await makeStore('pipeline', 'matches.db');
    expect(await isStoreFolder(pipeline)).toBe(false);
    await put('pipeline/maskdesk.json', '{"databaseFile":"matches.db"}');
    expect(await isStoreFolder(pipeline)).toBe(true);
    expect(await isStoreFolder(join(folder, 'nowhere'))).toBe(false);
  });

  test('may be made where nothing is', async () => {
    expect(await isFreeForStore(join(folder, 'nowhere'))).toBe(true);
    await put('free/.DS_Store');
    expect(await isFreeForStore(join(folder, 'free'))).toBe(true);
    await put('taken/letter.txt');
    expect(await isFreeForStore(join(folder, 'taken'))).toBe(false);
  });
});

describe('recent stores', () => {
  test('are listed newest first, each once; a missing one is said to be missing and can be forgotten', async () => {
    const recents = new RecentStores(join(folder, 'data', 'recentStores.json'));
    const [one, two] = [await makeStore('one'), await makeStore('two')];
    await recents.remember(one, 1);
    await recents.remember(two, 2);
    await recents.remember(one, 3);
    await rm(two, { recursive: true });
    expect(await recents.list(one)).toMatchObject([
      { name: 'one', location: one, isCurrent: true, isThere: true, openedAtMs: 3 },
      { name: 'two', location: two, isCurrent: false, isThere: false, openedAtMs: 2 },
    ]);
    await recents.forget(storeIdOf(two));
    expect(await recents.list(one)).toHaveLength(1);
    expect(await recents.locationOf(storeIdOf(two))).toBeNull();
    expect(recents.see(two)).toBe(storeIdOf(two));
    expect(await recents.locationOf(storeIdOf(two))).toBe(two);
  });

  test('begin anew from a damaged list', async () => {
    const recents = new RecentStores(await put('recentStores.json', '[{"location":'));
    expect(await recents.list('')).toEqual([]);
    await recents.remember(folder, 1);
    expect(await recents.list('')).toHaveLength(1);
  });
});

describe('what is dropped', () => {
  test('a folder is imported whole, a store is offered to be opened', async () => {
    await put('photos/boot/a.jpg');
    expect(await inspectDrop([join(folder, 'photos')])).toEqual({ kind: 'pictures', folder: join(folder, 'photos'), only: null, name: 'photos', files: 0, folders: 1 });
    expect(await inspectDrop([await makeStore('store')])).toEqual({ kind: 'store', folder: join(folder, 'store') });
  });

  test('several things are what they are inside the folder that holds them all', async () => {
    const paths = [await put('a/one.jpg'), await put('a/two.txt'), join(folder, 'b')];
    await put('b/three.jpg');
    expect(await inspectDrop(paths)).toEqual({ kind: 'pictures', folder, only: ['a/one.jpg', 'a/two.txt', 'b'], name: '3 dropped items', files: 2, folders: 1 });
    expect(await inspectDrop(paths.slice(0, 2))).toMatchObject({ folder: join(folder, 'a'), only: ['one.jpg', 'two.txt'] });
    expect(await inspectDrop(paths.slice(0, 1))).toMatchObject({ folder: join(folder, 'a'), only: ['one.jpg'], name: 'one.jpg' });
  });

  test('masks and annotations are told from photos; where both are there, that is said', async () => {
    const dropped = (name: string) => inspectDrop([join(folder, name)]);
    await put('zipped/set.zip');
    await put('coco/deep/er/instances.json');
    await put('mixed/a.jpg');
    await put('mixed/a.xml');
    await put('yolo/labels/a.txt');
    await put('yolo/images/a.jpg');
    const png = (colourType: number): Buffer => Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(8, 1), Buffer.from([8, colourType])]);
    await put('grey/a.png', '');
    await writeFile(join(folder, 'grey/a.png'), png(0));
    await put('colour/a.png', '');
    await writeFile(join(folder, 'colour/a.png'), png(2));
    await put('colour/notes.txt');
    expect(await dropped('zipped/set.zip')).toEqual({ kind: 'masks', path: join(folder, 'zipped/set.zip'), name: 'set.zip', hasPhotos: false });
    expect(await dropped('coco')).toMatchObject({ kind: 'masks', hasPhotos: false });
    expect(await dropped('mixed')).toMatchObject({ kind: 'masks', hasPhotos: true });
    expect(await dropped('yolo')).toMatchObject({ kind: 'masks', hasPhotos: true });
    expect(await dropped('grey')).toMatchObject({ kind: 'masks', hasPhotos: true });
    expect(await dropped('colour')).toMatchObject({ kind: 'pictures' });
  });

  test('nothing that is a file, or is there, is refused in words', async () => {
    expect(await inspectDrop([])).toMatchObject({ kind: 'refused', message: expect.stringContaining('no file') as string });
    expect(await inspectDrop([join(folder, 'gone.jpg')])).toMatchObject({ kind: 'refused' });
  });
});
