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

/** The key or click that led here, when that is what is running now: waiting for it in a queue counts. */
const eventTime = (): number => {
  const now = performance.now();
  // Deprecated for what may be another's event; here only its time is asked for.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const at = window.event instanceof UIEvent ? window.event.timeStamp : now;
  return at > 0 && at <= now ? at : now;
};

/** An item is asked for. */
export const markAdvance = (item: AssetRef): void => {
  pending = { kind: item.kind, id: item.id };
  performance.clearMarks('advance:start');
  performance.clearMarks('advance:painted');
  if (++frames % mostMeasures === 0) performance.clearMeasures('advance');
  performance.mark('advance:start', { startTime: eventTime(), detail: assetKey(item) });
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
