/** Masks that an export decodes at a time: the pool of threads that decodes has four, and one is being encoded meanwhile. */
export const exportsAtATime = (cores: number): number => Math.max(3, Math.min(6, cores + 1));
