import { assetKinds, type Asset, type AssetKind } from '../../shared/domain/asset.ts';
import { checkLabels } from '../../shared/domain/check.ts';
import type { AssetId, RevisionId, Sha256 } from '../../shared/domain/ids.ts';
import { asId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Store } from '../../shared/ports/store/store.ts';

/** The kind option of commands: the domain's words, and the folders' words that people type for import. */
export const parseKind = (text: string | undefined): AssetKind | undefined => {
  if (text === undefined) return undefined;
  if (text === 'products') return 'product_image';
  if (text === 'keyframes') return 'keyframe';
  if (assetKinds.includes(text as AssetKind)) return text as AssetKind;
  throw new ExpectedError('usage', `--kind is products or keyframes, not '${text}'.`);
};

/** @throws ExpectedError not_found, usage (the id is both an image's and a keyframe's) */
export const assetWithId = async (store: Store, id: string, kind: AssetKind | undefined): Promise<Asset> => {
  const found = (await store.assets.withId(asId<AssetId>(id))).filter((asset) => kind === undefined || asset.kind === kind);
  const [first, second] = found;
  if (first === undefined) throw new ExpectedError('not_found', `There is no asset '${id}' in ${store.location}; 'maskdesk queue --text ${id}' looks for a part of an id or title.`);
  if (second !== undefined) throw new ExpectedError('usage', `'${id}' is a product image and a keyframe: say which with --kind products or --kind keyframes.`);
  return first;
};

/** The record of an asset that every command prints with --json. */
export const assetRecord = async (store: Store, asset: Asset): Promise<Record<string, unknown>> => ({
  asset_id: asset.id,
  kind: asset.kind,
  state: asset.state,
  product_id: asset.productId ?? undefined,
  video_id: asset.videoId ?? undefined,
  ts: asset.timestampS ?? undefined,
  job_ids: asset.jobIds,
  title: asset.title,
  local_path: asset.localPath,
  masked_local_path: asset.maskedLocalPath,
  width: asset.widthPx,
  height: asset.heightPx,
  revision_sha256: await headSha256(store, asset.headRevisionId),
  model: asset.headModelId,
  area_share: asset.headAreaShare,
  reason: asset.reason ?? undefined,
  suspicion: asset.suspicion ?? undefined,
  top_check: asset.topCheck ?? undefined,
  check_value: asset.checkValue ?? undefined,
});

export const headSha256 = async (store: Store, head: RevisionId | null): Promise<Sha256 | null> =>
  head === null ? null : ((await store.revisions.get(head))?.maskSha256 ?? null);

/** One line for people. */
export const assetLine = (asset: Asset): string =>
  [
    asset.state.padEnd(12),
    (asset.kind === 'keyframe' ? 'keyframe' : 'product').padEnd(9),
    asset.id,
    asset.headModelId === null ? '' : `  ${asset.headModelId}`,
    asset.headAreaShare === null ? '' : `  ${(asset.headAreaShare * 100).toFixed(1)} %`,
    asset.maskedLocalPath === null ? '' : `  ${asset.maskedLocalPath}`,
    asset.reason === null ? '' : `  (${asset.reason})`,
    asset.topCheck === null ? '' : `  ${checkLabels[asset.topCheck]}: ${asset.checkValue ?? ''}`,
  ].join('');
