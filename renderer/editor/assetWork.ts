import type { Edit } from '../../shared/edits/edit.ts';
import { digestOfState } from '../../shared/edits/stateDigest.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import { History } from './history.ts';
import { HistoryKeeper, type HistoryArchive } from './historyKeeper.ts';
import type { AssetSession } from './historyStore.ts';
import { MaskDocument } from './maskDocument.ts';
import type { LoadRequest } from './types.ts';

/** What is loaded. */
export interface AssetWork {
  readonly assetKey: string;
  revisionId: string | null;
  readonly document: MaskDocument;
  readonly history: History;
  readonly keeper: HistoryKeeper | null;
  /** Whether its history goes on with the steps of an earlier session, under their numbers. */
  readonly isContinued: boolean;
  /** Forgotten and not painted on since: leaving it keeps nothing. */
  readonly isForgotten: boolean;
}

export interface WorkParts {
  readonly limitBytes: number;
  readonly memoryBytes: number;
  readonly archive: HistoryArchive | null;
  readonly onArchiveFailure: (error: unknown) => void;
}

const keeperOf = ({ archive, onArchiveFailure }: WorkParts, assetKey: string, history: History): HistoryKeeper | null =>
  archive === null ? null : new HistoryKeeper(archive, assetKey, history, onArchiveFailure);

/** Does the steps again that came after the draft was written last: a crash lay between. @returns whether there were any */
export const catchUp = ({ document, history }: AssetWork, applied: number): boolean => {
  const before = history.applied;
  while (history.applied < applied) {
    const edit = history.redo();
    if (edit === null || edit === 'absent') break;
    document.apply(edit);
  }
  return history.applied > before;
};

/** An asset that this session has not painted on: its undo steps of an earlier one continue when they lead to this very mask. */
export const freshWork = (parts: WorkParts, { assetKey, revisionId, isDraft = false, kept = null }: LoadRequest, state: TileState): AssetWork => {
  const document = new MaskDocument(state);
  const digest = parts.archive === null ? undefined : digestOfState(state);
  const continued = kept === null || digest === undefined ? null : History.continued(kept, digest, parts.limitBytes, parts.memoryBytes);
  const history = continued ?? new History(parts.limitBytes, !isDraft, digest, parts.memoryBytes);
  return { assetKey, revisionId, document, history, keeper: keeperOf(parts, assetKey, history), isContinued: continued !== null, isForgotten: false };
};

/** An asset that was left earlier in this session, as it was. */
export const returnedWork = (assetKey: string, { revisionId, state, history, keeper }: AssetSession): AssetWork => ({
  assetKey,
  revisionId,
  document: new MaskDocument(state),
  history,
  keeper,
  isContinued: true,
  isForgotten: false,
});

/** The same pixels without what led to them. The old steps leave the archive. */
export const forgottenWork = (parts: WorkParts, work: AssetWork): AssetWork => {
  void work.keeper?.end();
  const digest = parts.archive === null ? undefined : digestOfState(work.document.state);
  const history = new History(parts.limitBytes, !work.history.isDirty, digest, parts.memoryBytes);
  return { ...work, history, keeper: keeperOf(parts, work.assetKey, history), isForgotten: true };
};

/** Takes an edit that has been applied. */
export const remembered = (work: AssetWork, edit: Edit): AssetWork => {
  work.history.push(edit);
  work.keeper?.changed();
  return work.isForgotten ? { ...work, isForgotten: false } : work;
};
