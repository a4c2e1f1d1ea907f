import { isCancelled } from '../../../shared/errors/errors.ts';
import { spread } from '../../../shared/flat/spread.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { pngHasAlpha } from '../../../shared/picture/pngColours.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type AnnotatedImage, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';
import { baseName } from '../labels/fileNames.ts';
import { readJsonLines, type JsonLine } from '../labels/jsonLines.ts';
import { readPicture } from '../labels/keyedRaster.ts';
import { insideFrom } from './export.ts';
import { sidecarLine, sidecarName, type SidecarLine } from './sidecar.ts';

const plainCategory = 'cutout';
const mostLooked = 8;

const isCutout = (path: string): boolean => /\.(png|webp)$/i.test(path);

/** @param data RGBA */
const isSomewhereTransparent = (data: Uint8Array): boolean => {
  for (let at = 3; at < data.length; at += 4) if ((data[at] as number) < insideFrom) return true;
  return false;
};

/** The alpha of a file, laid where the line says. @throws ExpectedError annotations_invalid */
const maskOf = async (source: AnnotationSource, context: ImportContext, path: string, at: SidecarLine | null): Promise<Bitmap> => {
  const { widthPx, heightPx, data } = await readPicture(source, context, path, (bytes) => context.codec.decodeCutout(bytes));
  if (at !== null && (widthPx !== at.cutout_width || heightPx !== at.cutout_height)) {
    throw brokenAt(path, null, `It is ${widthPx} x ${heightPx} pixels, and ${sidecarName} says ${at.cutout_width} x ${at.cutout_height}.`);
  }
  if (at === null && !isSomewhereTransparent(data)) throw brokenAt(path, null, `Nothing of it is transparent: it cuts nothing out.${/\.png$/i.test(path) ? ' Masks in black and white are read as Mask PNGs.' : ''}`);
  const mask = at === null ? emptyBitmap(widthPx, heightPx) : emptyBitmap(at.width, at.height);
  const [left, top] = at === null ? [0, 0] : [at.left, at.top];
  for (let y = 0, from = 3; y < heightPx; y++) {
    for (let x = 0, to = (top + y) * mask.widthPx + left; x < widthPx; x++, to++, from += 4) if ((data[from] as number) >= insideFrom) mask.data[to] = 255;
  }
  return mask;
};

interface Placed {
  readonly sidecar: string;
  readonly path: string;
  readonly line: JsonLine<SidecarLine>;
}

const readSidecars = async (source: AnnotationSource, context: ImportContext): Promise<readonly Placed[]> => {
  const files = new Set((await source.files()).map(({ path }) => path));
  const placed: Placed[] = [];
  for (const sidecar of [...files].filter((path) => baseName(path) === sidecarName)) {
    const folder = sidecar.slice(0, -sidecarName.length);
    const placeOf = ({ line, value: { file, width, height, left, top, cutout_width: wide, cutout_height: high } }: JsonLine<SidecarLine>): string => {
      const where = { line, column: 1 };
      if (width * height > context.maxPixels) throw brokenAt(sidecar, where, `It claims ${width} x ${height} pixels; ${context.maxPixels} are the most.`);
      if (left + wide > width || top + high > height) throw brokenAt(sidecar, where, 'The cut-out reaches beyond its photo.');
      const path = `${folder}${file}`;
      if (!files.has(path)) throw brokenAt(sidecar, where, `There is no file ${file} beside it.`);
      return path;
    };
    for (const line of await readJsonLines(source, sidecar, sidecarLine, context)) {
      const path = await steppingOver(context, () => placeOf(line));
      if (path !== null) placed.push({ sidecar, path, line });
    }
  }
  return placed;
};

/** Whether a file's header says that it has alpha; a palette may have it, and is not looked through. */
const hasAlpha = async (source: AnnotationSource, path: string): Promise<boolean> => {
  const file = await source.open(path);
  try {
    const head = await file.read(0, 32);
    const text = String.fromCharCode(...head);
    // VP8L: bit 4 of the byte after 4 of size · VP8X: bit 4 of the flags (RFC 9649, sections 2.7 and 3.4).
    if (text.startsWith('RIFF')) return text.startsWith('VP8L', 12) ? ((head[24] ?? 0) & 0x10) !== 0 : text.startsWith('VP8X', 12) && ((head[20] ?? 0) & 0x10) !== 0;
    return pngHasAlpha(head);
  } finally {
    await file.close();
  }
};

const unlessCancelled = (error: unknown): null => {
  if (isCancelled(error)) throw error;
  return null;
};

/** An alpha that says nothing is what drawing programs add to masks in black and white, too. */
const sureWhereOpaque = 0.05;

export const cutoutImport: ImportFormat = {
  id: 'cutout',
  label: 'Cut-outs',
  summary: 'PNG or WebP pictures with alpha; trimmed ones with the cutouts.jsonl that says where they lie. Alpha from one half up is mask; one that is transparent nowhere is refused.',
  recognise: async (source, context) => {
    const files = (await source.files()).map(({ path }) => path);
    if (files.some((path) => baseName(path) === sidecarName)) return 0.95;
    // From all over: the first ones may be of another kind than most.
    const looked = spread(files.filter(isCutout), mostLooked);
    let withAlpha = 0;
    for (const path of looked) if (await hasAlpha(source, path).catch(() => false)) withAlpha++;
    if (looked.length === 0 || withAlpha < looked.length) return 0;
    let isOpaque = false;
    for (const path of looked) {
      // What can't be read says nothing; opening it says why.
      const picture = await readPicture(source, context, path, (bytes) => context.codec.decodeCutout(bytes)).catch(unlessCancelled);
      if (picture === null) continue;
      if (isSomewhereTransparent(picture.data)) return 0.5;
      isOpaque = true;
    }
    return isOpaque ? sureWhereOpaque : 0.5;
  },
  open: async (source, context) => {
    const placed = await readSidecars(source, context);
    const alone = placed.length > 0 ? [] : (await source.files()).map(({ path }) => path).filter(isCutout);
    return {
      categories: placed.length > 0 ? [...new Set(placed.map(({ line }) => line.value.category))] : alone.length > 0 ? [plainCategory] : [],
      imageCount: placed.length + alone.length,
      images: async function* (): AsyncGenerator<AnnotatedImage> {
        for (const { sidecar, path, line } of placed) {
          const { image, width, height, category, edge } = line.value;
          const remarks = edge === 'matte' ? ['Its edge was a matte: alpha from one half up is mask.'] : [];
          const instance = { place: path, category, isCrowd: false, remarks, mask: () => maskOf(source, context, path, line.value) };
          yield { place: `${sidecar}, line ${line.line}`, file: image, id: null, size: { widthPx: width, heightPx: height }, photoPath: null, instances: [instance] };
        }
        for (const path of alone) {
          const instance = { place: path, category: plainCategory, isCrowd: false, remarks: [], mask: () => maskOf(source, context, path, null) };
          yield { place: path, file: path, id: null, size: null, photoPath: null, instances: [instance] };
        }
      },
    };
  },
};
