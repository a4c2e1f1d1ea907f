import { followMask, type Matte } from '../../../shared/edits/matte.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { MatteTrail, type KeptMatte } from './matteTrail.ts';

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

  /** What belongs beside the mask as it is now, to be stored with it; null: nothing was refined. */
  get stored(): Matte | null {
    const mask = this.#host.mask();
    const kept = this.#kept;
    return kept === null || mask === null ? null : followMask(kept.matte, kept.made, mask);
  }

  /** As it was made: for drafts, which must not wait for what every stroke does to it. */
  get made(): Matte | null {
    return this.#kept?.matte ?? null;
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

  /** @param trail of an earlier visit @param base else: kept with the draft that is loaded */
  enter(trail: MatteTrail | null, base: Matte | null): void {
    const mask = this.#host.mask();
    this.#trail = trail ?? new MatteTrail(base === null || mask === null ? null : { matte: base, made: mask });
    this.#drawn = this.#kept;
  }

  leave(): MatteTrail {
    const trail = this.#trail;
    this.#trail = new MatteTrail();
    this.#drawn = null;
    this.#proposed = null;
    return trail;
  }

  /** The history begins anew with what there is. Called while its steps still count as before. */
  forgotten(): void {
    this.#trail = new MatteTrail(this.#kept);
  }

  get #kept(): KeptMatte | null {
    return this.#trail.at(this.#host.step());
  }
}
