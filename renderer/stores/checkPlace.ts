import { create } from 'zustand';
import type { CheckId, CheckPlace } from '../../shared/domain/check.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import type { Side } from './panes.ts';

export interface ShownPlace {
  readonly side: Side;
  readonly revisionId: RevisionId;
  readonly checkId: CheckId;
  readonly placeImagePx: CheckPlace;
}

/** The check that was jumped to last, and whether its place is outlined at the moment. */
export const useCheckPlace = create<{ readonly shown: ShownPlace | null; readonly isOutlined: boolean }>(() => ({ shown: null, isOutlined: false }));
