import { create } from 'zustand';
import type { Asset } from '../../shared/domain/asset.ts';
import type { CheckId } from '../../shared/domain/check.ts';
import { rejectReasons, type RejectReason } from '../../shared/domain/verdict.ts';

interface Rejection {
  /** The reason that Enter in the note takes. */
  readonly reason: RejectReason;
  /** Null while nobody has asked for its field. */
  readonly note: string | null;
  /** Another number asks the field for the keyboard again. */
  readonly wantsFocus: number;
  /** What this person rejected for last: the next is often the same. */
  readonly lastReason: RejectReason;
}

/** The form that rejects. */
export const useRejection = create<Rejection>(() => ({ reason: 'wrong_object', note: null, wantsFocus: 0, lastReason: 'wrong_object' }));

/** Findings that say what a person would. */
const reasonOfCheck: Partial<Readonly<Record<CheckId, RejectReason>>> = {
  nothing_found: 'nothing_found',
  nearly_everything: 'background_kept',
  holes: 'holes',
  rough_edge: 'rough_edge',
  text_kept: 'text_kept',
};

/** What the mask's worst check suggests, else the reason given last. */
export const likelyReason = ({ topCheck }: Pick<Asset, 'topCheck'>): RejectReason =>
  (topCheck === null ? undefined : reasonOfCheck[topCheck]) ?? useRejection.getState().lastReason;

export const startRejection = (reason: RejectReason): void => useRejection.setState({ reason, note: null });

/** Goes through the reasons, round at both ends. */
export const stepReason = (step: -1 | 1): void =>
  useRejection.setState(({ reason }) => ({ reason: rejectReasons[(rejectReasons.indexOf(reason) + step + rejectReasons.length) % rejectReasons.length] ?? reason }));
