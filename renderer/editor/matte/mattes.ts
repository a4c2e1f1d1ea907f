import { matteValueAt, type Matte } from '../../../shared/edits/matte.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { MatteTrail, type ComingMatte, type KeptMatte, type MatteStep } from './matteTrail.ts';

export interface MattesHost {
  /** The mask that counts; null while nothing is loaded. */
  readonly mask: () => TileState | null;
  /** How many steps of the history are applied. */
  readonly step: () => number;
  /** Another matte is to be drawn. */
  changed(): void;
}

/** What is drawn. */
export interface ShownMatte {
  readonly matte: Matte;
  /** Painted on since where the mask is not this any more; null: it is the mask's own, as while it is being refined. */
  readonly made: TileState | null;
}

/** The mattes of a mask at one moment. */
export interface TakenTrail {
  readonly applied: number;
  readonly mattes: readonly MatteStep[];
  /** The one that belongs to the mask. */
  readonly atMask: ComingMatte;
  readonly mask: TileState;
}

/** The soft coverage beside a pane's mask: the one that is kept, and one that is shown while its sliders move. */
export class Mattes {
  readonly #host: MattesHost;
  #trail = new MatteTrail();
  #proposed: Matte | null = null;
  #drawn: KeptMatte | null = null;

  constructor(host: MattesHost) {
    this.#host = host;
  }

  get shown(): ShownMatte | null {
    return this.#proposed === null ? this.#kept : { matte: this.#proposed, made: null };
  }

  get isProposed(): boolean {
    return this.#proposed !== null;
  }

  /** Whether the one that belongs here is still being read. */
  get isComing(): boolean {
    return this.#trail.isComingAt(this.#host.step());
  }

  /** Null while nothing is loaded. Asked for at once, so that what is done later is not meant; the mattes come when they have been read. */
  taken(): TakenTrail | null {
    const mask = this.#host.mask();
    if (mask === null) return null;
    const applied = this.#host.step();
    return { applied, mattes: this.#trail.steps, atMask: this.#trail.whenKnownAt(applied), mask };
  }

  /** Soft coverage of one pixel as it is shown, 0..255; null where there is none. */
  valueAt(xPx: number, yPx: number): number | null {
    const { shown } = this;
    const mask = this.#host.mask();
    return shown === null || mask === null ? null : matteValueAt(shown.matte, shown.made, mask, xPx, yPx);
  }

  propose(matte: Matte | null): void {
    if (matte === this.#proposed) return;
    this.#proposed = matte;
    this.#host.changed();
  }

  /** The proposal is over. @returns what was shown */
  take(): Matte | null {
    const matte = this.#proposed;
    this.propose(null);
    return matte;
  }

  /** The mask has a new step; a matte that was made with it belongs to that. */
  painted(matte: Matte | null): void {
    const step = this.#host.step();
    const mask = this.#host.mask();
    this.#trail.cut(step);
    if (matte !== null && mask !== null) this.#trail.push(step, { matte, made: mask });
    this.stepped();
  }

  /** Undone or redone. */
  stepped(): void {
    const kept = this.#kept;
    if (kept === this.#drawn) return;
    this.#drawn = kept;
    this.#host.changed();
  }

  /** @param trail of this session's earlier visit, else of what is stored */
  enter(trail: MatteTrail): void {
    this.#trail = trail;
    trail.onCame(() => {
      this.#drawn = this.#kept;
      this.#host.changed();
    });
    this.#drawn = this.#kept;
  }

  leave(): MatteTrail {
    const trail = this.#trail;
    trail.onCame(() => undefined);
    this.#trail = new MatteTrail();
    this.#drawn = null;
    this.#proposed = null;
    return trail;
  }

  /** The history begins anew with what there is. Called while its steps still count as before. */
  forgotten(): void {
    this.#trail.restart(this.#host.step());
  }

  get #kept(): KeptMatte | null {
    return this.#trail.at(this.#host.step());
  }
}
