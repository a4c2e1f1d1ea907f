import type { TileState } from '../../shared/edits/tileState.ts';
import type { History } from './history.ts';
import type { HistoryKeeper } from './historyKeeper.ts';
import type { MatteTrail } from './matte/matteTrail.ts';
import type { PromptTrail } from './prompts/promptTrail.ts';
import type { Unfinished } from '../stores/unfinished.ts';
import { unfinishedOf, waitingClicksOf, type HeldOutlines } from './unfinished.ts';

/** What an asset that was left needs to come back as it was. */
export interface AssetSession {
  readonly revisionId: string | null;
  /** Its edit was discarded: of the visit only what is in no mask goes on. */
  readonly isForgotten: boolean;
  readonly state: TileState;
  readonly history: History;
  readonly keeper: HistoryKeeper | null;
  /** What was prompted for, along the history; null: nothing. */
  readonly prompts: PromptTrail | null;
  /** Soft coverage along the history. */
  readonly mattes: MatteTrail;
  /** Outlines that are not closed. */
  readonly outlines: HeldOutlines;
  /** Where the last stroke ended, imagePx: Shift draws a straight line from there. */
  readonly lastPoint: { readonly xImagePx: number; readonly yImagePx: number } | null;
}

/** For all assets together. */
export const defaultStoreLimitBytes = 64 * 1024 * 1024;

const sessionBytes = ({ state, history }: AssetSession): number => {
  let bytes = history.bytes;
  for (const tile of state.tiles) if (tile.length > 1) bytes += tile.length;
  return bytes;
};

/**
 * Sessions of the assets that were left, by asset key: their undo steps and working mask. When all together pass the limit those that were
 * left longest ago go (their drafts are on disk, their undo steps end). What is in no draft stays: clicks that wait, outlines that are not closed.
 * Shared by the panes.
 */
export class HistoryStore {
  #limitBytes: number;
  /** In the order in which they were left. */
  readonly #sessions = new Map<string, AssetSession>();
  #bytes = 0;
  readonly #unfinished = new Map<string, Unfinished>();
  readonly #listeners = new Set<() => void>();

  constructor(limitBytes = defaultStoreLimitBytes) {
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Of the assets that were left, by asset key: what was begun there and is in no mask. */
  get unfinished(): ReadonlyMap<string, Unfinished> {
    return this.#unfinished;
  }

  /** @param listener called when {@link unfinished} is different @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  keep(assetKey: string, session: AssetSession): void {
    this.take(assetKey);
    this.#sessions.set(assetKey, session);
    this.#bytes += sessionBytes(session);
    const unfinished = unfinishedOf(waitingClicksOf(session.prompts), session.outlines);
    if (unfinished !== null) this.#unfinished.set(assetKey, unfinished);
    this.#shrink(assetKey);
    if (unfinished !== null) this.#tell();
  }

  /** Takes effect at once: what is too much goes. */
  setLimit(bytes: number): void {
    this.#limitBytes = bytes;
    this.#shrink(null);
  }

  /** Removes it from the store and gives it. */
  take(assetKey: string): AssetSession | null {
    const session = this.#sessions.get(assetKey) ?? null;
    if (session === null) return null;
    this.#sessions.delete(assetKey);
    this.#bytes -= sessionBytes(session);
    if (this.#unfinished.delete(assetKey)) this.#tell();
    return session;
  }

  /** The mask that an asset's session began with is this revision by now. @returns whether the session holds work beyond it */
  rebase(assetKey: string, revisionId: string): boolean {
    const session = this.#sessions.get(assetKey);
    if (session === undefined) return false;
    this.#sessions.set(assetKey, { ...session, revisionId });
    return session.history.isDirty;
  }

  /** @param newest stays, however large it is */
  #shrink(newest: string | null): void {
    for (const oldest of this.#sessions.keys()) {
      if (this.#bytes <= this.#limitBytes || oldest === newest) break;
      if (!this.#unfinished.has(oldest)) this.take(oldest);
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
