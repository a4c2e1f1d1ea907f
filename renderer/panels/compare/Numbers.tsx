import type { MaskComparison } from '../../../shared/contracts/rpc/review.ts';
import { shareWord } from '../shared/versionWords.ts';

const pixels = (count: number): string => `${count.toLocaleString()} px`;

/** What the difference comes to: overlap, and what was added and removed from the first mask to the second. */
export const Numbers = ({ numbers }: { readonly numbers: MaskComparison }) => (
  <>
    <span className="compare-number" data-testid="compare-iou">
      <span className="dim">IoU</span> {shareWord(numbers.iou)}
    </span>
    <span className="compare-number" data-testid="compare-added">
      <span className="compare-swatch compare-swatch-added" aria-hidden="true" />+{pixels(numbers.addedPx)} <span className="dim">added</span>
    </span>
    <span className="compare-number" data-testid="compare-removed">
      <span className="compare-swatch compare-swatch-removed" aria-hidden="true" />−{pixels(numbers.removedPx)} <span className="dim">removed</span>
    </span>
  </>
);
