import { z } from 'zod';
import { create } from 'zustand';
import { core } from '../bridge/core.ts';

/** Medians over whole round trips, milliseconds, of one decoder on this machine. */
const measurementSchema = z.object({
  nativeMs: z.number().nonnegative(),
  windowMs: z.number().nonnegative(),
  /** What the window computes with. */
  execution: z.enum(['wasm', 'webgpu']),
  /** Largest difference of a logit between the two. */
  largestDifference: z.number().nonnegative(),
  backend: z.enum(['native', 'window']),
  measuredAtMs: z.number(),
});
export type BackendMeasurement = z.infer<typeof measurementSchema>;

const keptSchema = z.record(z.string(), measurementSchema);
const key = 'promptBackends';
/** Models and versions of the app come and go; the oldest are forgotten. */
const mostKept = 20;

interface PromptBackendState {
  /** By decoder and runtime, see actions/prompts/backend.ts; null until they are read. */
  readonly measurements: Readonly<Record<string, BackendMeasurement>> | null;
  /** The latest decoder that was asked for. */
  readonly current: string | null;
}

/** Where prompts were found to be answered soonest. */
export const usePromptBackend = create<PromptBackendState>(() => ({ measurements: null, current: null }));

/** Once a connection; later calls are free. What can't be understood counts as not measured. */
export const loadBackendMeasurements = async (): Promise<void> => {
  if (usePromptBackend.getState().measurements !== null) return;
  const kept = keptSchema.safeParse(await core().app.getPreference({ key, scope: 'machine' }));
  usePromptBackend.setState(({ measurements }) => ({ measurements: measurements ?? (kept.success ? kept.data : {}) }));
};

/** Holds from now on, at this machine. */
export const keepBackendMeasurement = async (name: string, measurement: BackendMeasurement): Promise<void> => {
  const all = { ...usePromptBackend.getState().measurements, [name]: measurement };
  const newest = Object.entries(all).sort(([, a], [, b]) => b.measuredAtMs - a.measuredAtMs);
  const measurements = Object.fromEntries(newest.slice(0, mostKept));
  usePromptBackend.setState({ measurements });
  await core().app.setPreference({ key, value: measurements, scope: 'machine' });
};

export const noteDecoderInUse = (name: string): void => {
  if (usePromptBackend.getState().current !== name) usePromptBackend.setState({ current: name });
};
