import { create } from 'zustand';
import type { Asset, AssetKind } from '../../shared/domain/asset.ts';
import type { Pair } from '../../shared/domain/catalog.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import type { Photo } from './photo.ts';

/** The product is always left, the keyframe right. */
export type Side = 'left' | 'right';
export const sideOfKind: Readonly<Record<AssetKind, Side>> = { product_image: 'left', keyframe: 'right' };
export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

export interface PaneState {
  readonly asset: Asset | null;
  /** The product's images or the video's keyframes, for the strip. */
  readonly siblings: readonly Asset[];
  /** The pipeline's matches of the asset: scores of what may be shown beside it. */
  readonly pairs: readonly Pair[];
  /** Pixels live elsewhere; this is the handle that the canvas draws. While another item loads it is still that of the one before. */
  readonly photo: Photo | null;
  readonly status: 'empty' | 'loading' | 'ready' | 'error';
  readonly error: string | null;
  /** The head that the mask on screen is based on: what a verdict says it has seen. */
  readonly seenHead: RevisionId | null;
}

const emptyPane: PaneState = { asset: null, siblings: [], pairs: [], photo: null, status: 'empty', error: null, seenHead: null };

interface PanesState {
  readonly left: PaneState;
  readonly right: PaneState;
  /** Keys, verdicts and the inspector are about this side. */
  readonly active: Side;
}

export const usePanes = create<PanesState>(() => ({ left: emptyPane, right: emptyPane, active: 'left' }));

export const pane = (side: Side): PaneState => usePanes.getState()[side];
export const activePane = (): PaneState => pane(usePanes.getState().active);
export const activeAsset = (): Asset | null => activePane().asset;

export const setPane = (side: Side, change: Partial<PaneState>): void =>
  usePanes.setState((state) => ({ [side]: { ...state[side], ...change } }));
export const clearPane = (side: Side): void => usePanes.setState({ [side]: emptyPane });
export const activate = (side: Side): void => usePanes.setState({ active: side });
