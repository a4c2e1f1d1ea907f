import { z } from 'zod';
import { assetKinds, type AssetRef } from '../../shared/domain/asset.ts';
import { assetSorts } from '../../shared/domain/assetQuery.ts';
import type { AssetId } from '../../shared/domain/ids.ts';
import { core } from '../bridge/core.ts';
import { loadAppInfo, useAppInfo } from './appInfo.ts';
import { inBackground } from './notices.ts';
import { refreshQueue, setFilterAndSort, useQueue } from './queue.ts';
import { keptFilterSchema } from './queueFilter.ts';
import { selectItem, useSelection } from './selection.ts';

/** Where a reviewer was in a store's queue, as it is kept there. */
const placeSchema = z.object({
  filter: keptFilterSchema,
  sort: z.enum(assetSorts).catch('worst'),
  item: z
    .object({ kind: z.enum(assetKinds), id: z.custom<AssetId>((value) => typeof value === 'string') })
    .nullable()
    .catch(null),
});

/** After the last move: what is passed on the way is not worth keeping. */
const restMs = 400;
const mostNameCharacters = 80;

/** Everybody who works on a store has a place of their own in it. */
const keyFor = (reviewer: string): string => `queue.place.${reviewer.slice(0, mostNameCharacters)}`;

/** The store whose place was taken up; nothing is kept before that. */
let restored: string | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;

const keep = async (): Promise<void> => {
  timer = null;
  const { info } = useAppInfo.getState();
  if (info === null || restored !== info.storeLocation) return;
  const { filter, sort } = useQueue.getState();
  const { item } = useSelection.getState();
  await core().app.setPreference({ key: keyFor(info.reviewer), value: { filter: { ...filter }, sort, item: item === null ? null : { ...item } } });
};

const keepSoon = (): void => {
  if (restored === null) return;
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(() => inBackground(keep(), 'place'), restMs);
};

/** Before the window goes: what was not kept yet. */
export const keepPlaceNow = async (): Promise<void> => {
  if (timer === null) return;
  clearTimeout(timer);
  await keep();
};

/**
 * Reads the queue: at the first connection to a store with the filter, the order and the item that this reviewer left it with, later as it is.
 * @param openItem puts the item on the desk while the list is read around it; not called when there is none or the desk has one
 */
export const takeUpQueue = async (openItem: (item: AssetRef) => Promise<void>): Promise<void> => {
  await loadAppInfo();
  const { info } = useAppInfo.getState();
  if (info === null || restored === info.storeLocation) return refreshQueue();
  if (restored !== null) selectItem(null); // another store is open now
  restored = null;
  const kept = placeSchema.safeParse(await core().app.getPreference({ key: keyFor(info.reviewer) }));
  if (!kept.success) await refreshQueue();
  else {
    const { filter, sort, item } = kept.data;
    selectItem(item);
    await Promise.all([setFilterAndSort(filter, sort), item === null ? null : openItem(item)]);
  }
  restored = info.storeLocation;
};

useSelection.subscribe(({ item }, before) => {
  if (item !== before.item) keepSoon();
});
useQueue.subscribe(({ filter, sort }, before) => {
  if (filter !== before.filter || sort !== before.sort) keepSoon();
});
