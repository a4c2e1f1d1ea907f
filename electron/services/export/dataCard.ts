import { splitNames } from '../../../shared/domain/maskSet.ts';
import type { SettledExport } from './exportKey.ts';
import { filterWords } from './filterWords.ts';
import { quantile, type ExportStatistics, type Tally } from './statistics.ts';

/** Longer lists are cut: a card is read by people, the manifest has all. */
const longest = 50;

export const standardLicenceNote = 'The photos belong to their owners (shops, sellers, makers of the videos). Masks may not be used beyond what the owners of the photos allow; ask whoever gave you this export.';

/** Text of the database in a Markdown table or line: no markup, no line breaks. */
const plain = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\`*_{}[\]<>|#~]/g, (character) => `\\${character}`);
const number = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ' ');
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const instant = (ms: number): string => new Date(ms).toISOString();

/** Most frequent first, then by name. */
const sorted = (tally: Tally): readonly (readonly [string, number])[] => [...tally].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
];

const tallyTable = (name: string, tally: Tally): string[] => {
  if (tally.size === 0) return [];
  const rows = sorted(tally);
  const shown = rows.slice(0, longest).map(([key, count]) => [plain(key), number(count)]);
  const rest = rows.slice(longest);
  return table([name, 'masks'], rest.length === 0 ? shown : [...shown, [`${rest.length} others`, number(rest.reduce((sum, [, count]) => sum + count, 0))]]);
};

const quantiles = [
  ['smallest', 0],
  ['5 %', 0.05],
  ['25 %', 0.25],
  ['median', 0.5],
  ['75 %', 0.75],
  ['95 %', 0.95],
  ['largest', 1],
] as const;

const splitSection = ({ split }: SettledExport, statistics: ExportStatistics): string[] => {
  if (split === null) return [];
  const { masks, masksBySplit, productsBySplit } = statistics;
  return [
    '## Split',
    '',
    `By product, seed ${split.seed}: a product, and the videos that it is linked to, are in one split alone.`,
    '',
    ...table(
      ['split', 'asked for', 'came out', 'masks', 'products'],
      splitNames.filter((name) => split.shares[name] > 0).map((name) => [name, percent(split.shares[name]), percent((masksBySplit.get(name) ?? 0) / Math.max(1, masks)), number(masksBySplit.get(name) ?? 0), number(productsBySplit.get(name) ?? 0)]),
    ),
  ];
};

/** How the files are called; told where that is not by the ids, since not every photo can keep its name. */
const namesWords = ({ names }: SettledExport, granted: readonly number[]): string => {
  if (names === 'ids') return 'by the id of the asset, after its kind';
  const [asTheyAre = 0, ...others] = granted;
  const apart = others.pop() ?? 0;
  const withFolders = others.reduce((sum, count) => sum + count, 0);
  return [
    `as the photos are: ${number(asTheyAre)}`,
    ...(withFolders === 0 ? [] : [`with folders before it, since several have one name: ${number(withFolders)}`]),
    ...(apart === 0 ? [] : [`with a digest behind it, since the folders are the same too: ${number(apart)}`]),
    'blanks and other characters that not every system takes are written %XX; the path of each photo is in the manifest',
  ].join('; ');
};

/** The data card of an export, in Markdown; of the snapshot and the choices alone, so that the same export has the same card. */
export const dataCard = (settled: SettledExport, statistics: ExportStatistics, namesGranted: readonly number[] = [], advice: readonly string[] = []): string => {
  const { snapshot, format, options, withPhotos, licenceNote, tool } = settled;
  const chosen = format.options.map(({ name }) => `${name} = ${plain(String(options[name]))}`);
  return [
    `# ${plain(snapshot.setName)}, snapshot ${snapshot.number}`,
    '',
    `${number(statistics.masks)} masks, frozen ${instant(snapshot.createdAtMs)} by ${plain(snapshot.createdBy)}.`,
    '',
    ...table(
      ['', ''],
      [
        ['set', plain(snapshot.setName)],
        ['snapshot', `${snapshot.number} (${snapshot.snapshotId})`],
        ['digest', `sha256:${snapshot.digest}`],
        ['what it holds', plain(filterWords(snapshot.filter))],
        ['format', `${plain(format.label)} (${format.id})${chosen.length === 0 ? '' : `: ${chosen.join(', ')}`}`],
        ['photos', withPhotos ? 'included, as the masks lie on them' : 'not included'],
        ['file names', namesWords(settled, namesGranted)],
        ['made with', plain(tool)],
      ],
    ),
    '## Contents',
    '',
    ...table(
      ['', ''],
      [
        ['masks', number(statistics.masks)],
        ['empty masks', number(statistics.empty)],
        ['products', number(statistics.products)],
        ['videos', number(statistics.videos)],
      ],
    ),
    ...tallyTable('kind', statistics.kinds),
    ...tallyTable('state', statistics.states),
    ...tallyTable('made by', statistics.makers),
    ...tallyTable('judged by', statistics.reviewers),
    ...tallyTable('category', statistics.categories),
    '## Sizes and areas',
    '',
    ...tallyTable('size, px', statistics.sizes),
    ...table(
      ['mask', 'area, px', 'share of its picture'],
      quantiles.map(([name, share]) => [name, number(Math.round(quantile(statistics.areasPx, share))), percent(quantile(statistics.shares, share))]),
    ),
    ...splitSection(settled, statistics),
    '## What the format can’t carry',
    '',
    ...(format.limits.length === 0 ? ['Nothing is lost.'] : format.limits.map((limit) => `- ${limit}`)),
    '',
    ...(advice.length === 0 ? [] : ['## To use it', '', ...advice.map((sentence) => `- ${sentence}`), '']),
    '## Licence',
    '',
    licenceNote ?? standardLicenceNote,
    '',
    'Each mask with its source, model, reviewer and verdict: `manifest.jsonl` and `manifest.parquet`.',
    '',
  ].join('\n');
};
