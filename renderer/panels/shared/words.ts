import type { Asset, AssetState } from '../../../shared/domain/asset.ts';
import { rejectReasonLabels, type RejectReason } from '../../../shared/domain/verdict.ts';
import type { DotTone } from '../../ui/StateDot.tsx';

/** How states and facts of items are said, everywhere the same. */
export const stateLabels: Readonly<Record<AssetState, string>> = {
  unsegmented: 'No mask yet',
  failed: 'Failed',
  to_review: 'To review',
  rejected: 'Rejected',
  approved: 'Approved',
};

export const stateTones: Readonly<Record<AssetState, DotTone>> = {
  unsegmented: 'quiet',
  failed: 'bad',
  to_review: 'warn',
  rejected: 'bad',
  approved: 'ok',
};

/** 71.3 s -> 01:11.3 */
export const timestamp = (seconds: number): string => {
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${String(minutes).padStart(2, '0')}:${rest}`;
};

/** Whose picture it is, in parts. */
export const placesOf = ({ kind, timestampS, videoId, title, productId }: Asset): readonly string[] => {
  const parts = kind === 'keyframe' ? [timestampS === null ? null : timestamp(timestampS), videoId] : [title ?? productId];
  return parts.filter((part) => part !== null);
};

/** What stands beside the id. */
export const placeOf = (asset: Asset): string => placesOf(asset).join(' · ');

export const reasonOf = (asset: Asset): string | null => {
  if (asset.reason === null) return null;
  return rejectReasonLabels[asset.reason as RejectReason] ?? asset.reason;
};

export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`;

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;

/** 3 -> "3 s", 200 -> "3 min", 9000 -> "2 h 30 min", 7200 -> "2 h" */
export const duration = (seconds: number): string => {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

export const clockTime = (atMs: number): string => {
  const at = new Date(atMs);
  const isToday = at.toDateString() === new Date().toDateString();
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return isToday ? time : `${at.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${time}`;
};

/** In the person's own way of writing numbers. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;
export const masksWord = (count: number): string => counted(count, 'mask');
