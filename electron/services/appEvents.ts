import type { AssetRef } from '../../shared/domain/asset.ts';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';

/** Kept until somebody listens; older ones are in the log. */
const mostUntold = 20;

type Listener = (event: AppEvent) => void;

/** Where services say what changed and what people should know; hosts pass it on to a window, a log or stderr. */
export class AppEvents {
  readonly #listeners = new Set<Listener>();
  /** Notices that came while nobody listened, as before the window has connected. */
  #untold: AppEvent[] = [];

  /** @returns a function that stops listening */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    const untold = this.#untold;
    this.#untold = [];
    for (const event of untold) listener(event);
    return () => this.#listeners.delete(listener);
  }

  emit(event: AppEvent): void {
    if (this.#listeners.size === 0 && event.kind === 'notice') this.#untold = [...this.#untold, event].slice(-mostUntold);
    for (const listener of [...this.#listeners]) listener(event);
  }

  assetsChanged(assets: readonly AssetRef[]): void {
    this.emit({ kind: 'assetsChanged', assets });
  }

  notice(level: 'info' | 'warning' | 'error', message: string, code: string | null = null): void {
    this.emit({ kind: 'notice', level, message, code });
  }
}
