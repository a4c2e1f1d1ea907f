import type { ModelId } from './ids.ts';

/** foreground: makes masks by itself · prompt: answers a person's points and boxes. */
export type ModelTask = 'foreground' | 'prompt';

/** A model's weights on this machine. */
export interface ModelStatus {
  readonly modelId: ModelId;
  readonly label: string;
  readonly task: ModelTask;
  readonly licence: string;
  readonly licenceNote: string | null;
  readonly sizeBytes: number;
  readonly state: 'ready' | 'missing' | 'corrupt';
  /** True for the one that background work uses. */
  readonly isDefault: boolean;
}

export type PullProgress =
  | { readonly kind: 'progress'; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'done'; readonly status: ModelStatus };
