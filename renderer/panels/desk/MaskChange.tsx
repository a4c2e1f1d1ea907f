import type { MouseEvent } from 'react';
import type { Asset } from '../../../shared/domain/asset.ts';
import { openSibling } from '../../actions/desk/openItem.ts';
import { inBackground } from '../../stores/notices.ts';
import { percent } from '../shared/words.ts';
import { maskCurve, nearestPoint } from './maskCurve.ts';

const widthPx = 132;
const heightPx = 40;

/** How much of the picture the masks cover, along the video: a mask that jumps out of the line is worth a look. A click goes there. */
export const MaskChange = ({ siblings, place }: { readonly siblings: readonly Asset[]; readonly place: number }) => {
  const points = maskCurve(siblings, { widthPx, heightPx, marginPx: 5 });
  const current = points.find(({ index }) => index === place);
  if (points.length < 2) return <p className="strip-note note">{siblings.length.toLocaleString()} keyframes, hardly any with a mask yet</p>;
  const go = (event: MouseEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const nearest = nearestPoint(points, ((event.clientX - box.left) / box.width) * widthPx);
    const sibling = nearest === null ? undefined : siblings[nearest.index];
    if (sibling !== undefined) inBackground(openSibling(sibling));
  };
  const shares = points.map(({ share }) => share);
  const range = `${percent(Math.min(...shares), 0)} to ${percent(Math.max(...shares), 0)} of the picture`;
  return (
    <div className="mask-change" title={`Mask change along the video: ${range}`}>
      <svg className="mask-change-curve" viewBox={`0 0 ${widthPx} ${heightPx}`} width={widthPx} height={heightPx} role="img" aria-label={`Mask change along the video: ${range}`} onClick={go}>
        <polyline points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
        {points.length <= 40 && points.map(({ index, x, y }) => <circle key={index} className="mask-change-point" cx={x} cy={y} r={1.75} />)}
        {current !== undefined && <circle className="mask-change-current" cx={current.x} cy={current.y} r={4} />}
      </svg>
      <p className="note">
        {current === undefined ? 'no mask yet' : percent(current.share)}
        <br />
        along the video
      </p>
    </div>
  );
};
