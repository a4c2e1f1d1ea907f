import { join } from 'node:path';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import type { Sha256 } from '../../shared/domain/ids.ts';
import { runCli } from './cli.ts';

export interface Item {
  readonly asset_id: string;
  readonly kind: 'product_image' | 'keyframe';
  readonly state: string;
  readonly local_path: string;
  readonly masked_local_path: string | null;
  readonly width: number;
  readonly height: number;
  readonly revision_sha256: Sha256 | null;
  readonly model: string | null;
  readonly reason?: string;
  readonly job_ids: readonly string[];
}

/** The queue as the command line prints it. @param options as for `maskdesk queue` */
export const listItems = async (storeDir: string, ...options: readonly string[]): Promise<readonly Item[]> =>
  (await runCli('queue', '--store', storeDir, ...options)) as unknown as readonly Item[];

/** @throws when there is no such item */
export const itemOf = async (storeDir: string, assetId: string): Promise<Item> => {
  const item = (await listItems(storeDir)).find(({ asset_id }) => asset_id === assetId);
  if (item === undefined) throw new Error(`${assetId} is not in ${storeDir}`);
  return item;
};

/** Path of the version that is an item's mask now, approved or not. */
export const headMaskPath = (storeDir: string, { asset_id, revision_sha256 }: Item): string => {
  if (revision_sha256 === null) throw new Error(`${asset_id} has no mask`);
  return join(storeDir, maskBlobKey(revision_sha256));
};
