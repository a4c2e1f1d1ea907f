import { hostname } from 'node:os';
import { sha256Hex } from '../base/hash.ts';

/**
 * Who holds an item that is being edited: a person at a machine's data folder. Two windows under one name hold each other off as two people
 * do, and the window that comes back after a crash takes up its own. (One data folder shows a store in one window: main/stores/storeLock.)
 */
export const leaseOwnerOf = (reviewer: string, dataDir: string): string => `${reviewer}\n${sha256Hex(`${hostname()}\n${dataDir}`).slice(0, 12)}`;

/** The name alone. Leases of older versions are just that. */
export const personOf = (owner: string | null): string | null => owner?.split('\n')[0] ?? null;
