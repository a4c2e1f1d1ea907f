import { imageBatchMasked, keyframeBatchMasked, masksOf, type ReceivedEvent } from '../pipeline.ts';
import { assetName, type AssetOutcome, type Outcome } from '../outcome.ts';
import type { Checker } from './checker.ts';

/** Events: each that was promised, none besides, the same under one id, and none before its file. */
export const checkEvents = (checker: Checker, outcome: Outcome): void => {
  const { received, intake, assets } = outcome;
  checker.that('event', outcome.unreadable.length === 0, () => `events that are none: ${outcome.unreadable.slice(0, 3).join(' · ')}`);
  const isBatch = ({ topic }: ReceivedEvent): boolean => topic === imageBatchMasked || topic === keyframeBatchMasked;
  const byId = Map.groupBy(received.filter((event) => !isBatch(event)), ({ event }) => event.event_id);

  /** Names of the assets that an event tells of, by its id. */
  const promised = new Map<string, readonly string[]>();
  for (const [eventId, rows] of Map.groupBy(intake.filter(({ state }) => state === 'stored'), (row) => row.eventId)) promised.set(eventId, rows.map(({ asset }) => asset.id));
  for (const { planned, known } of assets) {
    for (const { state, revisionId, events } of known?.publications ?? []) {
      if (state === 'published' && revisionId !== null) for (const { eventId } of events) promised.set(eventId, [planned.id]);
    }
  }
  for (const [eventId, ids] of promised) {
    const [first] = byId.get(eventId) ?? [];
    checker.that('event', first !== undefined, () => `the event ${eventId} of ${ids.join(', ')} never arrived`);
    if (first === undefined) continue;
    const told = masksOf(first.event).map(({ id }) => id);
    checker.that('event', told.length === ids.length && ids.every((id) => told.includes(id)), () => `the event ${eventId} tells of ${told.join(', ')}; stored are ${ids.join(', ')}`);
  }
  for (const [eventId, copies] of byId) {
    checker.that('event', promised.has(eventId), () => `nobody promised the event ${eventId} of ${copies.flatMap(({ event }) => masksOf(event).map(({ id }) => id)).join(', ')}`);
    checker.that('event', new Set(copies.map(contentOf)).size === 1, () => `the event ${eventId} came with different contents`);
  }
  checkOrder(checker, outcome);
};

/** Without what a publisher adds at each sending. */
const contentOf = ({ event: { _metadata, ...content } }: ReceivedEvent): string => JSON.stringify(content);

/** A mask that was there when its event came; or it had been withdrawn by then, which is no fault of the event's. */
const checkOrder = (checker: Checker, { received, assets }: Outcome): void => {
  const outcomeOf = new Map(assets.map((asset) => [assetName(asset.planned), asset]));
  for (const { topic, event, missing, lookedAtMs } of received) {
    const kind = topic.startsWith('video') ? 'keyframe' : 'product_image';
    for (const { id } of masksOf(event)) {
      checker.that('order', !missing.includes(id) || wasWithdrawn(outcomeOf.get(assetName({ kind, id })), lookedAtMs), () => `${id}: the event ${event.event_id} came before its file`);
    }
  }
};

/** From the moment on that a withdrawal was decided, until the next mask was in place, there may be no file. */
const wasWithdrawn = (asset: AssetOutcome | undefined, atMs: number): boolean => {
  const publications = asset?.known?.publications.filter(({ state }) => state === 'published') ?? [];
  return publications.some(({ revisionId, createdAtMs }, index) => {
    const next = publications.slice(index + 1).find((later) => later.revisionId !== null);
    return revisionId === null && createdAtMs <= atMs && (next?.finishedAtMs ?? Infinity) >= atMs;
  });
};
