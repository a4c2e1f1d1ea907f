import { create } from 'zustand';
import type { MaskSet, Snapshot } from '../../shared/domain/maskSet.ts';
import { core } from '../bridge/core.ts';

interface MaskSetsState {
  /** By name. */
  readonly sets: readonly MaskSet[];
  /** Of all sets, newest first. */
  readonly snapshots: readonly Snapshot[];
  readonly isRead: boolean;
}

/** Saved sets of the store and what was frozen of them. */
export const useMaskSets = create<MaskSetsState>(() => ({ sets: [], snapshots: [], isRead: false }));

export const loadMaskSets = async (): Promise<void> => {
  const { sets } = core();
  const [list, snapshots] = await Promise.all([sets.list(), sets.snapshots({})]);
  useMaskSets.setState({ sets: list, snapshots, isRead: true });
};

/** Names of sets are equal whatever the case of their letters. */
export const setNamed = (sets: readonly MaskSet[], name: string): MaskSet | null => sets.find((set) => set.name.toLocaleLowerCase() === name.trim().toLocaleLowerCase()) ?? null;
