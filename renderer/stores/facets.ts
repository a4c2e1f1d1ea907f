import { create } from 'zustand';
import type { FacetName } from '../../shared/domain/assetQuery.ts';
import type { Facet, Facets } from '../../shared/contracts/rpc/queue.ts';
import { core } from '../bridge/core.ts';
import { useQueue } from './queue.ts';
import { asAssetFilter, type QueueFilter } from './queueFilter.ts';

/** What the list could be narrowed to, beside its state, kind and text. */
export const narrowings = ['productId', 'videoId', 'modelId', 'check', 'rejectReason', 'reviewer'] as const satisfies readonly (keyof QueueFilter)[];
export type Narrowing = (typeof narrowings)[number];

export const narrowingLabels: Readonly<Record<Narrowing, string>> = {
  productId: 'Product',
  videoId: 'Video',
  modelId: 'Model',
  check: 'Check',
  rejectReason: 'Reject reason',
  reviewer: 'Reviewer',
};

const facetOf: Readonly<Record<Narrowing, FacetName>> = {
  productId: 'products',
  videoId: 'videos',
  modelId: 'models',
  check: 'checks',
  rejectReason: 'rejectReasons',
  reviewer: 'reviewers',
};

interface FacetsState {
  /** For the filter of now; null before the first answer. */
  readonly facets: Facets | null;
  /** Names of values by narrowing and value, of every answer so far: what a filter is set to has its name when it lets nothing through. */
  readonly names: Readonly<Record<string, string>>;
}

export const useFacets = create<FacetsState>(() => ({ facets: null, names: {} }));

const nameKey = (narrowing: Narrowing, value: string): string => `${narrowing}:${value}`;

let lastRequest = 0;

export const loadFacets = async (): Promise<void> => {
  const request = ++lastRequest;
  const facets = await core().queue.facets({ filter: asAssetFilter(useQueue.getState().filter) });
  if (request !== lastRequest) return;
  const found = narrowings.flatMap((narrowing) => facets[facetOf[narrowing]].map(({ value, label }) => [nameKey(narrowing, value), label] as const));
  useFacets.setState(({ names }) => ({ facets, names: { ...names, ...Object.fromEntries(found) } }));
};

export const valuesOf = (facets: Facets, narrowing: Narrowing): readonly Facet[] => facets[facetOf[narrowing]];

/** How people call a value; its id where nobody has said. */
export const nameOf = (names: FacetsState['names'], narrowing: Narrowing, value: string): string => names[nameKey(narrowing, value)] ?? value;

/** The change of the filter that a value stands for. The values come from the core, whose ids they are. */
export const narrowedTo = (narrowing: Narrowing, value: string | null): Partial<QueueFilter> => ({ [narrowing]: value });
