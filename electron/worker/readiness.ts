import type { PauseReason } from './intakeGate.ts';
import { partNames, type PartName, type PartState } from './partWatch.ts';

export type WorkerPhase = 'connecting' | 'running' | 'stopping';

/** What /readyz says. A worker that pauses for memory is ready all the same: nothing is wrong with it, and it goes on by itself. */
export class Readiness {
  phase: WorkerPhase = 'connecting';
  /** While connecting: what it waits for. */
  waitsFor: string | null = null;
  readonly #parts = new Map<PartName, PartState>();
  readonly #startedAtMs = Date.now();
  readonly #more: () => { readonly paused: readonly PauseReason[]; readonly messagesInHand: number };
  readonly #version: string;

  constructor(version: string, more: () => { readonly paused: readonly PauseReason[]; readonly messagesInHand: number }) {
    this.#version = version;
    this.#more = more;
  }

  set(name: PartName, state: PartState): void {
    this.#parts.set(name, state);
  }

  get isReady(): boolean {
    return this.phase === 'running' && partNames.every((name) => this.#parts.get(name)?.isUp === true);
  }

  get body(): Readonly<Record<string, unknown>> {
    const { paused, messagesInHand } = this.#more();
    return {
      phase: this.phase,
      ...(this.waitsFor === null ? {} : { waits_for: this.waitsFor }),
      parts: Object.fromEntries(partNames.map((name) => [name, this.#partOf(name)])),
      paused,
      messages_in_hand: messagesInHand,
      up_seconds: Math.round((Date.now() - this.#startedAtMs) / 1000),
      version: this.#version,
    };
  }

  #partOf(name: PartName): object {
    const state = this.#parts.get(name);
    if (state === undefined) return { up: false, reason: 'not looked at yet' };
    return { up: state.isUp, ...(state.reason === null ? {} : { reason: state.reason }), since: new Date(state.sinceMs).toISOString() };
  }
}
