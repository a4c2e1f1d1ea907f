import { create } from 'zustand';

/** restored: the mask on screen is a draft of an earlier visit · unsaved: a stroke is not yet kept · saving · saved · failed. */
export type DraftMark = 'restored' | 'unsaved' | 'saving' | 'saved' | 'failed';

/** By assetKey; absent: no draft. */
export const useDrafts = create<{ readonly marks: Readonly<Record<string, DraftMark>> }>(() => ({ marks: {} }));

export const markDraft = (key: string, mark: DraftMark | null): void =>
  useDrafts.setState(({ marks }) => {
    const { [key]: _old, ...others } = marks;
    return { marks: mark === null ? others : { ...others, [key]: mark } };
  });
