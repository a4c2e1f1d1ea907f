import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodePng } from '../imaging/index.ts';
import { storePicture, type PictureOwner } from '../services/import/storePicture.ts';
import { asId, type AssetId, type JobId, type ProductId } from '../../shared/domain/ids.ts';
import { createApp, type App } from './createApp.ts';
import { loadConfig } from './config.ts';

let folder: string;
let first: App;
/** The same store with connections of its own, as another process has them. */
let second: App;

const open = async (): Promise<App> => createApp(await loadConfig({ storeDir: join(folder, 'store'), create: true, reviewer: 'ana', background: false }));

const productId = asId<ProductId>('p');
const owner = (id: string): PictureOwner => ({ kind: 'product_image', id: asId<AssetId>(id), productId });
const picture = (shade: number, sidePx: number): Promise<Uint8Array> => encodePng({ widthPx: sidePx, heightPx: sidePx, data: new Uint8Array(sidePx * sidePx * 3).fill(shade) });

const put = ({ services, blobs, codec }: App, id: string, bytes: Uint8Array) => storePicture({ store: services.store, blobs, codec }, owner(id), bytes);
const storedFile = (id: string): Promise<Buffer> => readFile(join(folder, 'store', 'data/images/products', `${id}.png`));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-import-races-'));
  first = await open();
  second = await open();
  const { catalog } = first.services.store;
  await catalog.ensureJob({ jobId: asId<JobId>('j'), industry: 'x' });
  await catalog.ensureProduct({ productId, jobId: asId<JobId>('j'), src: 'x', asinOrItemId: 'x', title: null, marketplace: 'us' });
});
afterEach(async () => {
  await first.close();
  await second.close();
  await rm(folder, { recursive: true, force: true });
});

test('of two imports with one id one is refused, and the file is that of the other', async () => {
  const pictures = [await picture(1, 8), await picture(200, 300)] as const;
  for (let round = 0; round < 12; round++) {
    const id = `photo-${round}`;
    const other = round % 2 === 0 ? first : second;
    const order = round % 4 < 2 ? pictures : ([pictures[1], pictures[0]] as const);
    const outcomes = await Promise.allSettled([put(first, id, order[0]), put(other, id, order[1])]);
    const winners = order.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'invalid_input' } });
    expect(winners).toHaveLength(1);
    expect(Buffer.compare(await storedFile(id), winners[0] as Uint8Array), `round ${round}`).toBe(0);
  }
});

test('two imports of one picture with one id: one adds it, the other finds it there', async () => {
  const same = await picture(7, 50);
  const outcomes = await Promise.all([put(first, 'same', same), put(second, 'same', same)]);
  expect(outcomes.sort()).toEqual(['added', 'exists']);
  expect(Buffer.compare(await storedFile('same'), same)).toBe(0);
});
