import { create } from 'zustand';

/** What there is to take back beside the steps of the item in hand; the editor knows those. */
export interface UndoableState {
  /** Something of this session: a verdict, a step on any item. */
  readonly hasLogged: boolean;
  /** This reviewer's last verdict of an earlier session may be taken back. True until the core has said. */
  readonly hasEarlier: boolean;
}

export const useUndoable = create<UndoableState>(() => ({ hasLogged: false, hasEarlier: true }));
