/**
 * Ctrl+C at a terminal reaches every process of the group, and some init systems signal them all. A process that somebody else closes in
 * order, when what is in hand is finished, leaves those signals to that one.
 */
export const leaveSignalsToParent = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
};
