import { areaPx } from '../../../shared/mask/bitmap.ts';
import type { ExportFormat, ExportItem } from '../../../shared/ports/exportFormat.ts';
import { withSplit } from '../paths.ts';
import { onOneLine } from '../labels/onOneLine.ts';
import { paintOutline, paintTint } from './paint.ts';

/** What means something in a cell of a Markdown table. */
const inCell = (text: string): string => onOneLine(text).replace(/[\\`*_{}[\]()<>#+!|~$]/g, (sign) => `\\${sign}`);

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const verdictOf = ({ entry: { verdict, state } }: ExportItem): string =>
  verdict === null ? state.replaceAll('_', ' ') : `${verdict.kind === 'approve' ? 'approved' : `rejected (${verdict.reason ?? 'no reason'})`} by ${verdict.reviewer}, ${day(verdict.atMs)}`;

const heading = ['', 'overlay', 'asset', 'title', 'size', 'area', 'share', 'verdict'];

/** Fitted, never enlarged. */
const fit = (widthPx: number, heightPx: number, mostPx: number): readonly [widthPx: number, heightPx: number] => {
  const scale = Math.min(1, mostPx / Math.max(widthPx, heightPx));
  return [Math.max(1, Math.round(widthPx * scale)), Math.max(1, Math.round(heightPx * scale))];
};

/** For looking at. */
export const overlayExport: ExportFormat = {
  id: 'overlay',
  label: 'Overlays for a report',
  summary: 'Each photo with its mask tinted and outlined, and a list of them in Markdown.',
  limits: ['It is for looking at: masks cannot be taken out of it again.'],
  photos: 'always',
  hasCategories: false,
  options: [
    {
      kind: 'choice',
      name: 'format',
      label: 'Files',
      note: 'JPEG opens everywhere; WebP is smaller.',
      choices: [
        { value: 'webp', label: 'WebP' },
        { value: 'jpeg', label: 'JPEG' },
      ],
      initial: 'webp',
    },
    { kind: 'switch', name: 'full', label: 'Full size', note: 'As large as the photo, whatever the longest side says.', initial: false },
    { kind: 'number', name: 'side', label: 'Longest side', note: 'Smaller photos stay as they are.', min: 64, max: 16_000, step: 1, unit: 'px', initial: 1600 },
    { kind: 'switch', name: 'outline', label: 'Outline', note: 'Draws the edge of the mask.', initial: true },
    { kind: 'number', name: 'quality', label: 'Quality', note: 'Higher is larger.', min: 1, max: 100, step: 1, unit: '%', initial: 85 },
  ],
  readBack: null,
  open: ({ codec, options, snapshot, tool }) => {
    const format = options.format === 'jpeg' ? 'jpeg' : 'webp';
    // Neither format holds longer sides.
    const mostPx = options.full === true ? 16_000 : Number(options.side);
    return {
      encode: async (item) => {
        const { mask, entry, number } = item;
        const [widthPx, heightPx] = fit(mask.widthPx, mask.heightPx, mostPx);
        const photo = await codec.rgbAt(await item.photo(), widthPx, heightPx);
        // What the codec gave may be its own buffer.
        const picture = { widthPx, heightPx, data: Uint8Array.from(photo.data) };
        const coverage = widthPx === mask.widthPx && heightPx === mask.heightPx ? mask.data : await codec.resizeGrey(mask.data, mask.widthPx, mask.heightPx, widthPx, heightPx);
        paintTint(picture, coverage);
        if (options.outline === true) paintOutline(picture, coverage, Math.max(1, Math.round(Math.max(widthPx, heightPx) / 1000)));
        const path = withSplit(item.split, `overlays/${item.stem}.${format === 'jpeg' ? 'jpg' : 'webp'}`);
        const area = areaPx(mask);
        const cells = [
          `${number}`,
          `![${inCell(entry.asset.id)}](${encodeURI(path).replace(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`,
          inCell(entry.asset.id),
          inCell(entry.title ?? ''),
          `${mask.widthPx} x ${mask.heightPx}`,
          `${area}`,
          `${((100 * area) / mask.data.length).toFixed(1)} %`,
          inCell(verdictOf(item)),
        ];
        return { files: [{ path, bytes: await codec.encodePicture(picture, { format, quality: Number(options.quality) }) }], fragments: [{ spool: 'rows', text: `| ${cells.join(' | ')} |\n` }], losses: [] };
      },
      documents: () => [
        {
          path: 'report.md',
          parts: [
            `# ${inCell(snapshot.setName)}, snapshot ${snapshot.number}\n\n${snapshot.entryCount} ${snapshot.entryCount === 1 ? 'mask' : 'masks'}, frozen on ${day(snapshot.createdAtMs)} by ${inCell(snapshot.createdBy)}. Areas are in pixels of the photo. Written by ${inCell(tool)}.\n\n| ${heading.join(' | ')} |\n|${heading.map(() => '---|').join('')}\n`,
            { spool: 'rows', separator: '' },
          ],
        },
      ],
    };
  },
};
