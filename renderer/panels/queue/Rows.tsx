import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type MouseEvent } from 'react';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { open } from '../../actions/desk/openItem.ts';
import { queueListId } from '../../actions/bulk/listFocus.ts';
import { clearChosen, chooseTo, cursorRow, toggleChosen, useBulkSelection } from '../../stores/bulkSelection.ts';
import { inBackground } from '../../stores/notices.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { assetAt, indexInQueue, showRows, useQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';
import { listKeys } from './listKeys.ts';
import { QueueRow, QueueRowToCome, rowElementId } from './QueueRow.tsx';
import { sayTooMany } from '../../actions/bulk/chooseEverything.ts';
import { useRowMotion } from './useRowMotion.ts';
import { useTallScroll } from './useTallScroll.ts';
import './Rows.css';

/** Rows drawn beyond the screen, both ways: a turn of the wheel does not outrun them. */
const rowsDrawnAhead = 8;

/** The rows that are on screen and a few more; the list may have a million. */
export const Rows = () => {
  useQueue((state) => state.version);
  const total = useQueue((state) => state.total);
  const shift = useQueue((state) => state.shift);
  const reveal = useQueue((state) => state.reveal);
  const item = useSelection((state) => state.item);
  const chosen = useBulkSelection((state) => state.chosen);
  const cursor = useBulkSelection((state) => state.cursor);
  const isCompact = usePreferences((state) => state.density === 'compact');
  const rowsElement = useRef<HTMLDivElement>(null);
  useRowMotion(rowsElement, total);
  const scroll = useTallScroll(total, isCompact ? 42 : 66);
  const { first, last, topOf, reveal: revealRow, shift: shiftRows } = scroll;
  const inHandRow = item === null ? -1 : indexInQueue(item);

  useEffect(() => {
    if (last >= first) showRows(first, last);
  }, [first, last, total]);
  useLayoutEffect(() => {
    if (shift.serial > 0) shiftRows(shift.rows);
  }, [shift, shiftRows]);
  useLayoutEffect(() => {
    if (reveal.serial > 0) revealRow(reveal.row);
  }, [reveal, revealRow]);
  // Whoever moves on sees where they are; a list that moves by itself does not pull anybody along.
  useEffect(() => {
    const row = item === null ? -1 : indexInQueue(item);
    if (row !== -1) revealRow(row);
  }, [item, revealRow]);

  const press = useCallback((event: MouseEvent, asset: Asset, row: number): void => {
    if (event.shiftKey) inBackground(chooseTo(row).then(sayTooMany), 'choose');
    else if (event.ctrlKey || event.metaKey) toggleChosen(asset, row);
    else {
      clearChosen();
      open(asset);
      return;
    }
    // Keys are for the chosen ones now, and the bar says so.
    document.getElementById(queueListId)?.focus();
  }, []);
  const tick = useCallback((asset: Asset, row: number): void => {
    toggleChosen(asset, row);
    document.getElementById(queueListId)?.focus();
  }, []);

  const keys = useMemo(() => listKeys({ pageRows: scroll.pageRows, reveal: revealRow }), [scroll.pageRows, revealRow]);
  const from = Math.max(0, first - rowsDrawnAhead);
  const to = Math.min(total - 1, last + rowsDrawnAhead);
  const active = cursorRow();
  return (
    <div
      className={isCompact ? 'queue-list queue-list-compact' : 'queue-list'}
      id={queueListId}
      ref={scroll.scroller}
      role="listbox"
      aria-label="Items"
      aria-multiselectable="true"
      aria-activedescendant={active >= from && active <= to ? rowElementId(active) : undefined}
      tabIndex={0}
      data-testid="queue-list"
      onKeyDown={keys}
    >
      <div className="queue-rows" ref={rowsElement} role="presentation" style={{ height: scroll.elementPx }}>
        {Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
          const row = from + index;
          const asset = assetAt(row);
          if (asset === null) return <QueueRowToCome key={`row ${row}`} topPx={topOf(row)} />;
          return (
            <QueueRow
              key={assetKey(asset)}
              asset={asset}
              row={row}
              total={total}
              topPx={topOf(row)}
              isCompact={isCompact}
              isInHand={row === inHandRow}
              isChosen={chosen.has(assetKey(asset))}
              isCursor={cursor !== null && sameAsset(cursor.asset, asset)}
              onPress={press}
              onTick={tick}
            />
          );
        })}
      </div>
    </div>
  );
};
