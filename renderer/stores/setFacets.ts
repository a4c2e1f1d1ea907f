import { create } from 'zustand';
import type { AssetFilter } from '../../shared/domain/assetQuery.ts';
import type { Facets } from '../../shared/contracts/rpc/queue.ts';
import { core } from '../bridge/core.ts';
import { sentFilter } from './setFilter.ts';

/** What a set could be narrowed to, by its own filter; null before the first answer. The queue's are facets.ts. */
export const useSetFacets = create<{ readonly facets: Facets | null }>(() => ({ facets: null }));

let lastRequest = 0;

export const loadSetFacets = async (filter: AssetFilter): Promise<void> => {
  const request = ++lastRequest;
  const facets = await core().queue.facets({ filter: sentFilter(filter) });
  if (request === lastRequest) useSetFacets.setState({ facets });
};
