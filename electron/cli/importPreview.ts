import { counted } from '../../shared/domain/counted.ts';
import type { ImportDecisions } from '../../shared/domain/importDecisions.ts';
import type { Findings, ImportOutcome, ImportPreview, MatchedImage, OtherPhotoImage, SkipReason } from '../../shared/contracts/rpc/maskImports.ts';

const skipWords: Readonly<Record<SkipReason, string>> = {
  broken: 'that are broken',
  unknown: 'of no photo here',
  unclear: 'unclear whose',
  otherPhoto: 'whose id another photo has here',
  otherSize: 'of another size',
  several: 'with several instances',
  empty: 'without annotations',
  shapeless: 'with boxes alone',
  unused: 'with nothing that is to be added',
  workedOn: 'that a person has worked on',
};

export const skippedText = (skipped: ImportOutcome['skipped']): string => skipped.map(({ reason, count }) => `${count.toLocaleString('en')} ${skipWords[reason]}`).join(', ');

const wayWords: Readonly<Record<MatchedImage['way'], string>> = { path: 'path', id: 'id', name: 'name', ending: 'by the end of its name', chosen: 'chosen' };

/** How each thing that stands open is decided. */
const flags: Readonly<Record<string, string>> = {
  broken: '--broken skip',
  unknown: '--unknown skip|add',
  unclear: '--unclear skip',
  otherPhoto: '--other-photo skip|use',
  otherSize: '--other-size skip|resize',
  several: '--several join|largest',
};

export const flagOf = (decision: keyof ImportDecisions): string => flags[decision] ?? decision;

const shown = 3;

/** How the store's photo differs from the one that was exported, as far as sizes say it. */
const otherPhotoText = ({ photoWidthPx, photoHeightPx, exportedWidthPx, exportedHeightPx }: OtherPhotoImage): string =>
  exportedWidthPx === photoWidthPx && exportedHeightPx === photoHeightPx ? 'as large, and other pixels' : `${photoWidthPx} x ${photoHeightPx}, the exported one ${exportedWidthPx ?? '?'} x ${exportedHeightPx ?? '?'}`;

/** A line a finding: how many, and the first few by name. */
export const previewTable = (preview: ImportPreview): string => {
  const rows: [string, string][] = [];
  const row = <T>(name: string, { count, examples }: Findings<T>, sayOne: (example: T) => string): void => {
    if (count === 0) return;
    const said = examples.slice(0, shown).map(sayOne).join(', ');
    rows.push([name, `${count.toLocaleString('en')}  ${said}${count > shown ? ', ...' : ''}`]);
  };
  rows.push(['Format', preview.formatLabel], ['Images', preview.images.toLocaleString('en')], ['Instances', preview.instances.toLocaleString('en')]);
  row('Matched', preview.matched, ({ file, asset, way }) => `${file} -> ${asset.id} (${wayWords[way]})`);
  row('Unclear', preview.unclear, ({ file, candidates, isRival }) => `${file} (${isRival ? 'another image wants it too: ' : ''}${candidates.map(({ id }) => id).join(' or ')})`);
  row('Unknown', preview.unknown, ({ file, obstacle }) => `${file}${obstacle === null ? ' (with its photo)' : ` (${obstacle.replace(/\.$/, '')})`}`);
  row('Other photo', preview.otherPhoto, (image) => `${image.file} (another photo has the id ${image.asset.id} here: ${otherPhotoText(image)})`);
  row('Other size', preview.otherSize, ({ file, maskWidthPx, maskHeightPx, photoWidthPx, photoHeightPx, isTurned }) => `${file} (${maskWidthPx} x ${maskHeightPx}, photo ${photoWidthPx} x ${photoHeightPx}${isTurned ? ', turned by EXIF' : ''})`);
  row('Several instances', preview.several, ({ file, instances }) => `${file} (${instances})`);
  row('Overlapping', preview.overlapping, ({ file, overlapPx }) => `${file} (${overlapPx.toLocaleString('en')} px)`);
  row('Without annotations', preview.empty, ({ file }) => file);
  row('Boxes alone', preview.shapeless, ({ file }) => file);
  row('Crowds', preview.crowd, ({ place }) => place);
  row('Worked on', preview.workedOn, ({ asset }) => asset.id);
  row('Broken', preview.broken, ({ sentence }) => sentence);
  row('Remarks', preview.remarks, ({ place, sentence }) => `${place}: ${sentence.replace(/\.$/, '')}`);
  for (const { name, instances, areaPx } of preview.categories) rows.push([`Category ${name}`, `${counted(instances, 'instance')}, ${areaPx.toLocaleString('en')} px`]);
  const { masks, same, added, resized, beside, skipped, stops } = preview.outcome;
  const of = [added > 0 ? `${added} with a new photo` : '', resized > 0 ? `${resized} resized or turned` : '', beside > 0 ? `${beside} beside a person's work` : ''].filter((part) => part !== '');
  rows.push(['Would be imported', `${masks.toLocaleString('en')}${of.length > 0 ? ` (${of.join(', ')})` : ''}`]);
  if (same > 0) row('There already', preview.same, ({ asset }) => asset.id);
  if (skipped.length > 0) rows.push(['Left out', skippedText(skipped)]);
  for (const { decision, sentence } of stops) rows.push(['To be decided', `${sentence}  ${flagOf(decision)}`]);
  const width = Math.min(24, Math.max(...rows.map(([name]) => name.length)));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
};
