import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type RevisionId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { ImportOrigin } from '../../../shared/domain/importOrigin.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { areaPx, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { AnnotatedImage } from '../../../shared/ports/importFormat.ts';
import { sha256Hex } from '../../base/hash.ts';
import { readStoredMask } from '../pixels/storedMask.ts';
import { resizeNearest, storedMask, uprightMask } from './fitMask.ts';
import type { Inspection } from './inspection.ts';
import { joinMasks } from './joinInstances.ts';
import type { MaskImportParts } from './parts.ts';
import type { PlannedImage } from './planImport.ts';
import { decodeAt } from './readSource.ts';
import { refOf, sameSize, sizeText, type AssetFacts, type NewPhoto } from './records.ts';

/** One that is to be imported. */
export type PlannedMask = PlannedImage & { readonly skip: null };

/** A mask that is stored as a blob already, and the photo that must be there before it. */
export interface MadeRevision {
  readonly revision: NewRevision;
  readonly photo: NewPhoto | null;
}

const changed = (): ExpectedError => new ExpectedError('annotations_invalid', 'The source has changed since it was looked at. Look at it again.');

const fitted = (mask: Bitmap, { fit, target, size }: PlannedMask, { orientation }: MaskImportParts): { readonly mask: Bitmap; readonly changes: readonly string[] } => {
  if (size === null || fit === 'as it is') return { mask, changes: [] };
  if (fit === 'resize') return { mask: resizeNearest(mask, size), changes: [`Resized from ${sizeText(mask)}.`] };
  // A photo that is added becomes upright; one of the store counts as the store's setting says.
  const isUpright = 'photo' in target || orientation === 'exif';
  return { mask: isUpright ? uprightMask(mask, fit.turn) : storedMask(mask, fit.turn), changes: [`Turned as the photo's EXIF orientation ${fit.turn} says.`] };
};

/** Whether the asset has this mask already, so that nothing would be new: as its head, or waiting beside a person's work. */
const isThere = async ({ asset, revisions, isWorkedOn }: AssetFacts, mask: Bitmap, maskSha256: Sha256, { blobs, codec }: MaskImportParts): Promise<boolean> => {
  const head = revisions.find(({ revisionId }) => revisionId === asset.headRevisionId);
  if (head?.maskSha256 === maskSha256) return true;
  if (isWorkedOn && revisions.some((revision) => revision.origin === 'import' && revision.maskSha256 === maskSha256)) return true;
  // The same pixels may have been written by another program.
  if (head === undefined || !sameSize(head, mask) || head.areaPx !== areaPx(mask)) return false;
  return sameBitmap(await codec.decodeMask(await readStoredMask(blobs, head.maskSha256)), mask);
};

const maskOf = async (image: AnnotatedImage, planned: PlannedMask, parts: MaskImportParts): Promise<{ readonly mask: Bitmap; readonly changes: readonly string[] }> => {
  const { joined, record, size } = planned;
  const instanceAt = (index: number): Promise<Bitmap> => {
    const instance = image.instances[index];
    if (instance === undefined) throw changed();
    return decodeAt(instance);
  };
  if (image.instances.length !== record.instances.length || image.file !== record.file || size === null) throw changed();
  const whole = await joinMasks(joined, size, instanceAt);
  if (joined.add.length > 0 && (record.size === null || !sameSize(whole, record.size))) throw changed();
  const { mask, changes } = fitted(whole, planned, parts);
  const said: string[] = [];
  if (joined.several > joined.add.length) said.push(`The largest of ${joined.several} instances.`);
  if (joined.subtract.length > 0) said.push(`${joined.subtract.length === 1 ? '1 instance was' : `${joined.subtract.length} instances were`} taken away from it.`);
  return { mask, changes: [...said, ...changes] };
};

/**
 * Decodes, joins and fits one image's mask and stores it as a blob. Null: the asset has that mask already.
 * @throws ExpectedError annotations_invalid (also where the source is not what it was when it was looked at), image_unreadable, disk_full, blobs_unreachable
 */
export const makeRevision = async (image: AnnotatedImage, planned: PlannedMask, { read }: Inspection, parts: MaskImportParts): Promise<MadeRevision | null> => {
  const { blobs, codec, clock, reviewer } = parts;
  const { target, joined, record } = planned;
  const { mask, changes } = await maskOf(image, planned, parts);
  const png = await codec.encodeMask(mask);
  const maskSha256 = sha256Hex(png);
  const facts = 'facts' in target ? target.facts : null;
  if (facts !== null && (await isThere(facts, mask, maskSha256, parts))) return null;
  if (!(await blobs.has(maskBlobKey(maskSha256)))) await blobs.put(maskBlobKey(maskSha256), png);
  const importOrigin: ImportOrigin = {
    format: read.format.id,
    source: read.source.name,
    place: record.place,
    categories: [...new Set(joined.add.flatMap((index) => record.instances[index]?.category ?? []))],
    instances: joined.add.length,
    changes,
  };
  const asset: AssetRef = 'facts' in target ? refOf(target.facts.asset) : refOf(target.photo);
  const revision: NewRevision = {
    revisionId: asId<RevisionId>(clock.uuid()),
    asset,
    parentId: facts?.asset.headRevisionId ?? null,
    maskSha256,
    matteSha256: null,
    widthPx: mask.widthPx,
    heightPx: mask.heightPx,
    areaPx: areaPx(mask),
    origin: 'import',
    author: reviewer(),
    model: null,
    prompts: null,
    importOrigin,
  };
  return { revision, photo: 'photo' in target ? target.photo : null };
};
