import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createApp } from '../../electron/app/createApp.ts';
import { loadConfig } from '../../electron/app/config.ts';
import { demoPictures } from '../checks/pictures.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';

/** An object on a photo. */
export interface TestCase {
  readonly id: string;
  readonly set: string;
  readonly photo: Uint8Array;
  readonly truth: Bitmap;
}

/** `testset.json`: an array of these; other keys are not read. Images lie in `images/`, masks (PNG, at and above 128 is object) in `masks/`. */
const entrySchema = z.object({ id: z.string(), set: z.string().default('set'), image: z.string(), mask: z.string() });

/** @param folder with testset.json, images/ and masks/; several masks may be of one image */
export const casesOfFolder = async (folder: string, codec: ImageCodec): Promise<readonly TestCase[]> => {
  const entries = z.array(entrySchema).parse(JSON.parse(await readFile(join(folder, 'testset.json'), 'utf8')));
  const photos = new Map<string, Uint8Array>();
  const cases: TestCase[] = [];
  for (const { id, set, image, mask } of entries) {
    const photo = photos.get(image) ?? (await readFile(join(folder, 'images', image)));
    photos.set(image, photo);
    cases.push({ id: `${id} ${mask}`, set, photo, truth: await codec.decodeMask(await readFile(join(folder, 'masks', mask))) });
  }
  return cases;
};

/** The demo's pictures with their true masks; its store is made for it and removed. */
export const demoCases = async (): Promise<readonly TestCase[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-noc-demo-'));
  const app = await createApp({ ...(await loadConfig({ storeDir: join(folder, 'store'), create: true })), background: false });
  try {
    return (await demoPictures(app)).map(({ id, photo, truth }) => ({ id, set: 'demo', photo, truth }));
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
};
