import { core } from '../../bridge/core.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { setSegmentationStatus, useSegmentation } from '../../stores/segmentation.ts';
import type { Action } from '../action.ts';

const start = async (): Promise<void> => {
  const { added } = await core().segmentation.start({});
  const message = added === 0 ? 'Everything has a mask or is already in line.' : `${added} ${added === 1 ? 'picture' : 'pictures'} put in line.`;
  notify({ level: 'info', message, topic: 'segment' });
};

export const segmentAll: Action = {
  id: 'segment.all',
  label: 'Segment everything without a mask',
  group: 'App',
  keys: ['Ctrl+G'],
  run: () => inBackground(start(), 'segment'),
};

const setPaused = async (paused: boolean): Promise<void> => setSegmentationStatus(await core().segmentation.pause({ paused }));

export const pauseSegmentation: Action = {
  id: 'segment.pause',
  label: 'Pause or go on segmenting',
  group: 'App',
  keys: [],
  run: () => inBackground(setPaused(useSegmentation.getState().status?.paused !== true), 'segment'),
};

const cancelAll = async (): Promise<void> => {
  const { cancelled } = await core().segmentation.cancel();
  notify({ level: 'info', message: `${cancelled} taken out of the line.`, topic: 'segment' });
};

export const cancelSegmentation: Action = {
  id: 'segment.cancel',
  label: 'Cancel segmenting',
  group: 'App',
  keys: [],
  run: () => inBackground(cancelAll(), 'segment'),
};
