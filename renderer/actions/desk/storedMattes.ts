import { fetchMatteBytes, fetchRevisionMatte, uploadMatte } from '../../bridge/pixels.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId, Sha256 } from '../../../shared/domain/ids.ts';
import type { MatteStepRecord, MatteTrailRecord } from '../../../shared/domain/matteTrailRecord.ts';
import { encodeMatte, type Matte } from '../../../shared/edits/matte.ts';
import { digestOfState, sameDigest } from '../../../shared/edits/stateDigest.ts';
import type { KeptHistory } from '../../editor/history.ts';
import type { ComingMatte, KeptMatte, StoredMattes } from '../../editor/matte/matteTrail.ts';
import { reportFailure } from '../../stores/notices.ts';
import { maskTilesOf } from './assetPixels.ts';
import { raster } from './editors.ts';
import { knowStored, storedMaskOf } from './storedMasks.ts';

/** A matte is stored once, however many drafts and versions it lies beside. */
const uploads = new WeakMap<Matte, Promise<Sha256>>();

/** Stores a matte; its digest is what drafts and approvals are given. @throws ExpectedError offline, disk_full; asking again tries again */
export const storeMatte = (asset: AssetRef, matte: Matte): Promise<Sha256> => {
  const known = uploads.get(matte);
  if (known !== undefined) return known;
  const upload = uploadMatte(asset, encodeMatte(matte));
  uploads.set(matte, upload);
  upload.catch(() => uploads.delete(matte));
  return upload;
};

/** One that can't be read is said, and the mask is there without it: the mask is what counts. */
const orNone = async (reading: Promise<KeptMatte | null>): ComingMatte => {
  try {
    return await reading;
  } catch (error) {
    reportFailure(error, 'matte');
    return null;
  }
};

const open = async (asset: AssetRef, bytes: Uint8Array, matteSha256: Sha256): Promise<Matte> => {
  const matte = await raster.run('readMatte', { bytes }, { assetKey: assetKey(asset) });
  uploads.set(matte, Promise.resolve(matteSha256));
  return matte;
};

const readStep = async (asset: AssetRef, { step, matteSha256, madeSha256 }: MatteStepRecord, kept: KeptHistory | null): Promise<KeptMatte | null> => {
  const [matte, made] = await Promise.all([fetchMatteBytes(matteSha256).then((bytes) => open(asset, bytes, matteSha256)), storedMaskOf(madeSha256)]);
  const after = kept?.steps.find((each) => each.step === step - 1)?.digestAfter;
  // Undone and painted on just before a crash: the undo steps know of it, the draft does not yet.
  return after !== undefined && !sameDigest(after, digestOfState(made)) ? null : { matte, made };
};

/** Those of a draft; read while it is on the desk already. @param kept its undo steps */
export const storedMattesOf = (asset: AssetRef, { applied, mattes }: MatteTrailRecord, kept: KeptHistory | null = null): StoredMattes => ({
  applied,
  mattes: mattes.map((record) => ({ step: record.step, coming: orNone(readStep(asset, record, kept)) })),
});

const readRevision = async (asset: AssetRef, revisionId: RevisionId): Promise<KeptMatte | null> => {
  const stored = await fetchRevisionMatte(revisionId);
  if (stored === null) return null;
  const [matte, made] = await Promise.all([open(asset, stored.bytes, stored.matteSha256), maskTilesOf(revisionId)]);
  knowStored(made, stored.maskSha256);
  return { matte, made };
};

/** That of a version; read while its mask is on the desk already. */
export const mattesOfRevision = (asset: AssetRef, revisionId: RevisionId): StoredMattes => ({ applied: 0, mattes: [{ step: -1, coming: orNone(readRevision(asset, revisionId)) }] });
