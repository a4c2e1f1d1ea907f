import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { assetKey, sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { ModelId, RevisionId } from '../../../shared/domain/ids.ts';
import { cellsOf, changeRun, setFacts, useCandidates, waitingBeside, type CandidateRun } from '../../stores/candidates.ts';
import { useHistory } from '../../stores/history.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { activeAsset, sideOfKind } from '../../stores/panes.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import type { Action } from '../action.ts';
import { maskTilesOf } from '../desk/assetPixels.ts';
import { editorOf } from '../desk/editors.ts';
import { holdForEditing, letGo } from '../desk/leases.ts';
import { fitPreviews, zoomPreviews } from './previews.ts';
import { takeRevision } from './takeRevision.ts';

const isOpen = (): boolean => useOverlay.getState().open === 'choose';

/** An answer may be kept in the same millisecond in which it was asked for, by another machine's clock even before. */
const clockSlackMs = 1000;

const isPending = (): boolean => useCandidates.getState().runs.some(({ state }) => state === 'running');

const loadFacts = async (revisionId: RevisionId, base: RevisionId | null): Promise<void> => {
  try {
    setFacts(revisionId, { tiles: await maskTilesOf(revisionId) });
    if (base !== null && base !== revisionId) setFacts(revisionId, { iou: (await core().review.compare({ a: base, b: revisionId })).iou });
    setFacts(revisionId, { checks: await core().review.checks({ revisionId }) });
  } catch (error) {
    setFacts(revisionId, { error: sentenceOf(error) });
  }
};

/** Asks for what the cells do not know yet. Checks that are being made are asked for again at the item's next change. */
const fillCells = (): void => {
  const state = useCandidates.getState();
  for (const { revision } of cellsOf(state, useHistory.getState().revisions)) {
    if (revision === null) continue;
    const known = state.facts[revision.revisionId];
    if (known !== undefined && (known.tiles === null || known.checks !== null || known.error !== null)) continue;
    setFacts(revision.revisionId, {});
    void loadFacts(revision.revisionId, state.base);
  }
};

/** Answers that have come by now. */
const matchResults = (): void => {
  const { asset, runs } = useCandidates.getState();
  const { asset: known, revisions } = useHistory.getState();
  if (asset === null || known === null || !sameAsset(asset, known)) return;
  for (const run of runs) {
    if (run.state !== 'running') continue;
    const made = revisions.find(
      ({ model, createdAtMs }) => model !== null && model.modelId === run.modelId && Math.abs(model.threshold - run.threshold) < 1e-6 && createdAtMs >= run.askedAtMs - clockSlackMs,
    );
    if (made !== undefined) changeRun(run, { state: 'done', revisionId: made.revisionId });
  }
  if (isOpen()) fillCells();
  else releaseWhenDone();
};

const matchFailures = async (): Promise<void> => {
  const { asset } = useCandidates.getState();
  if (asset === null || !isPending()) return;
  const failures = await core().segmentation.failures();
  for (const run of useCandidates.getState().runs) {
    if (run.state !== 'running') continue;
    const failure = failures.find(
      ({ asset: failed, parameters, createdAtMs }) =>
        sameAsset(failed, asset) && parameters.modelId === run.modelId && parameters.threshold === run.threshold && createdAtMs >= run.askedAtMs - clockSlackMs,
    );
    if (failure !== undefined) changeRun(run, { state: 'failed', reason: failure.reason ?? 'The model failed.' });
  }
  releaseWhenDone();
};

/** While models work for a choice nothing replaces the mask: they wait beside it. An edit in hand holds the item by itself. */
const releaseWhenDone = (): void => {
  const { asset } = useCandidates.getState();
  if (asset === null || isOpen() || isPending()) return;
  const editor = editorOf(sideOfKind[asset.kind]);
  if (editor.assetKey !== assetKey(asset) || !editor.isDirty) letGo(asset);
};

let failuresSeen = 0;
/** Once: answers come as changes of the item, failures as changes of the work's count. */
export const startCandidates = (): void => {
  useHistory.subscribe(() => {
    if (isPending() || isOpen()) matchResults();
  });
  useSegmentation.subscribe(({ status }) => {
    const failed = status?.counts.failed ?? 0;
    if (failed === failuresSeen) return;
    failuresSeen = failed;
    if (isPending()) inBackground(matchFailures(), 'rerun');
  });
  useOverlay.subscribe(({ open }, { open: before }) => {
    if (before === 'choose' && open !== 'choose') releaseWhenDone();
  });
};

const ask = async (asset: AssetRef, run: CandidateRun): Promise<void> => {
  try {
    await core().segmentation.rerun({ assets: [asset], modelId: run.modelId, threshold: run.threshold });
  } catch (error) {
    changeRun(run, { state: 'failed', reason: sentenceOf(error) });
  }
};

const begin = (asset: Asset, runs: readonly CandidateRun[]): void => {
  useCandidates.setState({ asset: { kind: asset.kind, id: asset.id }, base: asset.headRevisionId, runs, facts: {}, active: runs.length > 0 ? 1 : 0 });
  openOverlay('choose');
  fillCells();
};

/** Several models on what the active pane shows; their answers come into cells beside the mask that is there. */
export const chooseAmongRuns = (modelIds: readonly ModelId[], threshold: number): void => {
  const asset = activeAsset();
  if (asset === null) return;
  const ref = { kind: asset.kind, id: asset.id };
  const askedAtMs = Date.now();
  if (asset.headRevisionId !== null) holdForEditing(ref);
  begin(asset, modelIds.map((modelId) => ({ modelId, threshold, askedAtMs, state: 'running', reason: null, revisionId: null })));
  for (const run of useCandidates.getState().runs) inBackground(ask(ref, run), 'rerun');
};

export const retryRun = (run: CandidateRun): void => {
  const { asset } = useCandidates.getState();
  if (asset === null) return;
  const again = { ...run, state: 'running', reason: null, askedAtMs: Date.now() } as const;
  changeRun(run, again);
  inBackground(ask(asset, again), 'rerun');
};

const hasOthers = (): boolean => {
  const asset = activeAsset();
  const { asset: known, revisions } = useHistory.getState();
  return asset !== null && known !== null && sameAsset(asset, known) && waitingBeside(revisions, asset.headRevisionId).length > 0;
};

/** Masks that wait beside the one to judge, as models' answers do beside a person's work. */
export const choose: Action = {
  id: 'choose',
  label: 'Choose among the masks',
  group: 'Verdict',
  keys: ['Shift+C'],
  when: () => isOpen() || hasOthers(),
  whyNot: () => (hasOthers() ? null : 'There is no other mask to choose from. Re-run a model for one.'),
  run: () => {
    const asset = activeAsset();
    if (isOpen()) closeOverlay();
    else if (asset !== null) begin(asset, []);
  },
};

/** The mask in a cell becomes the one to judge; the one that was there stays. */
export const takeCell = (index: number): void => {
  const state = useCandidates.getState();
  const cell = cellsOf(state, useHistory.getState().revisions)[index];
  const asset = activeAsset();
  if (cell === undefined || asset === null || state.asset === null || !sameAsset(asset, state.asset)) return;
  useCandidates.setState({ active: index });
  const { revision } = cell;
  if (revision === null && !cell.isBase) return void notify({ level: 'info', topic: 'choose', message: 'This mask is not there yet.', lifeMs: 2500 });
  closeOverlay();
  if (revision !== null && revision.revisionId !== asset.headRevisionId) takeRevision(asset, revision.revisionId);
};

const move = (step: -1 | 1): void =>
  useCandidates.setState((state) => {
    const count = cellsOf(state, useHistory.getState().revisions).length;
    return { active: count === 0 ? 0 : (state.active + step + count) % count };
  });

const zoomStep = 1.5;
const inChoice = { group: 'Verdict', context: 'choose' } as const;

export const chooseActions: readonly Action[] = [
  ...Array.from({ length: 9 }, (_, index): Action => ({ ...inChoice, id: `choose.${index + 1}`, label: `Take mask ${index + 1}`, keys: [String(index + 1)], run: () => takeCell(index) })),
  { ...inChoice, id: 'choose.take', label: 'Take the marked mask', keys: ['Enter'], run: () => takeCell(useCandidates.getState().active) },
  { ...inChoice, id: 'choose.next', label: 'Mark the next mask', keys: ['ArrowRight', 'ArrowDown', 'D'], run: () => move(1) },
  { ...inChoice, id: 'choose.previous', label: 'Mark the mask before', keys: ['ArrowLeft', 'ArrowUp', 'A'], run: () => move(-1) },
  { ...inChoice, id: 'choose.fit', label: 'Fit the masks', keys: ['F'], run: fitPreviews },
  { ...inChoice, id: 'choose.zoomIn', label: 'Zoom the masks in', keys: ['+', '='], run: () => zoomPreviews(zoomStep) },
  { ...inChoice, id: 'choose.zoomOut', label: 'Zoom the masks out', keys: ['-'], run: () => zoomPreviews(1 / zoomStep) },
];
