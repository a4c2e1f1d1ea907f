import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type RevisionId, type Sha256 } from '../../../shared/domain/ids.ts';
import type { SegmentParameters } from '../../../shared/domain/task.ts';
import { sha256Hex } from '../../base/hash.ts';

/** Same input and model: the photo's bytes, and everything that its mask depends on. */
export interface Work {
  readonly asset: AssetRef;
  readonly photoSha256: Sha256;
  readonly parameters: SegmentParameters;
  readonly weightsSha256: Sha256;
}

/**
 * The id of the revision that comes of a piece of work: always the same, so that whoever does it again, after a crash or in another
 * process, makes nothing new. A UUID of version 8 (RFC 9562: made as an application likes), which no random one is.
 */
export const revisionIdOf = ({ asset, photoSha256, parameters, weightsSha256 }: Work): RevisionId => {
  const { modelId, threshold, wantMatte } = parameters;
  const digest = sha256Hex(JSON.stringify([asset.kind, asset.id, photoSha256, modelId, weightsSha256, threshold, wantMatte]));
  return asId(`${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`);
};

/** Whether an id was made by {@link revisionIdOf}. */
export const isOfWork = (revisionId: RevisionId): boolean => /^[0-9a-f]{8}-[0-9a-f]{4}-8/.test(revisionId);
