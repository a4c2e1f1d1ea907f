import { setImmediate as breathe } from 'node:timers/promises';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { MaskChecks } from '../../../shared/domain/check.ts';
import { assess, checksVersion } from '../../../shared/checks/checkMask.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { measuredFamily, touchedBy } from './family.ts';

/**
 * Compares areas anew where one of them changed; no pixels are read, so that a new mask costs its relatives some rows. Kept and not worked out at
 * each reading, because the queue sorts and filters by it.
 * @returns the checks that came out otherwise than they are kept
 */
export const settleAreas = async (store: Pick<Store, 'assets' | 'checks' | 'revisions'>, changed: readonly AssetRef[]): Promise<readonly MaskChecks[]> => {
  const revised: MaskChecks[] = [];
  for (const { asset, family } of (await touchedBy(store, changed)).values()) {
    const kept = asset.headRevisionId === null ? null : await store.checks.get(asset.headRevisionId);
    if (kept === null || kept.version !== checksVersion || asset.headAreaShare === null) continue;
    const confidence = (await store.revisions.get(kept.revisionId))?.model?.confidence ?? null;
    const assessment = assess(kept.results, measuredFamily(family, asset, asset.headAreaShare), confidence);
    if (JSON.stringify(assessment.results) !== JSON.stringify(kept.results)) revised.push({ ...kept, ...assessment });
    await breathe();
  }
  return revised;
};
