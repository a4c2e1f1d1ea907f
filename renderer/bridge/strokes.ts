import { historyHeader, historyMediaType, historyUrl } from '../../shared/contracts/http/routes.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { fromPixelResponse } from './errors.ts';

export interface StepsPage {
  /** The oldest step that is kept, one past the newest, and how many are applied. */
  readonly first: number;
  readonly end: number;
  readonly applied: number;
  /** Records of shared/edits/historyLog.ts. */
  readonly records: Uint8Array;
}

/** Undo steps on disk: those around the applied one, or from..before-1. Null where none are kept. @throws ExpectedError offline, permission_denied */
export const fetchSteps = async (asset: AssetRef, range?: { readonly from: number; readonly before: number }): Promise<StepsPage | null> => {
  const response = await fetch(historyUrl(asset, range));
  if (response.status === 404) return null;
  if (!response.ok) throw await fromPixelResponse(response);
  const [first = 0, end = 0, applied = 0] = (response.headers.get(historyHeader) ?? '').split(' ').map(Number);
  return { first, end, applied, records: new Uint8Array(await response.arrayBuffer()) };
};

const send = async (asset: AssetRef, init: RequestInit): Promise<void> => {
  const response = await fetch(historyUrl(asset), init);
  if (!response.ok) throw await fromPixelResponse(response);
};

/** @throws ExpectedError disk_full, permission_denied, offline */
export const appendSteps = (asset: AssetRef, records: Uint8Array): Promise<void> =>
  send(asset, { method: 'PUT', headers: { 'Content-Type': historyMediaType }, body: new Uint8Array(records) });

export const removeSteps = (asset: AssetRef): Promise<void> => send(asset, { method: 'DELETE' });
