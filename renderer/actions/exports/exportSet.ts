import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import type { MaskSet, Snapshot } from '../../../shared/domain/maskSet.ts';
import { exportTargetSchema } from '../../../shared/contracts/rpc/exports.ts';
import { core } from '../../bridge/core.ts';
import { loadExportFormats } from '../../stores/exportFormats.ts';
import { setExportChoice, useExportChoice, type SetSource } from '../../stores/exportChoice.ts';
import { isUnderWay, loadUnfinishedExports, setExportRun, useExportRun } from '../../stores/exportRun.ts';
import { nameOf, useFacets } from '../../stores/facets.ts';
import { loadMaskSets, setNamed, useMaskSets } from '../../stores/maskSets.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, toggleOverlay } from '../../stores/overlay.ts';
import { useQueue } from '../../stores/queue.ts';
import { asAssetFilter } from '../../stores/queueFilter.ts';
import { lookForSame, useSameSnapshot } from '../../stores/sameSnapshot.ts';
import { approvedOnly, everyMask, sameSetFilter, statesOf } from '../../stores/setFilter.ts';
import { previewSplit } from '../../stores/splitPreview.ts';
import { lookAtTarget } from '../../stores/targetLook.ts';
import { previewFilter, previewSnapshot, useSetPreview } from '../../stores/setPreview.ts';
import { loadSetFacets } from '../../stores/setFacets.ts';
import type { Action } from '../action.ts';
import { filterWords } from './exportNames.ts';
import { targetToLookAt } from './runExport.ts';
import { longestSetName } from './whyNotExport.ts';

const topic = 'export';

export const exportSet: Action = {
  id: 'exportSet',
  label: 'Export approved masks…',
  group: 'App',
  alsoCalled: ['COCO', 'YOLO', 'Dataset', 'Snapshot'],
  keys: ['Ctrl+Shift+E'],
  run: () => toggleOverlay('exportSet'),
};

/** Puts a run that has ended away; one that is under way goes on behind the closed card. */
export const closeExport = (): void => {
  if (!isUnderWay(useExportRun.getState().run)) setExportRun(null);
  closeOverlay();
};

const unfinishedRestMs = 1_000;

/**
 * Keeps the list of unfinished exports current where it is in sight: one that was cancelled a moment ago still finishes what it has in hand, and others
 * are at work elsewhere. @returns a function that stops it
 */
export const followUnfinishedExports = (): (() => void) => {
  const readAgain = (): void => inBackground(loadUnfinishedExports(), 'unfinishedExports');
  readAgain();
  const timer = setInterval(() => {
    if (useExportRun.getState().unfinished.some(({ isRunning }) => isRunning)) readAgain();
  }, unfinishedRestMs);
  return () => clearInterval(timer);
};

/** Back from a run that has ended to the form. */
export const anotherExport = (): void => {
  setExportRun(null);
  inBackground(readLists(), topic);
};

export const readLists = async (): Promise<void> => {
  await Promise.all([loadMaskSets(), loadExportFormats()]);
};

const queueFilter = (): AssetFilter => {
  const { states, ...rest } = asAssetFilter(useQueue.getState().filter);
  if (states === undefined) return { ...rest, ...everyMask };
  const withMasks = statesOf({ states });
  // A queue of pictures without masks has nothing to give.
  return { ...rest, states: withMasks.length === 0 ? statesOf({}) : withMasks };
};

const queueName = (): string => {
  const { names } = useFacets.getState();
  const name = filterWords(queueFilter(), (of, value) => nameOf(names, of, value)).join(', ').replaceAll('@', ' at ');
  return name.length <= longestSetName ? name : `${name.slice(0, longestSetName - 1).trimEnd()}…`;
};

/** Another set to export, with what it stands for; what is frozen of it is chosen again. */
export const chooseSource = (source: SetSource): void => {
  const set = useMaskSets.getState().sets.find(({ setId }) => setId === source);
  if (set !== undefined) setExportChoice({ source, setName: set.name, filter: set.filter, snapshotId: null, freezesAnyway: false, targetName: null });
  else if (source === 'queue') setExportChoice({ source, setName: queueName(), filter: queueFilter(), snapshotId: null, freezesAnyway: false, targetName: null });
  else setExportChoice({ source: 'approved', setName: 'Approved', filter: approvedOnly, snapshotId: null, freezesAnyway: false, targetName: null });
};

/** @param snapshot null: as it is now, under a number that holds the same, or (`anyway`) under a new one */
export const chooseSnapshot = (snapshot: Snapshot | null, anyway = false): void => setExportChoice({ snapshotId: snapshot?.snapshotId ?? null, freezesAnyway: anyway, targetName: null });

const remove = async (set: MaskSet): Promise<void> => {
  await core().sets.remove({ setId: set.setId });
  if (useExportChoice.getState().source === set.setId) chooseSource('approved');
  await loadMaskSets();
};

/** Asks first. */
export const removeSet = (set: MaskSet): void => {
  notify({
    level: 'warning',
    topic,
    message: `Take “${set.name}” off the list? ${set.latest === null ? 'Nothing was frozen of it.' : 'Its numbers stay, and go on where a set is saved under that name again.'}`,
    buttons: [{ label: 'Take it off', run: () => inBackground(remove(set), topic) }],
  });
};

const chosenSnapshot = (): Snapshot | null => {
  const { snapshotId } = useExportChoice.getState();
  return snapshotId === null ? null : (useMaskSets.getState().snapshots.find((snapshot) => snapshot.snapshotId === snapshotId) ?? null);
};

const readSplit = (): void => {
  const { filter, split } = useExportChoice.getState();
  inBackground(previewSplit(chosenSnapshot()?.snapshotId ?? filter, split), topic);
};

const readPreview = (): void => {
  const snapshot = chosenSnapshot();
  void (snapshot === null ? previewFilter(useExportChoice.getState().filter) : previewSnapshot(snapshot));
  readSplit();
  if (snapshot === null) inBackground(loadSetFacets(useExportChoice.getState().filter), 'facets');
};

/** Whether what is found now was frozen already, as the newest number of that set. */
const readSame = (): void => {
  const { setName, filter, snapshotId } = useExportChoice.getState();
  const known = snapshotId === null ? setNamed(useMaskSets.getState().sets, setName) : null;
  inBackground(lookForSame(known !== null && sameSetFilter(known.filter, filter) ? known : null, useSetPreview.getState().measure), topic);
};

const readTarget = (): void => {
  const target = targetToLookAt();
  inBackground(lookAtTarget(target !== null && exportTargetSchema.safeParse(target).success ? target : null), topic);
};

/** Someone who types is not asked about at every letter. */
const restMs = 200;

/** Keeps lists and preview current while the card is open. @returns a function that stops it */
export const followExportChoice = (): (() => void) => {
  const pending = new Map<() => void, ReturnType<typeof setTimeout>>();
  const soon = (read: () => void): void => {
    clearTimeout(pending.get(read));
    pending.set(read, setTimeout(read, restMs));
  };
  inBackground(readLists(), topic);
  readPreview();
  readTarget();
  const stops = [
    useSetPreview.subscribe((now, before) => {
      if (now.measure !== before.measure) soon(readSame);
    }),
    useMaskSets.subscribe(() => {
      soon(readSame);
      soon(readTarget);
    }),
    useSameSnapshot.subscribe(() => soon(readTarget)),
    useExportChoice.subscribe((now, before) => {
      if (now.split !== before.split) soon(readSplit);
      if (now.setName !== before.setName || now.snapshotId !== before.snapshotId || now.filter !== before.filter) soon(readSame);
      soon(readTarget);
      if (now.filter !== before.filter || now.snapshotId !== before.snapshotId) soon(readPreview);
    }),
    // Verdicts that are given meanwhile.
    useQueue.subscribe((now, before) => {
      if (now.totals !== before.totals) soon(readPreview);
    }),
  ];
  return () => {
    for (const timer of pending.values()) clearTimeout(timer);
    for (const stop of stops) stop();
  };
};
