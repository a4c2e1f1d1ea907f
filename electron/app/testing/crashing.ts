import type { IntakeParts } from '../../services/intake/intakeOptions.ts';

class Crash extends Error {}

/**
 * Store and blobs of a process that dies at its n-th step: that step and all after it come to nothing. A step is a call; half of the deaths come before
 * what it does, half after it, when the caller will never hear of it.
 */
export const crashingParts = (living: Pick<IntakeParts, 'store' | 'blobs'>, stepsToLive: number, isAfter: boolean): { parts: Pick<IntakeParts, 'store' | 'blobs'>; died: () => boolean } => {
  let steps = 0;
  const mortal = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'object' && value !== null) return mortal(value);
        if (typeof value !== 'function' || name === 'keyOfPath' || name === 'pathOfKey') return value;
        return async (...given: unknown[]): Promise<unknown> => {
          steps++;
          if (steps > stepsToLive || (steps === stepsToLive && !isAfter)) throw new Crash('dead');
          const result: unknown = await (Reflect.apply(value, target, given) as Promise<unknown>);
          if (steps >= stepsToLive) throw new Crash('dead');
          return result;
        };
      },
    });
  return { parts: { store: mortal(living.store), blobs: mortal(living.blobs) }, died: () => steps >= stepsToLive };
};
