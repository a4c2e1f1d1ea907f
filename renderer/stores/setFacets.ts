import { create } from 'zustand';
import type { AssetFilter } from '../../shared/domain/assetQuery.ts';
import type { Facets } from '../../shared/contracts/rpc/queue.ts';
import { core } from '../bridge/core.ts';
import { LatestQuestion } from '../bridge/latestQuestion.ts';
import { sentFilter } from './setFilter.ts';

/** What a set could be narrowed to, by its own filter; null before the first answer. The queue's are facets.ts. */
export const useSetFacets = create<{ readonly facets: Facets | null }>(() => ({ facets: null }));

const question = new LatestQuestion();

export const loadSetFacets = async (filter: AssetFilter): Promise<void> => {
  const told = await question.ask((signal) => core().queue.facets({ filter: sentFilter(filter) }, { signal }));
  if (told !== null) useSetFacets.setState({ facets: told.answer });
};
