import type { CSSProperties } from 'react';
import type { Asset } from '../../../shared/domain/asset.ts';
import { openSibling } from '../../actions/desk/openItem.ts';
import { inBackground } from '../../stores/notices.ts';
import { StateDot } from '../../ui/StateDot.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { Thumb } from '../shared/Thumb.tsx';
import { stateLabels, stateTones, timestamp } from '../shared/words.ts';
import { shortScore } from './pairScore.ts';

interface StripItemProps {
  readonly asset: Asset;
  readonly isCurrent: boolean;
  readonly isTabStop: boolean;
  /** Of the match with what the other pane shows. */
  readonly score: number | null;
  readonly style: CSSProperties;
}

/** One picture of the row: a click shows it, the other pane stays. */
export const StripItem = ({ asset, isCurrent, isTabStop, score, style }: StripItemProps) => {
  const time = asset.timestampS === null ? null : timestamp(asset.timestampS).replace(/^0/, '');
  const parts = [asset.id, time, stateLabels[asset.state], score === null ? null : `match ${score.toFixed(2)}`].filter((part) => part !== null);
  return (
    <button
      type="button"
      className={isCurrent ? 'strip-item strip-item-current' : 'strip-item'}
      style={style}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={parts.join(', ')}
      aria-current={isCurrent || undefined}
      title={parts.join(' · ')}
      onMouseDown={keepFocus}
      onClick={() => inBackground(openSibling(asset))}
    >
      <Thumb asset={asset} sidePx={52} />
      <StateDot tone={stateTones[asset.state]} label={stateLabels[asset.state]} />
      {score !== null && <span className="strip-score" data-shown={shortScore(score)} />}
      {time !== null && <span className="strip-time" data-shown={time} />}
    </button>
  );
};
