import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { loadConfig } from '../../electron/app/config.ts';
import { createApp } from '../../electron/app/createApp.ts';
import { sha256Hex } from '../../electron/base/hash.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { asId, type ModelId, type RevisionId, type Sha256 } from '../../shared/domain/ids.ts';
import type { MaskPart } from '../../shared/domain/maskPart.ts';
import { areaPx, type Bitmap } from '../../shared/mask/bitmap.ts';

export interface PicturePart extends Pick<MaskPart, 'role' | 'operation' | 'isApplied' | 'note'> {
  readonly mask: Bitmap;
}

export interface Picture {
  readonly name: string;
  readonly mask: Bitmap;
  /** What a recipe put the mask together from; absent: one model made it. */
  readonly parts?: readonly PicturePart[];
}

/** Grey levels of the photo outside and inside the mask: the photo shows the very pixels of its mask. */
export const photoLevels = { outside: 110, inside: 190 } as const;

const modelOf = { foreground: asId<ModelId>('isnet-quint8'), people: asId<ModelId>('selfie-multiclass') } as const;

/** A store of made pictures: each photo has the pattern of its mask, and the mask as a candidate to review. */
export const makePatternStore = async (folder: string, pictures: readonly Picture[]): Promise<string> => {
  const storeDir = join(folder, 'patterns');
  const photos = join(folder, 'patternPhotos');
  await mkdir(photos, { recursive: true });
  for (const { name, mask } of pictures) {
    const grey = Buffer.from(mask.data.map((value) => (value === 255 ? photoLevels.inside : photoLevels.outside)));
    await sharp(grey, { raw: { width: mask.widthPx, height: mask.heightPx, channels: 1 } }).toColourspace('srgb').png().toFile(join(photos, `${name}.png`));
  }
  const app = await createApp({ ...(await loadConfig({ storeDir, create: true })), background: false });
  try {
    for await (const step of app.services.imports.run({ folder: photos, kind: 'products' })) {
      if (step.kind === 'finished' && step.failed.length > 0) throw new Error(`${step.failed.length} patterns could not be imported`);
    }
    const { assets } = await app.services.store.assets.list({ limit: 100, cursor: null });
    const keepMask = async (mask: Bitmap): Promise<Sha256> => {
      const png = await app.codec.encodeMask(mask);
      const maskSha256 = sha256Hex(png);
      if (!(await app.blobs.has(maskBlobKey(maskSha256)))) await app.blobs.put(maskBlobKey(maskSha256), png);
      return maskSha256;
    };
    for (const { name, mask, parts = [] } of pictures) {
      const asset = assets.find(({ id }) => id.includes(name));
      if (asset === undefined) throw new Error(`no item came of ${name}`);
      const maskSha256 = await keepMask(mask);
      const kept: MaskPart[] = [];
      for (const { mask: part, ...facts } of parts) {
        const digest = await keepMask(part);
        kept.push({ ...facts, modelId: modelOf[facts.role], weightsSha256: digest, maskSha256: digest, areaPx: areaPx(part) });
      }
      await app.services.store.revisions.addCandidate({
        revisionId: asId<RevisionId>(crypto.randomUUID()),
        asset,
        parentId: null,
        maskSha256,
        matteSha256: null,
        widthPx: mask.widthPx,
        heightPx: mask.heightPx,
        areaPx: areaPx(mask),
        origin: 'model',
        author: 'pattern',
        model: null,
        prompts: null,
        parts: kept,
      });
    }
    await app.services.checks.complete(assets);
  } finally {
    await app.close();
  }
  return storeDir;
};
