import type { AreaChange } from '../../../../shared/edits/changeOfTiles.ts';
import { usePanes } from '../../../stores/panes.ts';
import { percent } from '../../shared/words.ts';
import { Facts } from '../Facts.tsx';

const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toLocaleString()}`;

/** The area before and after, and what comes and goes. */
export const AreaLine = ({ change }: { readonly change: AreaChange | null }) => {
  const photo = usePanes((state) => state[state.active].photo);
  if (change === null || photo === null) return <Facts rows={[['Area', '…'], ['Change', '…']]} />;
  const { beforePx, afterPx, addedPx, removedPx } = change;
  const ofPhoto = (px: number): string => percent(px / (photo.widthPx * photo.heightPx));
  const byPx = afterPx - beforePx;
  const relative = beforePx === 0 ? '' : ` (${byPx < 0 ? '−' : '+'}${percent(Math.abs(byPx) / beforePx)})`;
  return (
    <Facts
      rows={[
        ['Area', `${ofPhoto(beforePx)} → ${ofPhoto(afterPx)}`],
        ['Change', addedPx === 0 && removedPx === 0 ? 'none' : `${signed(byPx)} px${relative}`],
        ...(addedPx > 0 && removedPx > 0 ? ([['Added, removed', `+${addedPx.toLocaleString()}, −${removedPx.toLocaleString()}`]] as const) : []),
      ]}
    />
  );
};
