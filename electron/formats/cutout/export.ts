import { ExpectedError } from '../../../shared/errors/errors.ts';
import { boundingBox } from '../../../shared/mask/boundingBox.ts';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { CutoutFile, RgbaPicture, RgbImage } from '../../../shared/ports/imageCodec.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import type { Rect } from '../../../shared/mask/rect.ts';
import { withSplit } from '../paths.ts';
import { sidecarName, type SidecarLine } from './sidecar.ts';

/** RFC 9649: 14 bits a side. */
const webpMostPx = 16_383;
export const insideFrom = 128;

/** All that is at all to be seen; a pixel where that is nothing. */
const trimmed = ({ widthPx, heightPx, data }: Bitmap): Rect =>
  boundingBox({ widthPx, heightPx, data: data.map((value) => (value === 0 ? 0 : 255)) }) ?? { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 };

/** Photo's colours with this alpha, not multiplied in; what can't be seen is black, so that nothing of the background comes along. */
const cut = (photo: RgbImage, alpha: Bitmap, { xPx, yPx, widthPx, heightPx }: Rect): RgbaPicture => {
  const data = new Uint8Array(widthPx * heightPx * 4);
  for (let y = 0, to = 0; y < heightPx; y++) {
    for (let x = 0, from = (yPx + y) * photo.widthPx + xPx; x < widthPx; x++, from++, to += 4) {
      const opacity = alpha.data[from] as number;
      if (opacity === 0) continue;
      data[to] = photo.data[from * 3] as number;
      data[to + 1] = photo.data[from * 3 + 1] as number;
      data[to + 2] = photo.data[from * 3 + 2] as number;
      data[to + 3] = opacity;
    }
  }
  return { widthPx, heightPx, data };
};

/** Pixels that the matte puts on the other side than the mask. */
const moved = (mask: Bitmap, matte: Bitmap): number => {
  let count = 0;
  for (let index = 0; index < mask.data.length; index++) if ((mask.data[index] as number) >= insideFrom !== (matte.data[index] as number) >= insideFrom) count++;
  return count;
};

export const cutoutExport: ExportFormat = {
  id: 'cutout',
  label: 'Cut-outs',
  summary: 'Each product without its background: PNG or WebP with straight alpha, and where each lies in its photo.',
  limits: ['Where the matte is the edge: pixels that the matte and the mask put on different sides.'],
  photos: 'always',
  hasCategories: true,
  options: [
    { kind: 'switch', name: 'trim', label: 'Trim', note: 'Only as large as what is to be seen; else as large as the photo.', initial: true },
    {
      kind: 'choice',
      name: 'edge',
      label: 'Edge',
      note: 'Soft as the matte has it, where there is one; or hard, pixel by pixel, as the mask has it.',
      choices: [
        { value: 'matte', label: 'Matte, where there is one' },
        { value: 'mask', label: 'Mask' },
      ],
      initial: 'matte',
    },
    {
      kind: 'choice',
      name: 'format',
      label: 'Files',
      note: 'WebP is smaller; PNG is read everywhere.',
      choices: [
        { value: 'png', label: 'PNG' },
        { value: 'webp', label: 'WebP, lossless' },
        { value: 'webp-lossy', label: 'WebP, smaller, colours by quality' },
      ],
      initial: 'png',
    },
    { kind: 'number', name: 'quality', label: 'Quality', note: 'Of colours in smaller WebP files; alpha is always kept as it is.', min: 1, max: 100, step: 1, unit: '%', initial: 90, when: { name: 'format', value: 'webp-lossy' } },
  ],
  readBack: 'cutout',
  open: ({ codec, options, splits }) => {
    const isWebp = options.format !== 'png';
    const file: CutoutFile = isWebp ? { format: 'webp', quality: options.format === 'webp' ? null : Number(options.quality) } : { format: 'png' };
    return {
      encode: async (item) => {
        const { mask, entry } = item;
        const matte = options.edge === 'matte' ? await item.matte() : null;
        const alpha = matte ?? mask;
        const photo = await codec.photoRgb(await item.photo());
        if (photo.widthPx !== mask.widthPx || photo.heightPx !== mask.heightPx) {
          throw new ExpectedError('mask_size_mismatch', `The photo of ${entry.asset.id} is ${photo.widthPx} x ${photo.heightPx} pixels and its mask ${mask.widthPx} x ${mask.heightPx}.`);
        }
        const rect = options.trim === true ? trimmed(alpha) : { xPx: 0, yPx: 0, widthPx: mask.widthPx, heightPx: mask.heightPx };
        if (isWebp && Math.max(rect.widthPx, rect.heightPx) > webpMostPx) throw new ExpectedError('image_too_large', `The cut-out of ${entry.asset.id} is ${rect.widthPx} x ${rect.heightPx} pixels, and WebP holds ${webpMostPx} a side: choose PNG.`);
        const path = `cutouts/${item.stem}.${isWebp ? 'webp' : 'png'}`;
        const line: SidecarLine = {
          file: path,
          image: item.photoName,
          width: mask.widthPx,
          height: mask.heightPx,
          left: rect.xPx,
          top: rect.yPx,
          cutout_width: rect.widthPx,
          cutout_height: rect.heightPx,
          edge: matte === null ? 'mask' : 'matte',
          category: item.category.name,
        };
        const lost = matte === null ? 0 : moved(mask, matte);
        return {
          files: [{ path: withSplit(item.split, path), bytes: await codec.encodeCutout(cut(photo, alpha, rect), file) }],
          fragments: [{ spool: `cutouts-${item.split ?? 'all'}`, text: `${JSON.stringify(line)}\n` }],
          losses: lost === 0 ? [] : [`${lost === 1 ? '1 pixel is' : `${lost} pixels are`} on the other side of the matte's edge than of the mask's.`],
        };
      },
      documents: () => (splits.length === 0 ? [null] : splits).map((split) => ({ path: withSplit(split, sidecarName), parts: [{ spool: `cutouts-${split ?? 'all'}`, separator: '' }] })),
    };
  },
};
