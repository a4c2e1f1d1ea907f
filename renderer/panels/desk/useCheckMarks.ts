import { useMemo } from 'react';
import type { CanvasMark } from '../../canvas/CanvasMarks.tsx';
import { checkLabels } from '../../../shared/domain/check.ts';
import { useCheckPlace } from '../../stores/checkPlace.ts';
import type { Side } from '../../stores/panes.ts';

/** So that the frame lies around a stray pixel and not on it. Share of the place, and imagePx at least. */
const roomShare = 0.06;
const leastRoomPx = 2;

/** The place of the check that was jumped to, outlined for a moment. */
export const useCheckMarks = (side: Side): readonly CanvasMark[] => {
  const { shown, isOutlined } = useCheckPlace();
  return useMemo(() => {
    if (shown === null || !isOutlined || shown.side !== side) return [];
    const { xPx, yPx, widthPx, heightPx } = shown.placeImagePx;
    const roomPx = Math.max(leastRoomPx, roomShare * Math.max(widthPx, heightPx));
    return [
      {
        id: `check-${shown.checkId}`,
        pointImagePx: { xPx: xPx - roomPx, yPx: yPx - roomPx },
        sizeImagePx: { widthPx: widthPx + 2 * roomPx, heightPx: heightPx + 2 * roomPx },
        label: checkLabels[shown.checkId],
        tone: 'warn',
        isActive: true,
      },
    ];
  }, [shown, isOutlined, side]);
};
