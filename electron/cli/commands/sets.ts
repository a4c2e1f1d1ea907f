import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { counted } from '../../../shared/domain/counted.ts';
import { setFilterOf, type MaskSet, type Snapshot, type SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { SetMeasure } from '../../../shared/ports/store/setStore.ts';
import type { AddCommand } from '../addCommand.ts';
import type { CommandContext } from '../context.ts';
import type { App } from '../../app/createApp.ts';
import { addSetFilter, filterRecord, filterText, setFilterFrom, type SetFilterOptions } from '../setFilter.ts';

interface Options extends SetFilterOptions {
  readonly entries?: boolean;
  readonly replace?: boolean;
  readonly removed?: boolean;
}

const entriesAtOnce = 1000;

const moment = (atMs: number): string => new Date(atMs).toISOString();

const setRecord = (set: MaskSet): Record<string, unknown> => ({
  set: set.name,
  set_id: set.setId,
  filter: filterRecord(set.filter),
  latest: set.latest,
  created_by: set.createdBy,
  created_at: moment(set.createdAtMs),
});
const setLine = (set: MaskSet): string => `${set.name}  ${set.latest === null ? 'never frozen' : `newest: @${set.latest}`}  (${filterText(set.filter)})`;

const measureRecord = (measure: SetMeasure): Record<string, unknown> => ({
  masks: measure.masks,
  empty: measure.empty,
  without_mask: measure.withoutMask,
  area_px: measure.totalAreaPx,
  product_images: measure.productImages,
  keyframes: measure.keyframes,
  products: measure.products,
  videos: measure.videos,
});
const measureLine = (measure: SetMeasure): string =>
  `${counted(measure.masks, 'mask')} now: ${counted(measure.productImages, 'product image')} of ${counted(measure.products, 'product')}, ${counted(measure.keyframes, 'keyframe')} of ${counted(measure.videos, 'video')}${measure.empty === 0 ? '' : `; ${counted(measure.empty, 'mask')} with nothing in ${measure.empty === 1 ? 'it' : 'them'}`}`;

const snapshotRecord = (snapshot: Snapshot): Record<string, unknown> => ({
  set: snapshot.setName,
  number: snapshot.number,
  snapshot_id: snapshot.snapshotId,
  masks: snapshot.entryCount,
  area_px: snapshot.totalAreaPx,
  digest: snapshot.digest,
  filter: filterRecord(snapshot.filter),
  created_by: snapshot.createdBy,
  created_at: moment(snapshot.createdAtMs),
});
const snapshotLine = (snapshot: Snapshot): string =>
  `${snapshot.setName}@${snapshot.number}  ${counted(snapshot.entryCount, 'mask')}  ${moment(snapshot.createdAtMs)}  ${snapshot.createdBy}  ${snapshot.digest.slice(0, 12)}`;

/** Of a snapshot that was frozen just now, and the one before it. */
export const sameWords = ({ setName, number }: Snapshot): string => `${setName}@${number} holds the same: nothing in the set has changed since it was frozen.`;

const entryRecord = (entry: SnapshotEntry): Record<string, unknown> => ({
  position: entry.position,
  asset_id: entry.asset.id,
  kind: entry.asset.kind,
  revision_id: entry.revisionId,
  mask_sha256: entry.maskSha256,
  width: entry.widthPx,
  height: entry.heightPx,
  area_px: entry.areaPx,
  origin: entry.origin,
  author: entry.author,
  model: entry.modelId,
  state: entry.state,
  verdict: entry.verdict?.kind ?? null,
  reviewer: entry.verdict?.reviewer ?? null,
  decided_at: entry.verdict === null ? null : moment(entry.verdict.atMs),
  local_path: entry.localPath,
});

const listRemoved = async ({ output, openToRead }: CommandContext): Promise<void> => {
  const gone = await (await openToRead()).services.sets.removed();
  for (const set of gone) output.answer({ ...setRecord(set), removed: true }, `${set.name}  removed; newest: @${set.latest}  (${filterText(set.filter)})`);
  if (gone.length === 0) output.note('No set with snapshots was removed.');
};

/** Of a set, removed or not, or of all. */
const snapshots = async ({ output, openToRead }: CommandContext, name: string | undefined): Promise<void> => {
  const { sets } = (await openToRead()).services;
  const all = await sets.snapshots(name === undefined ? undefined : (await sets.named(name)).setId);
  for (const snapshot of all) output.answer(snapshotRecord(snapshot), snapshotLine(snapshot));
  if (all.length === 0) output.note('Nothing was frozen yet. Freeze a set with: maskdesk sets freeze NAME');
};

const list = async (context: CommandContext, { removed = false }: Options): Promise<void> => {
  if (removed) return listRemoved(context);
  const { output, openToRead } = context;
  const { services } = await openToRead();
  const sets = await services.sets.list();
  for (const set of sets) output.answer(setRecord(set), setLine(set));
  if (sets.length === 0) output.note('No sets yet. Make one with: maskdesk sets save NAME');
};

/** Here --reviewer is whose verdicts are meant, not who asks. */
const openToChange = ({ openApp }: CommandContext): Promise<App> => openApp({ background: false, reviewer: undefined });

/** Whatever order its parts were given in. */
const filterKey = (filter: AssetFilter): string => JSON.stringify(Object.entries(filterRecord(setFilterOf(filter))).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Another person's set of that name is not turned into something else unasked; saving the same again is no change. */
const assertSameOrMeant = (standing: MaskSet | null, filter: AssetFilter): void => {
  if (standing === null || filterKey(standing.filter) === filterKey(filter)) return;
  throw new ExpectedError('invalid_input', `There is a set "${standing.name}" already, by ${standing.createdBy}, with another filter (${filterText(standing.filter)}). Choose another name, or add --replace to give it this filter (${filterText(setFilterOf(filter))}); its snapshots stay as they are.`);
};

const save = async (context: CommandContext, name: string, { replace = false, ...options }: Options): Promise<void> => {
  const filter = setFilterFrom(options);
  const { sets, store } = (await openToChange(context)).services;
  if (!replace) assertSameOrMeant(await store.sets.byName(name), filter);
  const set = await sets.save({ name, filter });
  const measure = await store.sets.measure(set.filter);
  context.output.answer({ ...setRecord(set), ...measureRecord(measure) }, `${setLine(set)}\n${measureLine(measure)}`);
  if (measure.masks === 0) context.output.note('It finds no mask now: are the ids and names in its filter right?');
};

const freeze = async (context: CommandContext, name: string): Promise<void> => {
  const { sets } = (await openToChange(context)).services;
  const snapshot = await sets.freeze((await sets.byName(name)).setId, context.signal);
  const same = await sets.sameBefore(snapshot);
  context.output.answer({ ...snapshotRecord(snapshot), same_as: same?.number ?? null }, snapshotLine(snapshot));
  if (same !== null) context.output.note(sameWords(same));
};

const showSnapshot = async ({ output, signal }: CommandContext, { services }: App, snapshot: Snapshot, withEntries: boolean): Promise<void> => {
  output.answer(snapshotRecord(snapshot), `${snapshotLine(snapshot)}\n${filterText(snapshot.filter)}`);
  if (!withEntries) return;
  for (let after = -1; !signal.aborted; ) {
    const page = await services.store.sets.entries(snapshot.snapshotId, after, entriesAtOnce);
    for (const entry of page) output.answer(entryRecord(entry), `${entry.asset.kind === 'keyframe' ? 'keyframe' : 'product'}  ${entry.asset.id}  ${entry.maskSha256.slice(0, 12)}`);
    if (page.length < entriesAtOnce) return;
    after = page.at(-1)?.position ?? after;
  }
};

const show = async (context: CommandContext, text: string, { entries = false }: Options): Promise<void> => {
  const app = await context.openToRead();
  const { sets, store } = app.services;
  if (/@\d+$/.test(text) || entries) return showSnapshot(context, app, await sets.resolve(text), entries);
  const set = await sets.byName(text);
  const measure = await store.sets.measure(set.filter);
  context.output.answer({ ...setRecord(set), ...measureRecord(measure) }, `${setLine(set)}\n${measureLine(measure)}`);
  for (const snapshot of await sets.snapshots(set.setId)) context.output.answer(snapshotRecord(snapshot), snapshotLine(snapshot));
};

const remove = async (context: CommandContext, name: string): Promise<void> => {
  const { sets } = (await openToChange(context)).services;
  const set = await sets.byName(name);
  await sets.remove(set.setId);
  context.output.answer({ removed: set.name, set_id: set.setId }, `Removed ${set.name}.${set.latest === null ? '' : ` Its snapshots stay: ${set.name}@${set.latest} can be exported as before, and its numbers go on where a set is saved under that name again.`}`);
};

const deeds: Readonly<Record<string, (context: CommandContext, name: string, options: Options) => Promise<void>>> = { save, freeze, show, remove };

export const registerSets = (add: AddCommand): void => {
  const { command, run } = add('sets', 'saved filters of masks, frozen into numbered snapshots for export');
  addSetFilter(
    command
      .argument('<what>', 'list, save, freeze, show, snapshots, or remove')
      .argument('[name]', 'the set; show takes NAME@N for its Nth snapshot too, also of a set that was removed')
      .option('--entries', 'for show: each mask of the snapshot')
      .option('--removed', 'for list: the sets that were removed and have snapshots still')
      .option('--replace', 'for save: give a set of that name this filter instead of its own'),
  );
  command.addHelpText('after', '\nThe options that narrow are for save: maskdesk sets save shoes --product B0123 --from 2026-11-01');
  run<Options>(async (context, { store: _store, config: _config, json: _json, ...options }, [what, name]) => {
    const { entries: _entries, removed, ...narrowing } = options;
    if (removed === true && what !== 'list') throw new ExpectedError('usage', `--removed is for sets list.`);
    if (what === 'list') return list(context, options);
    if (what === 'snapshots') return snapshots(context, typeof name === 'string' ? name : undefined);
    const deed = typeof what === 'string' ? deeds[what] : undefined;
    if (deed === undefined) throw new ExpectedError('usage', `sets takes list, save, freeze, show, snapshots or remove, not '${String(what)}'.`);
    if (typeof name !== 'string' || name === '') throw new ExpectedError('usage', `sets ${String(what)} needs the name of a set.`);
    if (what !== 'save' && Object.keys(narrowing).length > 0) throw new ExpectedError('usage', `--${Object.keys(narrowing)[0]} is for sets save: ${String(what)} takes the set as it is.`);
    return deed(context, name, options);
  });
};
