import type { AssetRef } from '../../domain/asset.ts';
import type { MaskChecks } from '../../domain/check.ts';
import type { RevisionId } from '../../domain/ids.ts';

/** An asset whose head has no checks of the version that was asked for. */
export interface UncheckedHead {
  readonly asset: AssetRef;
  readonly revisionId: RevisionId;
}

/** Checks by revision. Those of a head are also in its asset's row, where the queue sorts and filters by them. */
export interface CheckStore {
  get(revisionId: RevisionId): Promise<MaskChecks | null>;
  /** Keeps or replaces; all or nothing. Returns the assets whose head's checks they are. Checks of revisions that are not there are left out. */
  put(checks: readonly MaskChecks[]): Promise<readonly AssetRef[]>;
  /** Heads without checks of this version, the worst by what is known first; cheap however many assets there are. */
  unchecked(version: number, limit: number, except: ReadonlySet<RevisionId>): Promise<readonly UncheckedHead[]>;
}
