import { encodeItem, type EncodeParts, type ReadyItem } from './encodeItem.ts';
import { inOrder } from './inOrder.ts';
import { lossLine, lossSpool } from './lossBook.ts';
import type { ExportPlan, PlannedItem } from './plan.ts';
import type { Writing } from './writing.ts';

/** Name of the spool with a row of the manifest for each item. */
export const manifestSpool = 'maskdesk-manifest';

async function* itemsFrom(plan: ExportPlan, position: number): AsyncGenerator<PlannedItem> {
  for await (const entry of plan.entries.from(position)) yield plan.itemOf(entry);
}

const writeItem = ({ item, encoded, row }: ReadyItem, writing: Writing): Promise<void> =>
  writing.item(async () => {
    for (const { path, bytes } of encoded.files) await writing.put(path, bytes);
    for (const { spool, text } of encoded.fragments) await writing.spools.append(spool, text);
    await writing.spools.append(manifestSpool, JSON.stringify(row));
    if (encoded.losses.length > 0) await writing.spools.append(lossSpool, lossLine(item.number, encoded.losses));
  });

/** Writes what is not in it yet, in order; yields after each. */
export async function* writeItems(plan: ExportPlan, writing: Writing, parts: EncodeParts, concurrency: number, signal?: AbortSignal): AsyncGenerator<void> {
  for await (const ready of inOrder(itemsFrom(plan, writing.done), concurrency, (item) => encodeItem(item, parts), signal)) {
    await writeItem(ready, writing);
    yield;
  }
}
