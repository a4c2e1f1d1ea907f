import { randomUUID } from 'node:crypto';
import type { Clock } from '../../shared/ports/clock.ts';

export const systemClock: Clock = { nowMs: () => Date.now(), uuid: () => randomUUID() };
