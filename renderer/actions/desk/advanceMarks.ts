import { assetKey, sameAsset, type AssetRef } from '../../../shared/domain/asset.ts';
import { pane, type Side } from '../../stores/panes.ts';
import type { Photo } from '../../stores/photo.ts';

/**
 * Marks of the time from the key that asks for an item to the frame that shows it: `advance:start`, `advance:painted`, and between them the
 * measure `advance`, whose detail is the item. bench/advance.bench.ts and e2e read them.
 */
let pending: AssetRef | null = null;
let frames = 0;
const mostMeasures = 500;

/** An older key or click did not ask for the item that is opened now. */
const mostInputAgeMs = 3000;
let inputAtMs: number | null = null;

/** Keys and clicks are where waiting begins, whatever is asked of the core before the item opens. Called once. */
export const startAdvanceMarks = (): void => {
  const note = ({ timeStamp }: Event): void => {
    inputAtMs = timeStamp;
  };
  window.addEventListener('keydown', note, { capture: true });
  window.addEventListener('click', note, { capture: true });
};

const takeInputTime = (): number => {
  const now = performance.now();
  const at = inputAtMs;
  inputAtMs = null;
  return at !== null && now - at < mostInputAgeMs ? at : now;
};

/** An item is asked for. */
export const markAdvance = (item: AssetRef): void => {
  pending = { kind: item.kind, id: item.id };
  performance.clearMarks('advance:start');
  performance.clearMarks('advance:painted');
  if (++frames % mostMeasures === 0) performance.clearMeasures('advance');
  performance.mark('advance:start', { startTime: takeInputTime(), detail: assetKey(item) });
};

/** Ends the measure after the frame in which the item's photo was drawn. */
export const notePainted = (side: Side, photo: Photo): void => {
  const shown = pane(side);
  if (pending === null || shown.asset === null || shown.photo !== photo || shown.status !== 'ready' || !sameAsset(pending, shown.asset)) return;
  const key = assetKey(pending);
  pending = null;
  // A message sent while a frame is drawn is received after that frame has been handed over.
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    performance.mark('advance:painted', { detail: key });
    performance.measure('advance', { start: 'advance:start', end: 'advance:painted', detail: key });
  };
  channel.port2.postMessage(null);
};
