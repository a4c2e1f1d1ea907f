import { fileURLToPath } from 'node:url';

/** @param path of a file of this repository, from its root */
export const inRootOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
