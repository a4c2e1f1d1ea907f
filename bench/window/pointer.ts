import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'playwright';

/** A place in the window, CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export const eventsPerSecond = 125;

type MouseEventType = 'mousePressed' | 'mouseMoved' | 'mouseReleased';

/** Waits by the clock: a timer alone is a millisecond or two late each time, and that adds up. */
const until = async (atMs: number): Promise<void> => {
  const restMs = atMs - performance.now();
  if (restMs > 0) await sleep(restMs);
};

/**
 * A real mouse: events enter the browser process as the system's do, one each 8 ms by the clock, none waits for the page to answer the one before.
 * @returns once the page has answered the last one
 */
export const strokeOf = async (cdp: CDPSession, places: readonly Place[], perSecond = eventsPerSecond): Promise<void> => {
  const [first] = places;
  const last = places.at(-1);
  if (first === undefined || last === undefined) return;
  const answers: Promise<unknown>[] = [];
  const send = (type: MouseEventType, { x, y }: Place, buttons: 0 | 1): void => {
    answers.push(cdp.send('Input.dispatchMouseEvent', { type, x, y, buttons, button: type === 'mouseMoved' ? 'none' : 'left', clickCount: type === 'mouseMoved' ? 0 : 1 }));
  };
  send('mouseMoved', first, 0);
  const startedMs = performance.now();
  send('mousePressed', first, 1);
  for (const [index, place] of places.slice(1).entries()) {
    await until(startedMs + ((index + 1) * 1000) / perSecond);
    send('mouseMoved', place, 1);
  }
  await until(startedMs + (places.length * 1000) / perSecond);
  send('mouseReleased', last, 0);
  await Promise.all(answers);
};

/** A key as the system sends it. `modifiers`: 1 Alt, 2 Ctrl, 4 Meta, 8 Shift, added. */
export const pressKey = async (cdp: CDPSession, key: string, code: string, keyCode: number, modifiers = 0): Promise<void> => {
  const event = { key, code, windowsVirtualKeyCode: keyCode, nativeVirtualKeyCode: keyCode, modifiers };
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
};

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The same numbers at every run. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** A hand's path over a box: it turns a little at each step and comes back from the edges. */
export const wanderingPath = (random: () => number, box: Box, events: number, stepPx: number): readonly Place[] => {
  const inside = (place: Place): Place => ({
    x: Math.min(box.x + box.width - 2, Math.max(box.x + 2, place.x)),
    y: Math.min(box.y + box.height - 2, Math.max(box.y + 2, place.y)),
  });
  let place = { x: box.x + random() * box.width, y: box.y + random() * box.height };
  let angle = random() * Math.PI * 2;
  return Array.from({ length: events }, () => {
    angle += (random() - 0.5) * 0.8;
    const next = inside({ x: place.x + Math.cos(angle) * stepPx, y: place.y + Math.sin(angle) * stepPx });
    if (next.x === place.x || next.y === place.y) angle += Math.PI / 2;
    place = next;
    return { x: Math.round(place.x), y: Math.round(place.y) };
  });
};
