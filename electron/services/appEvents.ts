import type { AssetRef } from '../../shared/domain/asset.ts';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';

type Listener = (event: AppEvent) => void;

/** Where services say what changed and what people should know; hosts pass it on to a window, a log or stderr. */
export class AppEvents {
  readonly #listeners = new Set<Listener>();

  /** @returns a function that stops listening */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: AppEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  assetsChanged(assets: readonly AssetRef[]): void {
    this.emit({ kind: 'assetsChanged', assets });
  }

  notice(level: 'info' | 'warning' | 'error', message: string, code: string | null = null): void {
    this.emit({ kind: 'notice', level, message, code });
  }
}
