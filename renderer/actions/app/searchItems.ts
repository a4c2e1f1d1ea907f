import type { Asset } from '../../../shared/domain/asset.ts';
import { core } from '../../bridge/core.ts';

const mostShown = 8;

/** Items whose id or title has the text, whatever the queue is filtered by. */
export const searchItems = async (text: string): Promise<readonly Asset[]> => (await core().queue.list({ filter: { text }, limit: mostShown })).assets;
