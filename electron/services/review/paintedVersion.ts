import type { Asset } from '../../../shared/domain/asset.ts';
import { asId, type RevisionId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { NewRevision } from '../../../shared/domain/revision.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { PaintedMask } from '../services.ts';
import type { MaskFactsCache } from './maskFacts.ts';

interface PainterParts {
  readonly clock: Clock;
  readonly maskFacts: MaskFactsCache;
  /** Who paints now. */
  readonly reviewer: () => string;
}

/** A version of a mask that this reviewer painted; its blob is stored already. @throws ExpectedError mask_size_mismatch */
export type PaintedVersion = (asset: Asset, painted: PaintedMask<Sha256>, parentId: RevisionId | null) => Promise<NewRevision>;

export const createPaintedVersion =
  ({ clock, maskFacts, reviewer }: PainterParts): PaintedVersion =>
  async (asset, { maskSha256, matteSha256 = null, prompts = null }, parentId) => {
    const facts = await maskFacts.of(maskSha256);
    if (asset.widthPx !== null && (asset.widthPx !== facts.widthPx || asset.heightPx !== facts.heightPx)) {
      throw new ExpectedError(
        'mask_size_mismatch',
        `The mask is ${facts.widthPx} x ${facts.heightPx}, but the picture is ${asset.widthPx} x ${asset.heightPx ?? 0} pixels. A mask has exactly its picture's size.`,
      );
    }
    return {
      revisionId: asId<RevisionId>(clock.uuid()),
      asset: { kind: asset.kind, id: asset.id },
      parentId,
      maskSha256,
      matteSha256,
      ...facts,
      origin: 'human',
      author: reviewer(),
      model: null,
      prompts,
    };
  };
