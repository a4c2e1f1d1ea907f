import { assetKindOf, type BatchProgress, type PipelineMessage } from '../../../shared/domain/intake.ts';
import { asId, type EventId } from '../../../shared/domain/ids.ts';
import { isCancelled, isExpected, sentenceOf } from '../../../shared/errors/errors.ts';
import type { IncomingMessage, Settlement } from '../../../shared/ports/broker.ts';
import type { Accepted, InboxMessage, NewMessage } from '../../../shared/ports/store/intakeStore.ts';
import { sha256Hex } from '../../base/hash.ts';
import { IntakeAssets, type Errand } from './intakeAssets.ts';
import { IntakeMasks } from './intakeMasks.ts';
import type { MessageFacts } from './intakeObserver.ts';
import { standardIntakeSettings, type IntakeParts, type IntakeSettings } from './intakeOptions.ts';
import { kindOfTopic, parseMessage } from './parseMessage.ts';
import { LastResort } from './lastResort.ts';
import { GaveUp, isInfrastructure, withRetries } from './retries.ts';
import { dedupKeyOf } from './workIdentity.ts';

/** What a worker does with the pipeline's messages (contracts.md B). Several may work on one store at once, in one process or in many. */
export interface IntakeService {
  /** Topics to subscribe to: every spelling of every kind of message. */
  readonly topics: readonly string[];
  /**
   * Sees a message to its end: noted, segmented, published, its event enqueued. Repeating it changes nothing, whatever stopped it before.
   * Trouble with servers is waited out inside. Never rejects.
   * @param signal the host is closing, or the message can't be settled any more: what is in hand is given back
   * @returns requeue at the signal; deadLetter for what can't be read, and where the retries are exhausted; else ack
   */
  handle(message: IncomingMessage, signal: AbortSignal): Promise<Settlement>;
  /**
   * What no message will come for: completes batches past their time, and begins with work that was noted and whose message is gone, `concurrency`
   * messages at once, which goes on in the background. To be called every half minute or so; at the same time in several processes at no harm.
   * @param signal ends what it has begun as well @throws ExpectedError store_*
   */
  sweep(signal?: AbortSignal): Promise<void>;
  /** Resolves when what sweeps have begun has ended. */
  sweptUp(): Promise<void>;
  /** Forgets messages that were done with long ago (`inboxKeptMs`). */
  prune(signal?: AbortSignal): Promise<void>;
  /** Batches that are not sent yet, and those sent last, newest first. @throws ExpectedError store_* */
  batches(): Promise<readonly BatchProgress[]>;
  /** Lets go of everything: resolves when what is in hand, whose signals have fired by now, has been given back. */
  dispose(): Promise<void>;
}

/** What is known of a message so far. */
interface Known {
  current: MessageFacts;
  noted: InboxMessage | null;
}

const ack: Settlement = { kind: 'ack' };
const requeue: Settlement = { kind: 'requeue' };
/** How many of the batches that were sent are told. */
export const shownSentBatches = 50;
/** A short transaction each: others write meanwhile. */
const prunedAtOnce = 500;
/** Messages in hand are touched often enough for nobody to think that they are left over. */
const touchesPerLeftOver = 4;
const shortestTouchMs = 1_000;
const longestTouchMs = 60_000;

export const createIntakeService = (parts: IntakeParts, given: Partial<IntakeSettings> = {}): IntakeService => {
  const settings: IntakeSettings = { ...standardIntakeSettings, ...given };
  const { clock, observer, publisher, store } = parts;
  const masks = new IntakeMasks(parts, settings);
  const assets = new IntakeAssets(parts, settings, masks);
  const takenUp = new Set<Promise<void>>();
  const lastResort = new LastResort(settings.retry);
  const handled = new Set<Promise<unknown>>();
  /** Message ids by the work on them: one message can come twice at once. */
  const inHand = new Map<Promise<void>, string>();

  const touchMs = Math.min(longestTouchMs, Math.max(shortestTouchMs, settings.leftOverAfterMs / touchesPerLeftOver));
  const timer = setInterval(() => {
    // A store that can't be reached tells those who work with it.
    if (inHand.size > 0) void store.intake.touch([...new Set(inHand.values())]).catch(() => undefined);
  }, touchMs);
  timer.unref();

  const newMessage = (message: PipelineMessage, correlationId: string): NewMessage => ({
    message,
    dedupKey: dedupKeyOf(message),
    messageId: clock.uuid(),
    eventId: asId<EventId>(clock.uuid()),
    batchEventId: asId<EventId>(clock.uuid()),
    correlationId,
  });

  /** All of its assets, at once as far as there are places; one that goes wrong stops none of the others. @throws GaveUp, CancelledError: what was worst */
  const work = async (errand: Errand): Promise<void> => {
    const { message } = errand;
    const arrivals = assets.arrivals(errand);
    const seen = await Promise.allSettled(message.assets.map((item) => assets.see(item, errand, arrivals)));
    const troubles = seen.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
    const worst = troubles.find(isCancelled) ?? troubles[0];
    if (worst !== undefined) throw worst;
    const rowless = message.assets.filter((_, index) => {
      const result = seen[index];
      return result?.status === 'fulfilled' && !result.value;
    });
    if (rowless.length > 0 && rowless.length === message.assets.length) {
      throw new GaveUp(`The pipeline's row never came for ${rowless.map(({ id }) => id).slice(0, 5).join(', ')}.`, { cause: null });
    }
    for (const item of rowless) await assets.fail(item, { code: 'not_found', message: 'The row of the pipeline never came.' }, errand);
  };

  const workInHand = async (errand: Errand): Promise<void> => {
    const working = work(errand);
    inHand.set(working, errand.message.messageId);
    try {
      await working;
    } finally {
      inHand.delete(working);
    }
  };

  /** Whoever's settlement completed a batch tells of it, once. */
  const tellBatch = async ({ messageId, jobId, kind }: InboxMessage): Promise<void> => {
    const batch = await store.intake.batch(jobId, assetKindOf[kind]);
    if (batch?.completedBy === messageId) observer.batchSent(batch);
  };

  /** Given up: said in the store, where a message that comes out of the dead letters wakes it again. */
  const giveUp = async (message: InboxMessage, reason: string, facts: MessageFacts): Promise<Settlement> => {
    await store.intake.giveUp(message.messageId, reason);
    observer.deadLettered(facts, reason);
    return { kind: 'deadLetter', reason };
  };

  /**
   * A message without an event_id of its own comes again with the photo of its asset changed: it is new work, once for each content. With an
   * event_id it is the same event, whatever has become of the photo.
   */
  const sentAnew = async (message: InboxMessage, incoming: NewMessage, facts: MessageFacts, signal: AbortSignal): Promise<Accepted | null> => {
    if (message.incomingEventId !== null || message.messageId === incoming.messageId) return null;
    const digests = await assets.otherPhotos({ message, facts, signal });
    if (digests === null) return null;
    const anew: NewMessage = { ...incoming, dedupKey: sha256Hex(JSON.stringify([incoming.dedupKey, digests])) };
    const noted = await withRetries(() => store.intake.accept(anew), { settings: settings.retry, observer, facts, signal });
    return noted.isNew || noted.message.state !== 'settled' ? noted : null;
  };

  const accepted = async ({ message, isNew, batch }: Accepted, incoming: NewMessage, facts: MessageFacts, signal: AbortSignal): Promise<'duplicate' | Settlement> => {
    const parsed = incoming.message;
    if ('expected' in parsed) {
      if (batch.expected !== parsed.expected) {
        observer.warned(facts, `The batch of job ${parsed.jobId} was to have ${batch.expected ?? 0} assets and now ${parsed.expected}: ${batch.sentAtMs === null ? 'the larger number counts' : 'its event was sent before'}.`);
      }
      publisher.kick();
      if (isNew) await tellBatch(message);
      return isNew ? ack : 'duplicate';
    }
    const hasWork = message.state !== 'settled' || message.assets.some(({ wantsProposal }) => wantsProposal);
    if (!hasWork) {
      publisher.kick();
      if (isNew) return ack;
      const again = await sentAnew(message, incoming, facts, signal);
      return again === null ? 'duplicate' : accepted(again, incoming, { ...facts, eventId: again.message.eventId }, signal);
    }
    const wasSettled = message.state === 'settled';
    await workInHand({ message, facts, signal });
    if (!wasSettled) await tellBatch(message);
    return ack;
  };

  const handle = async (incoming: IncomingMessage, signal: AbortSignal, facts: Known): Promise<'duplicate' | Settlement> => {
    const parsed = parseMessage(settings.topics, incoming);
    if ('fault' in parsed) {
      observer.deadLettered(facts.current, parsed.fault);
      return { kind: 'deadLetter', reason: parsed.fault };
    }
    const { message } = parsed;
    facts.current = { ...facts.current, jobId: message.jobId, incomingEventId: message.incomingEventId };
    if (parsed.warning !== null) observer.warned(facts.current, parsed.warning);
    try {
      const incomingMessage = newMessage(message, parsed.correlationId);
      const noted = await withRetries(() => store.intake.accept(incomingMessage), { settings: settings.retry, observer, facts: facts.current, signal });
      facts.noted = noted.message;
      facts.current = { ...facts.current, eventId: noted.message.eventId };
      return await accepted(noted, incomingMessage, facts.current, signal);
    } catch (error) {
      if (signal.aborted || isCancelled(error)) return requeue;
      // What the store does not take, though it is there, it will not take the next time either.
      const isRefused = facts.noted === null && isExpected(error) && !isInfrastructure(error);
      if (!(error instanceof GaveUp) && !isRefused) throw error;
      return await toDeadLetters(facts, sentenceOf(error));
    }
  };

  const toDeadLetters = async ({ noted, current }: Known, reason: string): Promise<Settlement> => {
    if (noted !== null) return giveUp(noted, reason, current);
    observer.deadLettered(current, reason);
    return { kind: 'deadLetter', reason };
  };

  /** A store that went away at the very end, or a fault of ours: another try will tell, or the dead letters. */
  const handBack = async (incoming: IncomingMessage, error: unknown, signal: AbortSignal, facts: Known): Promise<Settlement> => {
    try {
      if (await lastResort.isEnough(incoming, error, signal)) return await toDeadLetters(facts, `Given up after it was handed back many times: ${sentenceOf(error)}`);
    } catch (worse) {
      observer.warned(facts.current, `It could not be given up: ${sentenceOf(worse)}`);
    }
    observer.warned(facts.current, `Handed back: ${sentenceOf(error)}`);
    return requeue;
  };

  const leftOverFacts = ({ kind, jobId, incomingEventId, eventId }: InboxMessage): MessageFacts => ({ topic: settings.topics[kind][0] ?? kind, kind, jobId, incomingEventId, eventId });

  const takeUp = async (message: InboxMessage, facts: MessageFacts, signal: AbortSignal): Promise<void> => {
    observer.warned(facts, 'Work that was noted and not touched for long is taken up; its message may be lost.');
    try {
      await workInHand({ message, facts, signal });
      await tellBatch(message);
    } catch (error) {
      if (error instanceof GaveUp) await giveUp(message, sentenceOf(error), facts);
      else if (!isCancelled(error)) throw error;
    }
  };

  /** One whose picture waits out an outage keeps neither the batches nor the other messages waiting. */
  const takeUpInBackground = (message: InboxMessage, signal: AbortSignal): void => {
    const facts = leftOverFacts(message);
    const taking = takeUp(message, facts, signal)
      .catch((error: unknown) => observer.warned(facts, `Taken up in vain, for now: ${sentenceOf(error)}`))
      .finally(() => takenUp.delete(taking));
    takenUp.add(taking);
  };

  return {
    topics: Object.values(settings.topics).flat(),
    handle: async (incoming, signal) => {
      const startedMs = performance.now();
      const facts: Known = { current: { topic: incoming.topic, kind: kindOfTopic(settings.topics, incoming.topic), jobId: null, incomingEventId: null, eventId: null }, noted: null };
      observer.received(facts.current, incoming.isRedelivered);
      const handling = handle(incoming, signal, facts).catch((error: unknown) => handBack(incoming, error, signal, facts));
      handled.add(handling);
      const outcome = await handling.finally(() => handled.delete(handling));
      if (outcome === 'duplicate' || outcome.kind !== 'requeue') lastResort.settled(incoming);
      observer.settled(facts.current, outcome === 'duplicate' ? outcome : outcome.kind, performance.now() - startedMs);
      return outcome === 'duplicate' ? ack : outcome;
    },
    sweep: async (signal = new AbortController().signal) => {
      for (const batch of await store.intake.completeOverdue(settings.batchTimeoutMs)) observer.batchSent(batch);
      const found = takenUp.size < settings.concurrency ? await store.intake.leftOver(settings.leftOverAfterMs, settings.concurrency + inHand.size) : [];
      const held = new Set(inHand.values());
      const free = found.filter(({ messageId }) => !held.has(messageId)).slice(0, settings.concurrency - takenUp.size);
      if (!signal.aborted) for (const message of free) takeUpInBackground(message, signal);
      publisher.kick();
    },
    sweptUp: async () => {
      await Promise.all(takenUp);
    },
    prune: async (signal = new AbortController().signal) => {
      if (settings.inboxKeptMs === Number.POSITIVE_INFINITY) return;
      while (!signal.aborted && (await store.intake.prune(settings.inboxKeptMs, prunedAtOnce)) === prunedAtOnce);
    },
    batches: () => store.intake.batches(settings.batchTimeoutMs, shownSentBatches),
    dispose: async () => {
      clearInterval(timer);
      await Promise.allSettled([...handled, ...takenUp, ...inHand.keys()]);
      await masks.dispose();
    },
  };
};
