import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright';
import type { Place } from './pointer.ts';

/** One click that was answered, milliseconds from the time stamp of its pointerdown. */
export interface PromptClick {
  /** The decoder was asked; negative where the pointer had rested, as the next. */
  readonly askedMs: number;
  /** The page has the candidate to show. */
  readonly answeredMs: number;
  /** Every canvas call of the picture of the answer is done. */
  readonly drawnMs: number;
  /** The first animation frame that begins after that: what was drawn is with the compositor. */
  readonly frameMs: number;
  /** In the decoder's run alone, of this very prompt. */
  readonly decodeMs: number;
  readonly backend: string;
}

interface ClickWatch {
  next: Promise<PromptClick>;
}
declare global {
  interface Window {
    maskdeskClickWatch?: ClickWatch;
  }
}

/** Runs in the page: waits for the next pointerdown and then for the app's own marks; where the pointer rested, its answer may be older than the click. */
const watchInPage = ([limitMs, hasRested]: readonly [number, boolean]): void => {
  const next = new Promise<PromptClick>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the click was not answered')), limitMs);
    const onDown = (event: Event): void => {
      const downMs = event.timeStamp;
      const markAfter = (name: string): PerformanceMark | undefined =>
        (performance.getEntriesByName(name, 'mark') as PerformanceMark[]).find(({ startTime }) => startTime >= downMs || (hasRested && name !== 'prompt:drawn'));
      const look = new PerformanceObserver(() => {
        const [asked, answered, drawn] = ['prompt:asked', 'prompt:answered', 'prompt:drawn'].map(markAfter);
        if (asked === undefined || answered === undefined || drawn === undefined) return;
        look.disconnect();
        clearTimeout(timer);
        const { decodeMs, backend } = answered.detail as { decodeMs: number; backend: string };
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            resolve({
              askedMs: asked.startTime - downMs,
              answeredMs: answered.startTime - downMs,
              drawnMs: drawn.startTime - downMs,
              frameMs: performance.now() - downMs,
              decodeMs,
              backend,
            }),
          ),
        );
      });
      look.observe({ type: 'mark' });
    };
    window.addEventListener('pointerdown', onDown, { capture: true, once: true });
  });
  next.catch(() => undefined);
  window.maskdeskClickWatch = { next };
};

/**
 * A real click at a place; resolves when its answer is on screen.
 * @param restedMs the pointer comes to the place so long before; 0: both at once
 * @throws when that takes longer than the limit
 */
export const clickAndWatch = async (page: Page, cdp: CDPSession, { x, y }: Place, { limitMs = 30_000, restedMs = 0 } = {}): Promise<PromptClick> => {
  await page.evaluate(watchInPage, [limitMs, restedMs > 0] as const);
  if (restedMs > 0) {
    await cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y, button: 'none', buttons: 0 });
    await sleep(restedMs);
  }
  const button = { x, y, button: 'left', clickCount: 1 } as const;
  await cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button, buttons: 1 });
  await cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button, buttons: 0 });
  return page.evaluate(() => {
    const watch = window.maskdeskClickWatch;
    if (watch === undefined) throw new Error('nobody watches');
    return watch.next;
  });
};

/** Long enough for the mask at the photo's size and the draft behind it to be done: the next click begins on an idle page. */
export const rest = (): Promise<void> => sleep(700);
