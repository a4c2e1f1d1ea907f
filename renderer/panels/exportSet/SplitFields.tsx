import { emptySplitWords } from '../../../shared/domain/emptySplits.ts';
import { splitNames } from '../../../shared/domain/maskSet.ts';
import { setSplit, useExportChoice } from '../../stores/exportChoice.ts';
import { useSplitPreview } from '../../stores/splitPreview.ts';
import { Switch } from '../../ui/Switch.tsx';
import { NumberField } from './NumberField.tsx';

/** What comes into each before anything is written: it may be far from the shares where products hang together. */
const SplitCounts = ({ splits }: { readonly splits: NonNullable<ReturnType<typeof useSplitPreview.getState>['splits']> }) => {
  const empty = emptySplitWords(splits);
  return (
    <p className={empty === null ? 'secondary export-split-counts' : 'tone-warn export-split-counts'} role="status" data-testid="export-split-counts">
      {splits.map(({ name, masks }) => `${name} ${masks.toLocaleString()}`).join(' · ')}
      {empty !== null && `: ${empty}`}
    </p>
  );
};

/** Train, val and test: the shares, and the seed that decides which product goes where. */
export const SplitFields = () => {
  const split = useExportChoice((state) => state.split);
  const { splits, error } = useSplitPreview();
  const sum = split.train + split.val + split.test;
  return (
    <div className="export-split">
      <Switch label="Split into train, val and test" hint="By product: none is in two of them, as near to the shares as that allows." isOn={split.isOn} onChange={(isOn) => setSplit({ isOn })} />
      {split.isOn && (
        <div className="export-shares" role="group" aria-label="Shares of the splits">
          {splitNames.map((name) => (
            <label key={name} className="export-share">
              <span className="secondary" aria-hidden="true">
                {name}
              </span>
              <NumberField label={`Share of ${name}`} unit="%" value={split[name]} min={0} max={100} step={1} onChange={(value) => setSplit({ [name]: value })} />
            </label>
          ))}
          <label className="export-share">
            <span className="secondary" aria-hidden="true">
              seed
            </span>
            <NumberField label="Seed of the splits" unit="" value={split.seed} min={0} max={2_147_483_647} step={1} onChange={(seed) => setSplit({ seed })} />
          </label>
          {sum === 100 && splits !== null && <SplitCounts splits={splits} />}
          {sum === 100 && error !== null && <p className="tone-bad export-split-counts">{error}</p>}
          {sum !== 100 && <p className="tone-warn">{sum} %</p>}
        </div>
      )}
    </div>
  );
};
