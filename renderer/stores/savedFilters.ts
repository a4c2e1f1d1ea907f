import { create } from 'zustand';
import type { AssetSort } from '../../shared/domain/assetQuery.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { core } from '../bridge/core.ts';
import { everything, sameFilter, toReview, type QueueFilter } from './queueFilter.ts';
import { longestName, readKeptFilters, writtenFilters, type KeptFilters, type SavedFilter } from './savedFilterList.ts';

/** A name for a list: what it is narrowed to and its order. Kept in the store, for everybody who works on it. */
export const useSavedFilters = create<{ readonly saved: readonly SavedFilter[] }>(() => ({ saved: [] }));

/** Those that everybody wants. @param reviewer whose rejections are "my" */
export const builtInFilters = (reviewer: string): readonly SavedFilter[] => [
  { id: 'toReview', name: 'To review, worst first', filter: toReview, sort: 'worst' },
  { id: 'newest', name: 'To review, newest first', filter: toReview, sort: 'newest' },
  { id: 'myRejections', name: 'My rejections', filter: { ...everything, state: 'rejected', reviewer }, sort: 'newest' },
  { id: 'drafts', name: 'With drafts', filter: { ...everything, hasDraft: true }, sort: 'newest' },
];

export const sameList = (a: Pick<SavedFilter, 'filter' | 'sort'>, b: Pick<SavedFilter, 'filter' | 'sort'>): boolean => a.sort === b.sort && sameFilter(a.filter, b.filter);

const key = 'queue.savedFilters';
const mostSaved = 100;
const tooMany = `There are ${mostSaved} filters already. Delete one first.`;

const readKept = async (): Promise<KeptFilters> => readKeptFilters(await core().app.getPreference({ key }));

/** @throws ExpectedError invalid_input where what is kept can't be read as a list */
export const loadSavedFilters = async (): Promise<void> => useSavedFilters.setState({ saved: (await readKept()).saved });

const keep = async (change: (saved: readonly SavedFilter[]) => readonly SavedFilter[]): Promise<void> => {
  const kept = await readKept(); // somebody else may have saved one meanwhile
  useSavedFilters.setState({ saved: kept.saved });
  const saved = change(kept.saved);
  await core().app.setPreference({ key, value: [...writtenFilters({ ...kept, saved })] });
  useSavedFilters.setState({ saved });
};

/** Why a list can't have a name, a sentence; null when it can. @param own the one that is renamed */
export const whyNotName = (name: string, own: string | null): string | null => {
  const trimmed = name.trim();
  if (trimmed === '') return 'A filter needs a name.';
  if (trimmed.length > longestName) return `A name has at most ${longestName} characters.`;
  const { saved } = useSavedFilters.getState();
  if (own === null && saved.length >= mostSaved) return tooMany;
  const isTaken = saved.some((other) => other.id !== own && other.name.toLocaleLowerCase() === trimmed.toLocaleLowerCase());
  return isTaken ? `There is a filter named “${trimmed}” already.` : null;
};

const checked = (name: string, own: string | null): string => {
  const problem = whyNotName(name, own);
  if (problem !== null) throw new ExpectedError('invalid_input', problem);
  return name.trim();
};

export const saveFilter = async (name: string, filter: QueueFilter, sort: AssetSort): Promise<void> => {
  const added: SavedFilter = { id: crypto.randomUUID(), name: checked(name, null), filter, sort };
  await keep((saved) => {
    // Counted again: somebody else may have saved the last one.
    if (saved.length >= mostSaved) throw new ExpectedError('invalid_input', tooMany);
    return [...saved, added];
  });
};

export const renameFilter = async (id: string, name: string): Promise<void> => {
  const next = checked(name, id);
  await keep((saved) => saved.map((one) => (one.id === id ? { ...one, name: next } : one)));
};

/** @returns what puts it back */
export const deleteFilter = async (id: string): Promise<() => Promise<void>> => {
  const index = useSavedFilters.getState().saved.findIndex((one) => one.id === id);
  const gone = useSavedFilters.getState().saved[index];
  await keep((saved) => saved.filter((one) => one.id !== id));
  return () => keep((saved) => (gone === undefined || saved.some((one) => one.id === id) ? saved : saved.toSpliced(index, 0, gone)));
};
