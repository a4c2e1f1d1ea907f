import { ImageOff, ListFilter } from 'lucide-react';
import type { SetMeasure, Snapshot } from '../../../shared/domain/maskSet.ts';
import { assetKey } from '../../../shared/domain/asset.ts';
import { setExportChoice, useExportChoice } from '../../stores/exportChoice.ts';
import { closeOverlay } from '../../stores/overlay.ts';
import { useQueue } from '../../stores/queue.ts';
import { approvedOnly, everyMask, sameSetFilter } from '../../stores/setFilter.ts';
import { useSetPreview } from '../../stores/setPreview.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ThumbOf } from '../shared/Thumb.tsx';
import { masksWord, percent } from '../shared/words.ts';

const sampleSidePx = 46;

const Sample = () => {
  const samples = useSetPreview((state) => state.samples);
  return (
    <ul className="export-sample" aria-label="Some of them" data-testid="export-sample">
      {samples.map(({ asset, title, version }) => (
        <li key={assetKey(asset)} title={title === null ? asset.id : `${asset.id} · ${title}`}>
          <span className="unseen">{asset.id}</span>
          <ThumbOf asset={asset} version={version} sidePx={sampleSidePx} />
        </li>
      ))}
    </ul>
  );
};

/** Nothing that could be exported: why, and what helps. */
const Nothing = ({ withoutMask }: { readonly withoutMask: number }) => {
  const filter = useExportChoice((state) => state.filter);
  const isAsUsual = sameSetFilter(filter, approvedOnly);
  if (isAsUsual) {
    return (
      <EmptyState
        icon={<ImageOff />}
        title="Nothing is approved yet"
        action={
          <div className="export-buttons">
            <Button tone="accent" onClick={closeOverlay}>
              Go on reviewing
            </Button>
            <Button onClick={() => setExportChoice({ filter: everyMask })}>Take every mask</Button>
          </div>
        }
      >
        Masks are exported once they are approved; others only where that is asked for.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<ListFilter />} title="No mask matches" action={<Button onClick={() => setExportChoice({ filter: approvedOnly })}>Everything approved</Button>}>
      {withoutMask > 0 ? `${withoutMask.toLocaleString()} ${withoutMask === 1 ? 'picture matches and has' : 'pictures match and have'} no mask.` : 'The filter lets nothing through.'}
    </EmptyState>
  );
};

const Counts = ({ measure }: { readonly measure: SetMeasure }) => {
  const total = useQueue((state) => (state.totals === null ? 0 : Object.values(state.totals).reduce((sum, count) => sum + count, 0)));
  const { masks, empty, productImages, keyframes, products, videos, withoutMask } = measure;
  const facts: readonly (readonly [string, number])[] = [
    ['Product images', productImages],
    ['Products', products],
    ['Keyframes', keyframes],
    ['Videos', videos],
  ];
  return (
    <>
      <p className="export-count" role="status" data-testid="export-count">
        <strong className="figures">{masksWord(masks)}</strong>
        {total > 0 && <span className="secondary">{percent(masks / total, 0)} of all pictures</span>}
      </p>
      <dl className="export-facts">
        {facts.map(([name, count]) => (
          <div key={name}>
            <dt className="secondary">{name}</dt>
            <dd>{count.toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {empty > 0 && <p className="tone-warn" data-testid="export-empty">{`${masksWord(empty)} with nothing in ${empty === 1 ? 'it' : 'them'}: exported as pictures without a product.`}</p>}
      {withoutMask > 0 && (
        <p className="secondary">
          {withoutMask.toLocaleString()} more {withoutMask === 1 ? 'matches and has' : 'match and have'} no mask: left out.
        </p>
      )}
    </>
  );
};

/** What the choice comes to now, and some of it to look at. */
export const SetPreview = ({ snapshot }: { readonly snapshot: Snapshot | null }) => {
  const { measure, error, isReading } = useSetPreview();
  if (error !== null) {
    return (
      <div className="export-preview">
        <p className="tone-bad selectable" role="alert">
          {error}
        </p>
      </div>
    );
  }
  if (snapshot === null && measure !== null && measure.masks === 0) {
    return (
      <div className="export-preview">
        <Nothing withoutMask={measure.withoutMask} />
      </div>
    );
  }
  return (
    <div className="export-preview" aria-busy={isReading}>
      {snapshot !== null && (
        <p className="export-count" data-testid="export-count">
          <strong className="figures">{masksWord(snapshot.entryCount)}</strong>
          <span className="secondary">as they were then</span>
        </p>
      )}
      {snapshot === null && measure !== null && <Counts measure={measure} />}
      <Sample />
    </div>
  );
};
