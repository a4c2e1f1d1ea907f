import type { CDPSession } from 'playwright';

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number };
}
interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples?: readonly number[];
  readonly timeDeltas?: readonly number[];
}

export interface SelfTime {
  /** `paint index.js:12:340` */
  readonly where: string;
  readonly ms: number;
}

/** Starts V8's sampling profiler in the page. @returns a function that stops it and gives the time in each function itself, most first */
export const startProfile = async (cdp: CDPSession): Promise<() => Promise<readonly SelfTime[]>> => {
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 500 });
  await cdp.send('Profiler.start');
  return async () => {
    const { profile } = (await cdp.send('Profiler.stop')) as { readonly profile: Profile };
    const names = new Map(
      profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber, columnNumber } }) => [
        id,
        `${functionName || '(anonymous)'}${url === '' ? '' : ` ${url.split('/').at(-1) ?? ''}:${lineNumber + 1}:${columnNumber + 1}`}`,
      ]),
    );
    const sums = new Map<string, number>();
    for (const [index, sample] of (profile.samples ?? []).entries()) {
      const where = names.get(sample) ?? '(unknown)';
      sums.set(where, (sums.get(where) ?? 0) + (profile.timeDeltas?.[index] ?? 0) / 1000);
    }
    return [...sums].map(([where, ms]) => ({ where, ms })).sort((a, b) => b.ms - a.ms);
  };
};
