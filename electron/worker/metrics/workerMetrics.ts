import { Registry } from 'prom-client';
import { createStateMetrics, type StateMetrics } from './stateMetrics.ts';

export interface WorkerMetrics {
  /** One a worker: nothing of it is the process'. */
  readonly registry: Registry;
  readonly state: StateMetrics;
}

export const createWorkerMetrics = (memoryLimitBytes: number): WorkerMetrics => {
  const registry = new Registry();
  return { registry, state: createStateMetrics(registry, memoryLimitBytes) };
};
