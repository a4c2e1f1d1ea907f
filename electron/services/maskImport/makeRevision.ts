import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type RevisionId } from '../../../shared/domain/ids.ts';
import type { ImportOrigin } from '../../../shared/domain/importOrigin.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { areaPx } from '../../../shared/mask/bitmap.ts';
import type { AnnotatedImage } from '../../../shared/ports/importFormat.ts';
import { sha256Hex } from '../../base/hash.ts';
import { isThere } from './alreadyThere.ts';
import { incomingMask, recipeOf } from './incomingMask.ts';
import type { Inspection } from './inspection.ts';
import type { MaskImportParts } from './parts.ts';
import type { PlannedImage } from './planImport.ts';
import { refOf, type NewPhoto } from './records.ts';

/** One that is to be imported. */
export type PlannedMask = PlannedImage & { readonly skip: null };

/** A mask that is stored as a blob already, and the photo that must be there before it. */
export interface MadeRevision {
  readonly revision: NewRevision;
  readonly photo: NewPhoto | null;
}

/**
 * Decodes, joins and fits one image's mask and stores it as a blob. Null: the asset has that mask already.
 * @throws ExpectedError annotations_invalid (also where the source is not what it was when it was looked at), image_unreadable, disk_full, blobs_unreachable
 */
export const makeRevision = async (image: AnnotatedImage, planned: PlannedMask, { read }: Inspection, parts: MaskImportParts): Promise<MadeRevision | null> => {
  const { blobs, codec, clock, reviewer } = parts;
  const { target, joined, record } = planned;
  const { mask, changes } = await incomingMask(image, recipeOf(planned), parts);
  const png = await codec.encodeMask(mask);
  const maskSha256 = sha256Hex(png);
  const facts = 'facts' in target ? target.facts : null;
  if (facts !== null && (await isThere(facts, mask, async () => maskSha256, parts))) return null;
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
