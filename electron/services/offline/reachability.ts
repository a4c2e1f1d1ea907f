import type { Reach, ReachPart } from '../../../shared/contracts/rpc/offline.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { Logger } from '../../base/logger.ts';
import type { AppEvents } from '../appEvents.ts';
import { createRegularLook } from '../regularLook.ts';

const codeOf: Readonly<Record<ReachPart, ErrorCode>> = { store: 'store_unreachable', files: 'blobs_unreachable' };

/** Which part of the store an error says is away; null: it says nothing of that. */
export const awayPartOf = (error: unknown): ReachPart | null => {
  if (isExpected(error, 'store_unreachable')) return 'store';
  return isExpected(error, 'blobs_unreachable') ? 'files' : null;
};

interface ReachabilityParts {
  /** Each asks its server for next to nothing. @throws ExpectedError store_unreachable, blobs_unreachable */
  readonly pings: Readonly<Partial<Record<ReachPart, () => Promise<unknown>>>>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** Called when everything is back. */
  readonly onBack: () => void;
  readonly everyMs?: number;
}

/** Whether the store and its files can be reached: learnt from calls that fail, and from asking now and then. Told as events of kind `reach`. */
export interface Reachability {
  readonly reach: Reach;
  isAway(part: ReachPart): boolean;
  /** What a call that is not even tried fails with while that part is away. */
  errorOf(part: ReachPart): ExpectedError;
  /** Takes note of what a call failed with. */
  failed(error: unknown): void;
  reached(part: ReachPart): void;
  /** Asks now. */
  look(): Promise<Reach>;
  start(): void;
  dispose(): Promise<void>;
}

/** Also how soon after its return a store is noticed. */
const usualEveryMs = 4_000;

export const createReachability = ({ pings, events, logger, onBack, everyMs = usualEveryMs }: ReachabilityParts): Reachability => {
  const away = new Map<ReachPart, string>();
  let sinceMs = 0;

  const reachNow = (): Reach => {
    const parts = (['store', 'files'] as const).filter((part) => away.has(part));
    const [first] = parts;
    return first === undefined ? { kind: 'online' } : { kind: 'away', parts, sinceMs, message: away.get(first) ?? '' };
  };

  const failed = (error: unknown): void => {
    const part = awayPartOf(error);
    if (part === null || away.has(part)) return;
    if (away.size === 0) sinceMs = Date.now();
    away.set(part, (error as ExpectedError).message);
    logger.warn({ err: error, part }, 'the store is away: work goes on on this machine');
    events.emit({ kind: 'reach', reach: reachNow() });
  };

  const reached = (part: ReachPart): void => {
    if (!away.delete(part)) return;
    logger.info({ part }, 'the store is back');
    events.emit({ kind: 'reach', reach: reachNow() });
    if (away.size === 0) onBack();
  };

  const lookAt = async (part: ReachPart): Promise<void> => {
    try {
      await pings[part]?.();
      reached(part);
    } catch (error) {
      if (awayPartOf(error) === null) logger.warn({ err: error, part }, 'whether the store can be reached could not be found out');
      failed(error);
    }
  };

  const looks = createRegularLook(async () => {
    await Promise.all((Object.keys(pings) as ReachPart[]).map(lookAt));
    return reachNow();
  }, everyMs);

  return {
    get reach() {
      return reachNow();
    },
    isAway: (part) => away.has(part),
    errorOf: (part) => new ExpectedError(codeOf[part], away.get(part) ?? 'The store can’t be reached at the moment.'),
    failed,
    reached,
    look: () => looks.look(),
    start: () => looks.start(),
    dispose: () => looks.dispose(),
  };
};
