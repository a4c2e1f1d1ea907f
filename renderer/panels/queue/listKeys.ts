import { sameAsset } from '../../../shared/domain/asset.ts';
import type { KeyboardEvent } from 'react';
import { approveChosen } from '../../actions/bulk/approveChosen.ts';
import { open } from '../../actions/desk/openItem.ts';
import { clearChosen, chooseTo, cursorRow, setCursor, toggleChosen, useBulkSelection } from '../../stores/bulkSelection.ts';
import { approve } from '../../actions/review/approve.ts';
import { inBackground } from '../../stores/notices.ts';
import { assetAt, assetAtRow, useQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';
import { sayTooMany } from '../../actions/bulk/chooseEverything.ts';

interface ListView {
  readonly pageRows: number;
  readonly reveal: (row: number) => void;
}

/** While a key is held the desk waits until the person has arrived. */
const arrivedMs = 150;

const steps: Readonly<Record<string, (row: number, pageRows: number, last: number) => number>> = {
  ArrowDown: (row) => row + 1,
  ArrowUp: (row) => row - 1,
  PageDown: (row, pageRows) => row + pageRows,
  PageUp: (row, pageRows) => row - pageRows,
  Home: () => 0,
  End: (_row, _pageRows, last) => last,
};

let arrival: ReturnType<typeof setTimeout> | null = null;

const moveTo = async (row: number, isHeld: boolean, view: ListView): Promise<void> => {
  view.reveal(row);
  const asset = assetAt(row) ?? (await assetAtRow(row));
  if (asset === null) return;
  clearChosen();
  setCursor(asset, row);
  if (arrival !== null) clearTimeout(arrival);
  arrival = isHeld ? setTimeout(() => open(asset), arrivedMs) : null;
  if (!isHeld) open(asset);
};

const toggle = (row: number): void => {
  const asset = assetAt(row);
  if (asset !== null) toggleChosen(asset, row);
};

/** For all that are chosen, else opens the row; the row that is open already is judged like the desk's item, which it is. */
const enter = (event: KeyboardEvent, row: number): void => {
  event.preventDefault();
  const { chosen, cursor } = useBulkSelection.getState();
  const asset = assetAt(row);
  const { item } = useSelection.getState();
  if (chosen.size > 0) approveChosen.run();
  else if (asset !== null && cursor !== null && (item === null || !sameAsset(item, asset))) open(asset);
  else if (approve.when?.() !== false) approve.run();
};

/**
 * Keys while the list has the focus. Up, Down, Page and the ends move and open; with Shift they choose a range; Space chooses one more.
 * Backspace and the rest are actions (actions/bulk), and what the list leaves goes to them.
 */
export const listKeys =
  (view: ListView) =>
  (event: KeyboardEvent): void => {
    const row = cursorRow();
    const last = useQueue.getState().total - 1;
    if (event.key === ' ' && !event.altKey) {
      event.preventDefault();
      if (!event.repeat) toggle(row);
      return;
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.shiftKey && !event.repeat) return enter(event, row);
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || last < 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(last, step(row, view.pageRows, last)));
    if (!event.shiftKey) return inBackground(moveTo(next, event.repeat, view), 'open');
    view.reveal(next);
    inBackground(chooseTo(next).then(sayTooMany), 'choose');
  };
