import { assetKey } from '../../../shared/domain/asset.ts';
import { takenBy, useLeases } from '../../stores/leases.ts';
import { pane, usePanes, type Side } from '../../stores/panes.ts';
import { keepBeforeLeaving } from './draftKeeper.ts';
import { editorOf } from './editors.ts';

/** What somebody else has is there to be looked at: their mask is not painted over, and what was painted before stays this person's draft. */
const lock = (side: Side): void => {
  const { asset } = pane(side);
  const editor = editorOf(side);
  const isTaken = asset !== null && takenBy(asset) !== undefined;
  if (isTaken === editor.isReadOnly()) return;
  if (isTaken && editor.assetKey === assetKey(asset)) {
    // The stroke in hand counts.
    editor.finishGesture();
    keepBeforeLeaving(side);
  }
  editor.setReadOnly(isTaken);
};

const lockBoth = (): void => (['left', 'right'] as const).forEach(lock);

/** Called once. */
export const startLockingPanes = (): void => {
  useLeases.subscribe(lockBoth);
  usePanes.subscribe(lockBoth);
};
