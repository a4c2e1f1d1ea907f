import type { CheckPlace, CheckResult } from '../../../shared/domain/check.ts';
import { useCheckPlace } from '../../stores/checkPlace.ts';
import { useChecks } from '../../stores/checks.ts';
import { activeAsset, usePanes } from '../../stores/panes.ts';
import { activeEditor } from '../desk/editors.ts';

/** Long enough to see where; the frame would be in the way of painting. */
const outlineMs = 4_000;
/** A crumb is shown with what is around it: its share of the photo's longer side at least. */
const leastShare = 0.08;

let timer: ReturnType<typeof setTimeout> | null = null;

const grown = (place: CheckPlace, sidePx: number): CheckPlace => {
  const moreX = Math.max(0, sidePx - place.widthPx) / 2;
  const moreY = Math.max(0, sidePx - place.heightPx) / 2;
  return { xPx: place.xPx - moreX, yPx: place.yPx - moreY, widthPx: place.widthPx + 2 * moreX, heightPx: place.heightPx + 2 * moreY };
};

/** Takes the view to what a check found, and outlines it for a moment. One without a place shows the whole picture. */
export const showCheck = ({ checkId, placeImagePx }: CheckResult): void => {
  const { revisionId } = useChecks.getState();
  const asset = activeAsset();
  if (revisionId === null || asset === null) return;
  if (timer !== null) clearTimeout(timer);
  const editor = activeEditor();
  if (placeImagePx === null) {
    editor.zoomTo('fit');
    const wholePx = { xPx: 0, yPx: 0, widthPx: asset.widthPx ?? 0, heightPx: asset.heightPx ?? 0 };
    useCheckPlace.setState({ shown: { side: usePanes.getState().active, revisionId, checkId, placeImagePx: wholePx }, isOutlined: false });
    return;
  }
  editor.showRect(grown(placeImagePx, leastShare * Math.max(asset.widthPx ?? 0, asset.heightPx ?? 0)));
  useCheckPlace.setState({ shown: { side: usePanes.getState().active, revisionId, checkId, placeImagePx }, isOutlined: true });
  timer = setTimeout(() => useCheckPlace.setState({ isOutlined: false }), outlineMs);
};
