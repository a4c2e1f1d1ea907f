import { useEffect, useRef } from 'react';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { openSibling } from '../../actions/desk/openItem.ts';
import { inBackground } from '../../stores/notices.ts';
import { StateDot } from '../../ui/StateDot.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { Thumb } from '../shared/Thumb.tsx';
import { stateLabels, stateTones, timestamp } from '../shared/words.ts';
import { useMoreSides } from './useMoreSides.ts';

const nounOf = (asset: Asset, count: number): string => {
  if (asset.kind === 'keyframe') return count === 1 ? 'the only keyframe of this video' : `${count} keyframes of this video`;
  return count === 1 ? 'the only image of this product' : `${count} images of this product`;
};

/** The product's other images, or the video's other keyframes: a click shows one, the other pane stays. */
export const Strip = ({ asset, siblings }: { readonly asset: Asset; readonly siblings: readonly Asset[] }) => {
  const current = useRef<HTMLButtonElement>(null);
  const items = useRef<HTMLDivElement>(null);
  const more = useMoreSides(items, siblings.length);
  const isListed = siblings.some((sibling) => sameAsset(sibling, asset));
  useEffect(() => {
    // At once and whenever the room changes, never while the row itself is scrolled.
    const sizes = new ResizeObserver(() => current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
    if (items.current !== null) sizes.observe(items.current);
    return () => sizes.disconnect();
  }, [asset.id, isListed]);
  return (
    <footer className="strip">
      <div className="strip-items" ref={items} data-more={more} onWheel={(event) => event.currentTarget.scrollBy({ left: event.deltaY })}>
        {siblings.map((sibling) => {
          const isCurrent = sibling.id === asset.id;
          return (
            <button
              key={assetKey(sibling)}
              ref={isCurrent ? current : null}
              type="button"
              className={isCurrent ? 'strip-item strip-item-current' : 'strip-item'}
              aria-label={`${sibling.id}, ${stateLabels[sibling.state]}`}
              aria-current={isCurrent || undefined}
              title={sibling.id}
              onMouseDown={keepFocus}
              onClick={() => inBackground(openSibling(sibling))}
            >
              <Thumb asset={sibling} sidePx={52} />
              <StateDot tone={stateTones[sibling.state]} label={stateLabels[sibling.state]} />
              {sibling.timestampS !== null && <span className="strip-time">{timestamp(sibling.timestampS).replace(/^0/, '')}</span>}
            </button>
          );
        })}
      </div>
      {siblings.length > 0 && <p className="strip-note note">{nounOf(asset, siblings.length)}</p>}
    </footer>
  );
};
