import { farthestLevel } from '../../../shared/picture/oklab.ts';
import { maxTolerance } from '../../stores/toolOptions.ts';

export const clampTolerance = (tolerance: number): number => Math.min(maxTolerance, Math.max(0, tolerance));

/** As pictures are compared (shared/picture/oklab.ts). */
export const levelOfTolerance = (tolerance: number): number => Math.round((clampTolerance(tolerance) * farthestLevel) / maxTolerance);
