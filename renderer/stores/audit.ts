import { create } from 'zustand';
import { sameAsset, type AssetRef } from '../../shared/domain/asset.ts';
import type { AuditEntry, AuditKind } from '../../shared/domain/audit.ts';
import { core } from '../bridge/core.ts';

interface AuditState {
  readonly asset: AssetRef | null;
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Null: every kind. */
  readonly kind: AuditKind | null;
}

/** Everything that happened to the item in hand. */
export const useAudit = create<AuditState>(() => ({ asset: null, entries: [], kind: null }));

export const loadAudit = async (asset: AssetRef): Promise<void> => {
  const ref: AssetRef = { kind: asset.kind, id: asset.id };
  const shown = useAudit.getState().asset;
  if (shown === null || !sameAsset(shown, ref)) useAudit.setState({ asset: ref, entries: [] });
  const entries = await core().review.audit({ asset: ref });
  const wanted = useAudit.getState().asset;
  if (wanted !== null && sameAsset(wanted, ref)) useAudit.setState({ entries });
};
