import { z } from 'zod';
import { assetSorts, type AssetSort } from '../../shared/domain/assetQuery.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { keptFilterSchema, type QueueFilter } from './queueFilter.ts';

export interface SavedFilter {
  readonly id: string;
  readonly name: string;
  readonly filter: QueueFilter;
  readonly sort: AssetSort;
}

/** A name has at most so many characters. */
export const longestName = 60;

const entrySchema = z.object({
  id: z.string().min(1).max(60),
  name: z.string().min(1).max(longestName),
  filter: keptFilterSchema,
  sort: z.enum(assetSorts).catch('worst'),
});

type Kept = z.infer<ReturnType<typeof z.json>>;

/** The kept list, entry by entry: one that can't be read hides none of the others. */
export interface KeptFilters {
  readonly saved: readonly SavedFilter[];
  /** What another version has kept: not shown, and written back as it was. */
  readonly others: readonly Kept[];
}

/**
 * @param value as it was kept; null: nothing was yet
 * @throws ExpectedError invalid_input where it is no list: writing over it would lose what somebody saved
 */
export const readKeptFilters = (value: unknown): KeptFilters => {
  if (value === null || value === undefined) return { saved: [], others: [] };
  if (!Array.isArray(value)) {
    throw new ExpectedError('invalid_input', 'The saved filters of this store are in a form that this version does not know. They are left as they are; update Maskdesk to use them.');
  }
  const parsed = value.map((entry: unknown) => ({ entry, read: entrySchema.safeParse(entry) }));
  return {
    saved: parsed.flatMap(({ read }) => (read.success ? [read.data] : [])),
    others: parsed.flatMap(({ entry, read }) => (read.success ? [] : [z.json().parse(entry)])),
  };
};

/** As it is kept. */
export const writtenFilters = ({ saved, others }: KeptFilters): readonly Kept[] => [...saved.map(({ filter, ...rest }) => ({ ...rest, filter: { ...filter } })), ...others];
