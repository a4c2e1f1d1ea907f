import type { Page } from 'playwright';

/** What one event cost, milliseconds. */
export interface EventSample {
  readonly type: string;
  /** In the page's listeners: everything that the app does at once for it. */
  readonly handlingMs: number;
  /** From the event's own time stamp to the end of the frame's work in the page: its first animation frame, then a message that comes after style, layout and paint. */
  readonly paintedMs: number;
  /** From the same time stamp to the start of the frame after: late when the compositor or the raster are. */
  readonly nextFrameMs: number;
}

export interface ProbeReport {
  readonly events: readonly EventSample[];
  /** Tasks over 50 ms, as the browser reports them. */
  readonly longTasksMs: readonly number[];
  /** What ran in them and in frames as long, as the browser attributes it: one line each. */
  readonly longWork: readonly string[];
  /** Longest time between two animation frames while {@link watchFrames} was on; 0 without. */
  readonly longestFrameMs: number;
  /** The app's own marks by name, milliseconds since the page began. */
  readonly marks: readonly { readonly name: string; readonly atMs: number }[];
}

interface PageProbe {
  take(): Promise<ProbeReport>;
  watchFrames(on: boolean): void;
}
declare global {
  interface Window {
    maskdeskProbe?: PageProbe;
  }
}

/** Runs in the page. Its first listener is on the window, in the capture phase: before anything of the app. */
const inPage = (): void => {
  const types = ['pointerdown', 'pointermove', 'pointerup', 'keydown', 'wheel'];
  interface Open {
    readonly event: Event;
    readonly begunMs: number;
    handlingMs: number;
    paintedMs: number;
    nextFrameMs: number;
  }
  let events: Open[] = [];
  let waiting: Open[] = [];
  let current: Open | null = null;
  let longTasksMs: number[] = [];
  let longWork: string[] = [];
  let longestFrameMs = 0;
  let isWatching = false;
  let open = 0;
  const channel = new MessageChannel();
  const painted: Open[][] = [];
  channel.port1.onmessage = () => {
    const now = performance.now();
    for (const each of painted.shift() ?? []) each.paintedMs = now - each.event.timeStamp;
  };
  const frame = (): void => {
    const batch = waiting;
    waiting = [];
    open += batch.length;
    painted.push(batch);
    channel.port2.postMessage(null);
    requestAnimationFrame((next) => {
      // The frame's own time can be older than the event when the browser is late; the clock can't.
      for (const each of batch) each.nextFrameMs = Math.max(next, performance.now()) - each.event.timeStamp;
      open -= batch.length;
    });
  };
  for (const type of types) {
    window.addEventListener(
      type,
      (event) => {
        current = { event, begunMs: performance.now(), handlingMs: 0, paintedMs: NaN, nextFrameMs: NaN };
        events.push(current);
        if (waiting.length === 0) requestAnimationFrame(frame);
        waiting.push(current);
      },
      { capture: true, passive: true },
    );
    window.addEventListener(
      type,
      (event) => {
        if (current?.event === event) current.handlingMs = performance.now() - current.begunMs;
      },
      { passive: true },
    );
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasksMs.push(entry.duration);
  }).observe({ type: 'longtask' });
  interface LongFrame extends PerformanceEntry {
    readonly blockingDuration: number;
    readonly renderStart: number;
    readonly styleAndLayoutStart: number;
    readonly scripts: readonly (PerformanceEntry & { readonly invoker: string; readonly sourceURL: string; readonly sourceFunctionName: string; readonly sourceCharPosition: number })[];
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LongFrame[]) {
      // The rest only waited for the machine.
      if (entry.blockingDuration === 0) continue;
      const endMs = entry.startTime + entry.duration;
      const since = (startMs: number): string => (startMs === 0 ? '-' : (endMs - startMs).toFixed(0));
      const scripts = entry.scripts.map(({ duration, invoker, sourceURL, sourceFunctionName, sourceCharPosition }) =>
        `${duration.toFixed(0)} ms ${invoker} ${sourceFunctionName} ${sourceURL.split('/').at(-1) ?? ''}:${sourceCharPosition}`,
      );
      longWork.push(`${entry.duration.toFixed(0)} ms at ${entry.startTime.toFixed(0)}, ${entry.blockingDuration.toFixed(0)} over 50, the last ${since(entry.renderStart)} of it rendering, ${since(entry.styleAndLayoutStart)} style, layout and paint: ${scripts.join('; ') || 'no script'}`);
    }
  }).observe({ type: 'long-animation-frame' });
  let lastFrame = 0;
  const watch = (): void => {
    const now = performance.now();
    if (lastFrame > 0) longestFrameMs = Math.max(longestFrameMs, now - lastFrame);
    lastFrame = now;
    if (isWatching) requestAnimationFrame(watch);
  };
  window.maskdeskProbe = {
    async take() {
      while (open > 0 || waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await new Promise((resolve) => setTimeout(resolve, 0));
      const report = {
        events: events.map(({ event, handlingMs, paintedMs, nextFrameMs }) => ({ type: event.type, handlingMs, paintedMs, nextFrameMs })),
        longTasksMs,
        longWork,
        longestFrameMs,
        marks: performance.getEntriesByType('mark').map(({ name, startTime }) => ({ name, atMs: startTime })),
      };
      events = [];
      longTasksMs = [];
      longWork = [];
      longestFrameMs = 0;
      return report;
    },
    watchFrames(on) {
      lastFrame = 0;
      if (on && !isWatching) requestAnimationFrame(watch);
      isWatching = on;
    },
  };
};

/** Puts the probe into the page; once a page. */
export const installProbe = (page: Page): Promise<void> => page.evaluate(inPage);

/** What was gathered since the last call, once every event's frame is over. */
export const takeReport = (page: Page): Promise<ProbeReport> =>
  page.evaluate(() => {
    const probe = window.maskdeskProbe;
    if (probe === undefined) throw new Error('the page has no probe');
    return probe.take();
  });

/** Counts the time between frames from now on. It keeps the page painting: off while latencies are measured. */
export const watchFrames = (page: Page, on: boolean): Promise<void> => page.evaluate((isOn) => window.maskdeskProbe?.watchFrames(isOn), on);
