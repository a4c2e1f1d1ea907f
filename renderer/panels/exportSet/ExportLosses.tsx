import { showLossOf } from '../../actions/exports/runExport.ts';
import { assetKey } from '../../../shared/domain/asset.ts';
import type { ExportLoss } from '../../stores/exportRun.ts';
import { keepFocus } from '../../ui/keepFocus.ts';
import { LongName } from '../../ui/LongName.tsx';
import { iouWord } from './exportWords.ts';

/** The worst are what people want to see. */
const worstFirst = (a: ExportLoss, b: ExportLoss): number => (a.iou ?? 1) - (b.iou ?? 1);

/** Masks that the format does not carry whole: what is lost, and how much stays. A click shows the mask on the desk. */
export const ExportLosses = ({ losses, total }: { readonly losses: readonly ExportLoss[]; readonly total: number }) => (
  <section className="export-losses" aria-label="Losses" data-testid="export-losses">
    <h3 className="sheet-title">
      Not carried whole
      <span className="secondary"> · the worst first{total > losses.length ? `, ${losses.length.toLocaleString()} of ${total.toLocaleString()}; all are in the report` : ''}</span>
    </h3>
    <ul>
      {losses.toSorted(worstFirst).map(({ asset, sentences, iou }) => (
        <li key={assetKey(asset)} className="export-loss">
          <button type="button" className="export-loss-item" title="Show it on the desk" onMouseDown={keepFocus} onClick={() => showLossOf(asset)}>
            <LongName name={asset.id} />
          </button>
          <span className="secondary export-loss-words">{sentences.join(' ')}</span>
          <span className="figures">{iou === null ? '–' : `IoU ${iouWord(iou)}`}</span>
        </li>
      ))}
    </ul>
  </section>
);
