import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../app/createApp.ts';
import { Disposables } from '../base/disposables.ts';
import type { Logger } from '../base/logger.ts';
import { silentObserver, type IntakeObserver } from '../services/intake/intakeObserver.ts';
import type { IntakeService } from '../services/intake/intakeService.ts';
import { createRegularLook } from '../services/regularLook.ts';
import { isCancelled, isExpected, sentenceOf } from '../../shared/errors/errors.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { createIntakeLog } from './intakeLog.ts';
import { IntakeGate } from './intakeGate.ts';
import { intakeSettingsOf } from './intakeSettings.ts';
import { MemoryGate } from './memoryGate.ts';
import { memoryUse } from './memoryUse.ts';
import { MessagePump, type Drained } from './messagePump.ts';
import { createIntakeMetrics } from './metrics/intakeMetrics.ts';
import type { WorkerMetrics } from './metrics/workerMetrics.ts';
import { tellAll } from './observers.ts';
import { PartWatch, partNames, type PartName } from './partWatch.ts';
import { brokerOf, consumerOf, createProbes } from './probes.ts';
import { ProgressTeller } from './progressTeller.ts';
import type { Readiness } from './readiness.ts';
import { isUnreachable, whileUnreachable } from './whileUnreachable.ts';
import type { WorkerSettings } from './workerSettings.ts';

const memoryEveryMs = 1_000;
const stateEveryMs = 5_000;
/** Events of desks that have no broker of their own wait so long at most. */
const deliverEveryMs = 1_000;
/** While a queue is said to be empty a message may be on its way to us: it is asked again after so long. */
/** For letting go of what is in hand, beyond the time for finishing it. */
const leaveMs = 5_000;
const emptyAgainMs = 300;
const pruneEveryMs = 3_600_000;

export interface WorkerParts {
  readonly app: App;
  readonly settings: WorkerSettings;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  readonly readiness: Readiness;
}

/** Which part trouble of this code is trouble of. */
const partOfCode: Partial<Record<ErrorCode, PartName>> = { store_unreachable: 'store', blobs_unreachable: 'blobs', broker_unreachable: 'broker', model_missing: 'model', model_corrupt: 'model' };

/** A worker at an open store: takes messages while everything that they need is there, and looks after what no message comes for. */
export class Worker {
  readonly #parts: WorkerParts;
  readonly #disposables = new Disposables();
  readonly #watches: ReadonlyMap<PartName, PartWatch>;
  readonly #gate: IntakeGate;
  readonly #memory: MemoryGate;
  readonly #intake: IntakeService;
  readonly #pump: MessagePump;
  readonly #progress: ProgressTeller | null;
  #lastTrouble = '';
  #isTooTight = false;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    const { app, settings, logger, metrics, readiness } = parts;
    this.#gate = new IntakeGate((error) => logger.warn({ err: error }, 'the broker could not be told to pause or to go on; it is told again'));
    this.#memory = new MemoryGate(settings.memoryMegabytes * 1024 * 1024);
    const probes = createProbes(app, () => app.config.defaultModelId);
    const onChange = (name: PartName): void => this.#onPart(name);
    this.#watches = new Map(partNames.map((name) => [name, new PartWatch({ name, probe: probes[name], onChange })]));
    for (const [name, watch] of this.#watches) readiness.set(name, watch.state);

    const settingsOfIntake = intakeSettingsOf(settings);
    const topics = Object.values(settingsOfIntake.topics).flat();
    const broker = brokerOf(app);
    const observer = tellAll([createIntakeMetrics(metrics.registry, topics), createIntakeLog(logger), this.#circuits()]);
    this.#intake = app.createIntake(observer, settingsOfIntake);
    this.#pump = new MessagePump({ consumer: consumerOf(app), intake: this.#intake, prefetch: settings.prefetch, gate: this.#gate, onInHand: (count) => metrics.state.messagesInHand(count) });
    this.#progress = settings.progressEvents
      ? new ProgressTeller({ broker, topic: settings.progressTopic, everyMs: settings.progressSeconds * 1000, nowMs: () => Date.now(), uuid: () => crypto.randomUUID() })
      : null;
  }

  /** Messages so far, repetitions among them. */
  get received(): number {
    return this.#pump.received;
  }

  get messagesInHand(): number {
    return this.#pump.inHand;
  }

  get paused(): IntakeGate['reasons'] {
    return this.#gate.reasons;
  }

  /** Resolves when messages are being taken. @throws ExpectedError invalid_input where a running queue was declared otherwise; CancelledError at the signal */
  async start(signal: AbortSignal): Promise<void> {
    const { app, settings, logger, readiness } = this.#parts;
    await this.#gate.set('starting', true);
    for (const watch of this.#watches.values()) this.#disposables.add(watch);
    await whileUnreachable(() => this.#pump.start(), {
      signal,
      onWait: (trouble) => {
        readiness.waitsFor = trouble.message;
        logger.warn({ code: trouble.code, reason: trouble.message }, 'waiting for the broker');
      },
    });
    readiness.waitsFor = null;
    await Promise.all([...this.#watches.values()].map((watch) => watch.look()));
    await this.#lookAtMemory();
    await this.#lookAtState();
    this.#repeat(memoryEveryMs, 'memory could not be looked at', () => this.#lookAtMemory());
    this.#repeat(stateEveryMs, 'the state of queues and batches could not be looked at', () => this.#lookAtState());
    this.#repeat(deliverEveryMs, 'whether events wait could not be seen', () => this.#deliverWaiting());
    this.#repeat(pruneEveryMs, 'old messages could not be forgotten', () => this.#intake.prune(signal)).look();
    this.#repeat(settings.sweepSeconds * 1000, 'what was left over could not be looked for', () => this.#sweep(signal)).look();
    if (settings.runQueue) await app.services.segmentation.goOn().catch((error: unknown) => logger.warn({ err: error }, 're-runs that reviewers asked for can not go on yet'));
    readiness.phase = 'running';
    await this.#gate.set('starting', false);
    logger.info({ topics: this.#intake.topics, prefetch: settings.prefetch, concurrency: settings.concurrency, model: app.config.defaultModelId, store: app.services.store.location, blobs: app.blobs.location, broker: brokerOf(app).location }, 'worker runs');
  }

  /** Resolves when the queues are empty, nothing is in hand and everything is published, or at the signal. @returns sentences of what could not be done */
  async untilIdle(signal: AbortSignal): Promise<readonly string[]> {
    const { app, settings } = this.#parts;
    for (;;) {
      if (!(await this.#queuesAreEmpty(signal))) return [];
      await this.#intake.sweep(signal);
      await this.#intake.sweptUp();
      if (settings.runQueue) await app.services.segmentation.idle(signal);
      const { problems } = await app.publisher.drain();
      await this.#lookAtState();
      if (signal.aborted || this.#pump.inHand === 0) return problems;
    }
  }

  /** Takes nothing new, finishes what is in hand within `drainSeconds`, gives back the rest. */
  async drain(): Promise<Drained> {
    const { app, settings, logger, readiness } = this.#parts;
    const until = Date.now() + settings.drainSeconds * 1000;
    readiness.phase = 'stopping';
    logger.info({ messages_in_hand: this.#pump.inHand, drain_seconds: settings.drainSeconds }, 'stopping: what is in hand is finished');
    const trouble = (error: unknown): void => logger.warn({ err: error }, 'the broker could not be told; it finds out when the connection closes');
    const drained = await this.#pump.drain(settings.drainSeconds * 1000, trouble);
    // What a half-dead connection keeps waiting is left to it: the state is in the database, and the broker hands out again what was not acked.
    const leave = async (): Promise<void> => {
      await this.#intake.dispose();
      await this.#disposables.dispose();
    };
    await Promise.race([leave(), sleep(Math.max(0, until - Date.now()) + leaveMs, undefined, { ref: false })]);
    // What was just published is delivered while there is time; else the next start does it.
    await Promise.race([app.publisher.drain().catch((error: unknown) => logger.warn({ err: error }, 'what was published is delivered at the next start')), sleep(Math.max(0, until - Date.now()), undefined, { ref: false })]);
    logger.info({ messages_finished: drained.inHand - drained.givenBack, messages_given_back: drained.givenBack }, 'stopped');
    return drained;
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    // Approvals that a desk has acknowledged and could not place.
    this.#parts.app.publisher.kick();
    await this.#intake.sweep(signal);
  }

  async #deliverWaiting(): Promise<void> {
    const { app, metrics } = this.#parts;
    const unsent = await app.services.store.outbox.unsentCount();
    metrics.state.outboxUnsent(unsent);
    metrics.state.eventsUnheard(app.publisher.unheard);
    if (unsent > 0) app.publisher.kick();
  }

  async #queuesAreEmpty(signal: AbortSignal): Promise<boolean> {
    let emptySince: number | null = null;
    while (!signal.aborted) {
      const depths = await consumerOf(this.#parts.app).depths(this.#intake.topics).catch((error: unknown) => {
        if (isUnreachable(error)) return null;
        throw error;
      });
      const isEmpty = depths !== null && this.#pump.inHand === 0 && this.#gate.reasons.size === 0 && depths.every(({ ready }) => ready === 0);
      if (isEmpty && emptySince === this.#pump.received) return true;
      emptySince = isEmpty ? this.#pump.received : null;
      await sleep(emptyAgainMs, undefined, { signal }).catch((error: unknown) => {
        if (!isCancelled(error)) throw error;
      });
    }
    return false;
  }

  /** Trouble that the work meets opens the circuit of its part at once. */
  #circuits(): IntakeObserver {
    return {
      ...silentObserver,
      retried: (_, { code, message }) => {
        const part = partOfCode[code as ErrorCode];
        if (part !== undefined) this.#watches.get(part)?.report(new Error(message));
      },
    };
  }

  #onPart(name: PartName): void {
    const { readiness, metrics, logger } = this.#parts;
    const watch = this.#watches.get(name);
    if (watch === undefined) return;
    const { state } = watch;
    readiness.set(name, state);
    metrics.state.part(name, state.isUp);
    if (state.isUp) logger.info({ part: name }, `${name} can be used`);
    else logger.warn({ part: name, reason: state.reason }, `${name} can not be used: no new messages until it can`);
    // The broker's own connection comes back by itself, and there is nothing to pause without it.
    if (name !== 'broker') void this.#gate.set(name, !state.isUp);
    metrics.state.paused(this.#gate.reasons);
  }

  async #lookAtMemory(): Promise<void> {
    const { app, metrics, logger } = this.#parts;
    const { pid, restarts } = app.inference.status();
    const use = await memoryUse(pid);
    metrics.state.memory(use);
    metrics.state.inferenceRestarts(restarts);
    const usedBytes = use.workerBytes + use.inferenceBytes;
    const before = this.#memory.isClosed;
    const { isClosed, tooTight } = this.#memory.look({ usedBytes, messagesInHand: this.#pump.inHand });
    const fields = { used_megabytes: Math.round(usedBytes / 1024 / 1024), limit_megabytes: Math.round(this.#memory.limitBytes / 1024 / 1024) };
    if (tooTight && !this.#isTooTight) logger.warn(fields, 'the model alone takes more than memoryMegabytes allows: work goes on slowly; raise it, or choose a smaller model');
    else if (before !== isClosed && !this.#isTooTight) logger.warn(fields, isClosed ? 'memory nears its ceiling: no new messages until some is free' : 'memory is free again');
    // Said once, not at each handful of messages.
    this.#isTooTight ||= tooTight;
    await this.#gate.set('memory', isClosed);
    metrics.state.paused(this.#gate.reasons);
  }

  async #lookAtState(): Promise<void> {
    const { app, metrics } = this.#parts;
    const [depths, batches] = await Promise.allSettled([consumerOf(app).depths(this.#intake.topics), this.#intake.batches()]);
    if (depths.status === 'fulfilled') metrics.state.depths(depths.value);
    if (batches.status === 'fulfilled') {
      metrics.state.batches(batches.value);
      await this.#progress?.tell(batches.value).catch((error: unknown) => this.#tellOnce(error, 'progress of jobs could not be told'));
    }
    for (const looked of [depths, batches]) if (looked.status === 'rejected') this.#tellOnce(looked.reason, 'how things stand could not be seen');
  }

  /** The circuits tell of servers that are gone; the same sentence every few seconds helps nobody. */
  #tellOnce(error: unknown, what: string): void {
    const { logger } = this.#parts;
    const sentence = sentenceOf(error);
    if (!isExpected(error)) logger.error({ err: error }, what);
    else if (!isUnreachable(error) && sentence !== this.#lastTrouble) logger.warn({ code: error.code, reason: sentence }, what);
    this.#lastTrouble = sentence;
  }

  #repeat(everyMs: number, trouble: string, work: () => Promise<void>): { look(): void } {
    const regular = createRegularLook(() => work().catch((error: unknown) => (isCancelled(error) ? undefined : this.#tellOnce(error, trouble))), everyMs);
    this.#disposables.add(regular);
    regular.start();
    return { look: () => void regular.look() };
  }
}
