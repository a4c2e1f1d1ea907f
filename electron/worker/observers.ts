import type { IntakeObserver } from '../services/intake/intakeObserver.ts';

/** Tells each of them, in order. */
export const tellAll = (observers: readonly IntakeObserver[]): IntakeObserver => ({
  received: (...told) => observers.forEach((observer) => observer.received(...told)),
  settled: (...told) => observers.forEach((observer) => observer.settled(...told)),
  assetSettled: (...told) => observers.forEach((observer) => observer.assetSettled(...told)),
  stage: (...told) => observers.forEach((observer) => observer.stage(...told)),
  inference: (...told) => observers.forEach((observer) => observer.inference(...told)),
  retried: (...told) => observers.forEach((observer) => observer.retried(...told)),
  deadLettered: (...told) => observers.forEach((observer) => observer.deadLettered(...told)),
  warned: (...told) => observers.forEach((observer) => observer.warned(...told)),
  batchSent: (...told) => observers.forEach((observer) => observer.batchSent(...told)),
});
