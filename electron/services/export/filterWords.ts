import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';

const kinds = { product_image: 'product images', keyframe: 'keyframes' } as const;
const histories: Readonly<Record<NonNullable<AssetFilter['history']>, string>> = {
  ever_rejected: 'rejected at least once',
  never_rejected: 'never rejected',
  corrected: 'corrected by a person',
  as_made: 'as a model made them',
  reopened: 'reopened',
};
const day = (ms: number): string => new Date(ms).toISOString().replace(/\.000Z$/, 'Z');

type Words = { readonly [Key in keyof Required<AssetFilter>]: (value: NonNullable<AssetFilter[Key]>) => string };

const words: Words = {
  states: (states) => `state ${states.join(' or ')}`,
  kind: (kind) => kinds[kind],
  jobId: (id) => `job ${id}`,
  productId: (id) => `product ${id}`,
  videoId: (id) => `video ${id}`,
  modelId: (id) => `mask made by ${id}`,
  check: (check) => `check ${check} not fine`,
  reviewer: (name) => `judged by ${name}`,
  rejectReason: (reason) => `rejected for ${reason}`,
  decidedFromMs: (ms) => `judged from ${day(ms)}`,
  decidedBeforeMs: (ms) => `judged before ${day(ms)}`,
  history: (history) => histories[history],
  hasDraft: (has) => (has ? 'with an unfinished edit' : 'without an unfinished edit'),
  importWaits: (waits) => (waits ? 'with an imported mask waiting beside' : 'without an imported mask waiting beside'),
  text: (text) => `"${text}" in id or title`,
};

/** A set's filter for people, in a fixed order. */
export const filterWords = (filter: AssetFilter): string => {
  const said = (Object.keys(words) as (keyof Words)[]).flatMap((key) => {
    const value = filter[key];
    return value === undefined ? [] : [(words[key] as (value: unknown) => string)(value)];
  });
  return said.length === 0 ? 'everything with a mask' : said.join('; ');
};
