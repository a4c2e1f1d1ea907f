import { isAbsolute, resolve } from 'node:path';
import type { Fault } from './fault.ts';

/** A value as somebody wrote it, before it is looked at. */
export interface Written {
  readonly value: unknown;
  /** The file or the variable it stands in, for people. */
  readonly where: string;
  /** Where a relative path counts from. */
  readonly folder: string;
}

/** What one source says: a file, the environment, a host. */
export interface Layer {
  /** `section.key` to what is written there. */
  readonly written: ReadonlyMap<string, Written>;
  readonly faults: readonly Fault[];
}

export const keyName = (section: string, key: string): string => `${section}.${key}`;

export const absolute = (folder: string, path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
