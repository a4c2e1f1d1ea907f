import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { nextSibling, previousSibling } from '../../actions/view/siblings.ts';
import { otherSide, sideOfKind, usePanes } from '../../stores/panes.ts';
import { MaskChange } from './MaskChange.tsx';
import { scoreIn } from './pairScore.ts';
import './Strip.css';
import { StripItem } from './StripItem.tsx';
import { useMoreSides } from './useMoreSides.ts';

const itemPx = 52;
const gapPx = 6;
/** Room for the ring of the current one, and for the first to be seen to be the first. */
const paddingPx = 3;

const nounOf = (asset: Asset, count: number): string => {
  if (asset.kind === 'keyframe') return count === 1 ? 'the only keyframe of this video' : `${count.toLocaleString()} keyframes of this video`;
  return count === 1 ? 'the only image of this product' : `${count.toLocaleString()} images of this product`;
};

/** The product's other images, or the video's other keyframes. Only those in sight are made: a video may have thousands. */
export const Strip = ({ asset, siblings }: { readonly asset: Asset; readonly siblings: readonly Asset[] }) => {
  const row = useRef<HTMLDivElement>(null);
  const more = useMoreSides(row, siblings.length);
  const pairsBeside = usePanes((state) => state[otherSide(sideOfKind[asset.kind])].pairs);
  const place = siblings.findIndex((sibling) => sameAsset(sibling, asset));
  const virtual = useVirtualizer({
    horizontal: true,
    count: siblings.length,
    getScrollElement: () => row.current,
    estimateSize: () => itemPx,
    gap: gapPx,
    paddingStart: paddingPx,
    paddingEnd: paddingPx,
    scrollPaddingStart: 40,
    scrollPaddingEnd: 40,
    overscan: 6,
    getItemKey: (index) => assetKey(siblings[index] ?? asset),
  });
  useEffect(() => {
    if (place === -1 || row.current === null) return undefined;
    // At once and whenever the room changes, never while the row itself is scrolled.
    const sizes = new ResizeObserver(() => virtual.scrollToIndex(place, { align: 'auto' }));
    sizes.observe(row.current);
    return () => sizes.disconnect();
  }, [virtual, place, siblings.length]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? nextSibling : event.key === 'ArrowLeft' ? previousSibling : null;
    if (step === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.when?.() === true) step.run();
  };
  // The focus goes with the current picture, while it is in the row.
  useEffect(() => {
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && row.current?.contains(focused) === true) row.current.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, [place]);

  return (
    <footer className="strip">
      <div
        className="strip-items"
        ref={row}
        data-more={more}
        role="group"
        aria-label={nounOf(asset, siblings.length)}
        onKeyDown={onKeyDown}
        onWheel={(event) => event.currentTarget.scrollBy({ left: event.deltaY })}
      >
        <div className="strip-track" style={{ width: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const sibling = siblings[index];
            if (sibling === undefined) return null;
            return (
              <StripItem
                key={key}
                asset={sibling}
                isCurrent={index === place}
                isTabStop={index === (place === -1 ? 0 : place)}
                score={scoreIn(pairsBeside, sibling)}
                style={{ transform: `translateX(${start}px)` }}
              />
            );
          })}
        </div>
      </div>
      {asset.kind === 'keyframe' && siblings.length > 2 ? <MaskChange siblings={siblings} place={place} /> : siblings.length > 0 && <p className="strip-note note">{nounOf(asset, siblings.length)}</p>}
    </footer>
  );
};
