/** Nobody sits there after this long without a key, a click or a move of the pointer: what the desk has is free for others soon after. */
const awayAfterMs = 600_000;

let lastInputMs = 0;

export const isSomebodyThere = (): boolean => performance.now() - lastInputMs < awayAfterMs;

/** Listens to every input from now on. @param onReturn somebody was away for longer, and is back. Called once. */
export const startPresence = (onReturn: () => void): void => {
  lastInputMs = performance.now();
  const note = (): void => {
    const wasAway = !isSomebodyThere();
    lastInputMs = performance.now();
    if (wasAway) onReturn();
  };
  for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel']) window.addEventListener(kind, note, { capture: true, passive: true });
};
