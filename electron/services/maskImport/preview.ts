import { skipReasons, type ImportOutcome, type ImportPreview, type MatchedImage, type OtherPhotoImage, type OtherSizeImage, type SeveralImage, type SkipReason, type UnclearImage, type UnknownImage, type ImageExample } from '../../../shared/contracts/rpc/maskImports.ts';
import { counted } from '../../../shared/domain/counted.ts';
import type { ImportDecisions } from '../../../shared/domain/importDecisions.ts';
import { nameOf } from './imageNames.ts';
import type { Inspection } from './inspection.ts';
import type { ImportPlan, PlannedImage } from './planImport.ts';
import { isShapeless, isTurnedSize, refOf, sameSize, turnOf, type ImageRecord } from './records.ts';
import { Tally } from './tally.ts';

const exampleOf = ({ image, file, place }: ImageRecord): ImageExample => ({ image, file, place });

/** What is to be decided, in a sentence. */
const stopSentences: Partial<Record<keyof ImportDecisions, (count: number, first: string) => string>> = {
  unknown: (count, first) => `${counted(count, 'image belongs', 'images belong')} to no photo of this store (${first}). Skip them, or add their photos.`,
  unclear: (count, first) => `For ${counted(count, 'image', 'images')} it is not clear which photo is meant (${first}). Choose it, or skip them.`,
  otherPhoto: (count, first) => `For ${counted(count, 'image', 'images')} of this export another photo has the id here (${first}). Skip them, or use them where it is the same photo after all.`,
  otherSize: (count, first) => `${counted(count, 'mask is', 'masks are')} not as large as the photo (${first}). Skip them, or resize them.`,
  several: (count, first) => `${counted(count, 'image has', 'images have')} more than one instance (${first}). Join them, or take the largest.`,
};

export const countSkips = (images: readonly PlannedImage[]): ImportOutcome['skipped'] => {
  const counts = new Map<SkipReason, number>();
  for (const { skip } of images) if (skip !== null && skip !== 'stop') counts.set(skip, (counts.get(skip) ?? 0) + 1);
  return skipReasons.flatMap((reason) => (counts.has(reason) ? [{ reason, count: counts.get(reason) ?? 0 }] : []));
};

const brokenStops = ({ broken: choice }: ImportDecisions, { count, examples: [first] }: ImportPlan['broken']): ImportOutcome['stops'] =>
  choice === 'skip' || first === undefined ? [] : [{ decision: 'broken', sentence: `${counted(count, 'part of it is', 'parts of it are')} broken (${count === 1 ? '' : 'first: '}${first.sentence.replace(/\.$/, '')}). Mend ${count === 1 ? 'it, or leave it' : 'them, or leave them'} out.` }];

/** @param same numbers of images that bring nothing new */
export const outcomeOf = ({ decisions, images, stops, broken }: ImportPlan, same: ReadonlySet<number>): ImportOutcome => {
  const used = images.flatMap((planned) => (planned.target === null || same.has(planned.record.image) ? [] : [planned]));
  return {
    decisions,
    masks: used.length,
    same: same.size,
    added: used.filter(({ target }) => 'photo' in target).length,
    resized: used.filter(({ fit }) => fit !== 'as it is').length,
    beside: used.filter(({ fact }) => fact?.isWorkedOn === true).length,
    skipped: countSkips(images),
    stops: [...brokenStops(decisions, broken), ...[...stops].map(([decision, { count, first }]) => ({ decision, sentence: stopSentences[decision]?.(count, `first: ${first.file}`) ?? `${decision}: ${count}` }))],
  };
};

/** What people see of a source before anything is done. */
export const previewOf = ({ read, samples }: Inspection, plan: ImportPlan, same: ReadonlySet<number>): ImportPreview => {
  const matched = new Tally<MatchedImage>();
  const unclear = new Tally<UnclearImage>();
  const unknown = new Tally<UnknownImage>();
  const otherPhoto = new Tally<OtherPhotoImage>();
  const otherSize = new Tally<OtherSizeImage>();
  const several = new Tally<SeveralImage>();
  const overlapping = new Tally<SeveralImage>();
  const empty = new Tally<ImageExample>();
  const shapeless = new Tally<ImageExample>();
  const crowd = new Tally<{ readonly place: string }>();
  const workedOn = new Tally<MatchedImage>();
  const there = new Tally<MatchedImage>();
  const categories = new Map(read.reader.categories.map((name) => [name, { name, instances: 0, areaPx: 0 }]));
  let instances = 0;
  for (const { record, owner, obstacle, size, fact, photo, orientation, isOtherPhoto } of plan.images) {
    const example = exampleOf(record);
    instances += record.instances.length;
    for (const { category, areaPx, isCrowd } of record.instances) {
      const known = categories.get(category) ?? { name: category, instances: 0, areaPx: 0 };
      categories.set(category, { ...known, instances: known.instances + 1, areaPx: known.areaPx + areaPx });
      if (isCrowd) crowd.add({ place: record.place });
    }
    if (record.instances.length === 0 && record.broken === 0) empty.add(example);
    if (isShapeless(record)) shapeless.add(example);
    const countable = record.instances.filter((instance) => !instance.isCrowd && !instance.isShapeless && !instance.isBroken).length;
    if (countable > 1) several.add({ ...example, instances: countable, overlapPx: record.overlapPx });
    if (record.overlapPx > 0) overlapping.add({ ...example, instances: countable, overlapPx: record.overlapPx });
    if (owner?.kind === 'unclear') unclear.add({ ...example, candidates: owner.candidates, isRival: owner.isRival });
    else if (owner?.kind === 'unknown') unknown.add({ ...example, hasPhoto: obstacle === null || record.photoPath !== null, obstacle });
    else if (owner?.kind === 'asset') {
      if (fact === null) {
        unknown.add({ ...example, hasPhoto: false, obstacle });
        continue;
      }
      const match = { ...example, asset: owner.asset, way: owner.way };
      matched.add(match);
      if (isOtherPhoto) {
        const { width = null, height = null } = read.manifest?.get(nameOf(record.file)) ?? {};
        otherPhoto.add({ ...match, photoWidthPx: fact.size.widthPx, photoHeightPx: fact.size.heightPx, exportedWidthPx: width, exportedHeightPx: height });
      }
      if (fact.isWorkedOn) workedOn.add(match);
      if (same.has(record.image)) there.add(match);
    }
    // Of an unknown image, where its photo is to be added: till then nobody need decide about its size.
    const asset = fact !== null ? refOf(fact.asset) : photo !== null && plan.decisions.unknown === 'add' ? refOf(photo) : null;
    if (asset !== null && size !== null && record.size !== null && record.instances.length > 0 && !isShapeless(record) && !sameSize(size, record.size)) {
      otherSize.add({
        ...example,
        asset,
        maskWidthPx: record.size.widthPx,
        maskHeightPx: record.size.heightPx,
        photoWidthPx: size.widthPx,
        photoHeightPx: size.heightPx,
        isTurned: isTurnedSize(record.size, size),
        canBeTurned: turnOf(record.size, size, orientation) !== null,
      });
    }
  }
  return {
    inspectionId: read.inspectionId,
    format: read.format.id,
    formatLabel: read.format.label,
    source: read.source.name,
    images: read.images.length,
    instances,
    matched: matched.findings(),
    unclear: unclear.findings(),
    unknown: unknown.findings(),
    otherPhoto: otherPhoto.findings(),
    otherSize: otherSize.findings(),
    several: several.findings(),
    overlapping: overlapping.findings(),
    empty: empty.findings(),
    shapeless: shapeless.findings(),
    crowd: crowd.findings(),
    workedOn: workedOn.findings(),
    same: there.findings(),
    remarks: read.remarks,
    broken: read.broken,
    categories: [...categories.values()],
    isOwnExport: read.manifest !== null,
    samples: samples.map(({ sample }) => sample),
    outcome: outcomeOf(plan, same),
  };
};
