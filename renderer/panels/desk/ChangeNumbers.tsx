import { useEffect, useState } from 'react';
import { iouOf, stateDifference, type StateDifference } from '../../../shared/edits/stateDifference.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import type { Side } from '../../stores/panes.ts';
import './ChangeNumbers.css';

/** Strokes come before their figures. */
const longestWaitMs = 300;

/** What became of the base, counted anew after each step while the page has time. */
const useDifference = (side: Side, base: TileState): StateDifference | null => {
  const [difference, setDifference] = useState<StateDifference | null>(null);
  useEffect(() => {
    const editor = editorOf(side);
    let asked: number | null = null;
    const count = (): void => {
      asked = null;
      const state = editor.document?.state;
      const fits = state !== undefined && state.grid.widthPx === base.grid.widthPx && state.grid.heightPx === base.grid.heightPx;
      setDifference(fits ? stateDifference(base, state) : null);
    };
    const ask = (): void => {
      asked ??= requestIdleCallback(count, { timeout: longestWaitMs });
    };
    ask();
    const end = editor.subscribe(({ kind }) => {
      if (kind === 'committed' || kind === 'loaded') ask();
    });
    return () => {
      end();
      if (asked !== null) cancelIdleCallback(asked);
    };
  }, [side, base]);
  return difference;
};

const pixels = (count: number): string => `${count.toLocaleString()} px`;

/** Added and removed since, in pixels and as shares of the mask before, and how much of both is the same. */
export const ChangeNumbers = ({ side, base }: { readonly side: Side; readonly base: TileState }) => {
  const difference = useDifference(side, base);
  if (difference === null) return null;
  const { addedPx, removedPx, keptPx } = difference;
  const beforePx = removedPx + keptPx;
  const share = (count: number): string => (beforePx === 0 ? '' : `${((count / beforePx) * 100).toFixed(count === 0 ? 0 : 1)} %`);
  const iou = iouOf(difference).toFixed(3);
  const words = `Added ${pixels(addedPx)}, removed ${pixels(removedPx)} (${share(addedPx)} and ${share(removedPx)} of the mask before); IoU ${iou}`;
  return (
    <span className="change-numbers figures" title={words} aria-label={words} data-testid={`change-${side}`}>
      <span className="change-added">
        +<span className="change-px">{pixels(addedPx)} </span>
        {share(addedPx)}
      </span>
      <span className="change-removed">
        −<span className="change-px">{pixels(removedPx)} </span>
        {share(removedPx)}
      </span>
      <span>IoU {iou}</span>
    </span>
  );
};
