import { create } from 'zustand';
import type { Counterpart } from '../../shared/contracts/rpc/queue.ts';
import { sameAsset, type AssetRef } from '../../shared/domain/asset.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';

interface CounterpartsState {
  /** What they may be shown beside; null before anybody asked. */
  readonly of: AssetRef | null;
  readonly text: string;
  /** Matches first, by score, then guesses. */
  readonly items: readonly Counterpart[];
  readonly status: 'loading' | 'ready' | 'error';
  readonly error: string | null;
}

export const useCounterparts = create<CounterpartsState>(() => ({ of: null, text: '', items: [], status: 'loading', error: null }));

/** Answers to older questions are dropped. */
let lastRequest = 0;

/** Asks the core what may be shown beside an item. @param text part of an id or a title; empty: everything */
export const loadCounterparts = async (asset: AssetRef, text: string): Promise<void> => {
  const request = ++lastRequest;
  const { of } = useCounterparts.getState();
  const isSame = of !== null && sameAsset(of, asset);
  useCounterparts.setState({ of: { kind: asset.kind, id: asset.id }, text, status: 'loading', error: null, ...(isSame ? {} : { items: [] }) });
  try {
    const items = await core().queue.counterparts({ asset: { kind: asset.kind, id: asset.id }, ...(text.trim() === '' ? {} : { text: text.trim() }) });
    if (request === lastRequest) useCounterparts.setState({ items, status: 'ready' });
  } catch (error) {
    if (request === lastRequest) useCounterparts.setState({ items: [], status: 'error', error: sentenceOf(error) });
  }
};
