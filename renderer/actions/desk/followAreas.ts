import { areaOfTiles } from '../../../shared/edits/areaOfTiles.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { useDraftArea } from '../../stores/draftArea.ts';
import type { Side } from '../../stores/panes.ts';
import { editorOf } from './editors.ts';

/** Numbers that change faster are not read. */
const restMs = 150;

/** Called once: counts what is inside of each pane's mask, a moment after a step, an answer or an adjustment; never while something is painted. */
export const startFollowingAreas = (): void => {
  for (const side of ['left', 'right'] satisfies readonly Side[]) {
    const editor = editorOf(side);
    let counted: TileState | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const count = (): void => {
      timer = null;
      const shown = editor.isDirty ? (editor.document?.shownState ?? null) : null;
      if (shown === counted) return;
      counted = shown;
      useDraftArea.setState({ [side]: shown === null ? null : areaOfTiles(shown) });
    };
    editor.subscribe(({ kind }) => {
      if (kind === 'marks' || kind === 'matte' || (kind === 'pixels' && !editor.isProposing)) return;
      // Another mask is never told by the numbers of the one before.
      if (kind === 'loaded') useDraftArea.setState({ [side]: null });
      if (kind === 'loaded') counted = null;
      timer ??= setTimeout(() => requestIdleCallback(count, { timeout: restMs }), restMs);
    });
  }
};
