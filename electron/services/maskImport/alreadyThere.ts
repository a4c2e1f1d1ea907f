import { assetKey } from '../../../shared/domain/asset.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { areaPx, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { sha256Hex } from '../../base/hash.ts';
import { inOrder } from '../export/inOrder.ts';
import { readStoredMask } from '../pixels/storedMask.ts';
import { incomingMask, recipeKey, recipeOf, type MaskRecipe } from './incomingMask.ts';
import type { Inspection } from './inspection.ts';
import type { MaskImportParts } from './parts.ts';
import { pickImages } from './pickImages.ts';
import type { ImportPlan } from './planImport.ts';
import { imagesAtATime } from './readSource.ts';
import { sameSize, type AssetFacts } from './records.ts';

type StandingMask = AssetFacts['revisions'][number];

/** Those that make a mask no news where they have its pixels: the head, and what waits beside a person's work already. */
const standingMasks = ({ asset, revisions, isWorkedOn }: AssetFacts): readonly StandingMask[] =>
  revisions.filter(({ revisionId, origin, beside }) => revisionId === asset.headRevisionId || (isWorkedOn && origin === 'import' && beside !== 'undone'));

/** Null: it can't be read. */
export const decodedStanding = async ({ maskSha256 }: Pick<StandingMask, 'maskSha256'>, { blobs, codec }: Pick<MaskImportParts, 'blobs' | 'codec'>): Promise<Bitmap | null> => {
  try {
    return await codec.decodeMask(await readStoredMask(blobs, maskSha256));
  } catch (error) {
    // A mask that rotted is no reason to refuse a good one.
    if (isExpected(error, 'blob_missing') || isExpected(error, 'blob_corrupt') || isExpected(error, 'image_unreadable')) return null;
    throw error;
  }
};

/** Whether the asset has this mask already, so that nothing would be new. @param fileSha256 of the mask as this store writes it */
export const isThere = async (facts: AssetFacts, mask: Bitmap, fileSha256: () => Promise<Sha256>, parts: MaskImportParts): Promise<boolean> => {
  const area = areaPx(mask);
  for (const standing of standingMasks(facts)) {
    if (!sameSize(standing, mask) || standing.areaPx !== area) continue;
    if (standing.maskSha256 === (await fileSha256())) return true;
    // The same pixels may have been written by another program.
    const pixels = await decodedStanding(standing, parts);
    if (pixels !== null && sameBitmap(pixels, mask)) return true;
  }
  return false;
};

/** Between how many pixels a mask has, as far as its instances' areas say it. */
const areaBounds = ({ record, joined, fit, size }: MaskRecipe): readonly [least: number, most: number] => {
  const areas = (indices: readonly number[]): readonly number[] => indices.map((index) => record.instances[index]?.areaPx ?? 0);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const added = areas(joined.add);
  const least = Math.max(0, added.reduce((most, area) => Math.max(most, area), 0) - sum(areas(joined.subtract)));
  const most = sum(added);
  if (fit !== 'resize' || size === null || record.size === null) return [least, most];
  const across = size.widthPx / record.size.widthPx;
  const down = size.heightPx / record.size.heightPx;
  return [least * Math.floor(across) * Math.floor(down), most * Math.ceil(across) * Math.ceil(down)];
};

/** By sizes and areas alone: what can't be the same need not be decoded again. */
const couldBeThere = (facts: AssetFacts, recipe: MaskRecipe): boolean => {
  const { size } = recipe;
  if (size === null) return false;
  const [least, most] = areaBounds(recipe);
  return standingMasks(facts).some((standing) => sameSize(standing, size) && standing.areaPx >= least && standing.areaPx <= most);
};

/** The same mask may be there at one photo and new at another one. */
const keyOf = (recipe: MaskRecipe, { asset }: AssetFacts): string => `${recipeKey(recipe)} ${asset.headRevisionId ?? ''} ${assetKey(asset)}`;

/**
 * Which images bring nothing new, by their numbers, as the import itself would find. Reads only masks again whose area could be that of one that is there; what was
 * compared for an inspection is not compared again. Yields how many of how many are compared.
 * @throws ExpectedError as incomingMask; CancelledError
 */
export async function* findSame(inspection: Inspection, plan: ImportPlan, parts: MaskImportParts, signal: AbortSignal | undefined): AsyncGenerator<{ readonly done: number; readonly total: number }, ReadonlySet<number>> {
  const { isSameByKey } = inspection;
  const candidates = plan.images.flatMap((planned) => {
    if (planned.skip !== null || !('facts' in planned.target)) return [];
    const recipe = recipeOf(planned);
    const { facts } = planned.target;
    return couldBeThere(facts, recipe) ? [{ recipe, key: keyOf(recipe, facts), facts }] : [];
  });
  const open = candidates.filter(({ key }) => !isSameByKey.has(key));
  const compared = inOrder(
    pickImages(inspection.read.reader, new Map(open.map((one) => [one.recipe.record.image, one]))),
    imagesAtATime,
    async ({ image, of: { recipe, key, facts } }) => {
      const { mask } = await incomingMask(image, recipe, parts);
      return { key, isSame: await isThere(facts, mask, async () => sha256Hex(await parts.codec.encodeMask(mask)), parts) };
    },
    signal,
  );
  let done = 0;
  for await (const { key, isSame } of compared) {
    isSameByKey.set(key, isSame);
    yield { done: ++done, total: open.length };
  }
  return new Set(candidates.flatMap(({ recipe, key }) => (isSameByKey.get(key) === true ? [recipe.record.image] : [])));
}
