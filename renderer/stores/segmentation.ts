import { create } from 'zustand';
import type { SegmentationStatus } from '../../shared/contracts/rpc/segmentation.ts';

/** The background work, as the core last told it. */
export const useSegmentation = create<{ readonly status: SegmentationStatus | null }>(() => ({ status: null }));

export const setSegmentationStatus = (status: SegmentationStatus): void => useSegmentation.setState({ status });
