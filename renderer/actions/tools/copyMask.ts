import { decodeMaskTiles } from '../../bridge/decoders.ts';
import { LiveChange } from '../../editor/tools/adjust/liveChange.ts';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import type { TileJoin } from '../../../shared/edits/joinTiles.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Placement } from '../../../shared/picture/registerPart.ts';
import type { PlacedMask } from '../../../shared/raster/placeMask.ts';
import { endCopying, stepCopySize, unmoved, useCopying } from '../../stores/copying.ts';
import { inBackground, notify, reportFailure } from '../../stores/notices.ts';
import { unfoldSection } from '../../stores/foldedSections.ts';
import { activePane, otherSide, pane, usePanes, type PaneState } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { maskTilesOf } from '../desk/assetPixels.ts';
import { hasUnwritten, readDraft } from '../desk/draftKeeper.ts';
import { activeEditor, bothEditors, raster, toolSettings } from '../desk/editors.ts';
import { changeEnded, openChange, type OpenChange } from './liveChange.ts';

/** Photos are compared at this size: finer does not fit better, and takes longer. */
const comparedSidePx = 384;
/**
 * Below this the mask is laid down unmoved: a wrong place is further away than none. Measured: 69 of 70 masks of photos that were moved, scaled to 0.6..1.5 and
 * put on another ground are found from here on (all of them in the right place), 0 of 42 in photos of something else. Between photos of one product from
 * other sides, where no shift fits, 13 of 130 still pass, against 103 at a score of 0.25.
 */
const leastScore = 0.5;

interface Wanted {
  readonly placement: Placement;
  readonly join: TileJoin;
}

let session: LiveChange<Wanted, PlacedMask> | null = null;

const hasMask = (asset: Asset): boolean => asset.headRevisionId !== null || asset.hasDraft;

/** Pictures whose mask can be taken: others of the product or the video, nearest first, then the one beside. */
export const copySourcesOf = ({ asset, siblings }: PaneState, beside: Asset | null): readonly Asset[] => {
  if (asset === null) return [];
  const place = siblings.findIndex((sibling) => sameAsset(sibling, asset));
  const near = siblings
    .map((sibling, index) => ({ sibling, distance: Math.abs(index - place) }))
    .filter(({ sibling }) => hasMask(sibling) && !sameAsset(sibling, asset))
    .sort((a, b) => a.distance - b.distance)
    .map(({ sibling }) => sibling);
  return beside === null || !hasMask(beside) || sameAsset(beside, asset) ? near : [...near, beside];
};

const sourcesNow = (): readonly Asset[] => copySourcesOf(activePane(), pane(otherSide(usePanes.getState().active)).asset);

/** Finds where the picture shows what the other's mask covers, and moves the mask there. */
const fit = async (source: Asset, sourceMask: TileState, live: LiveChange<Wanted, PlacedMask>, targetKey: string): Promise<void> => {
  useCopying.setState({ isFitting: true });
  try {
    const grey = await raster.run('photoGrey', { sidePx: comparedSidePx }, { assetKey: assetKey(source) });
    const found = await raster.run('registerPhoto', { source: grey, sourceMask, sidePx: comparedSidePx }, { assetKey: targetKey });
    if (session !== live || !live.isOpen || found === null) return;
    const { score, ...placement } = found;
    // By hand meanwhile: that counts.
    if (useCopying.getState().placement !== unmoved) return;
    if (score >= leastScore) useCopying.setState({ placement, score });
    else notify({ level: 'info', topic: 'copy', message: 'The two photos look too different to fit the mask by themselves. Drag it into place.' });
  } finally {
    if (session === live) useCopying.setState({ isFitting: false });
  }
};

const begin = (source: Asset, sourceMask: TileState): OpenChange => {
  const editor = activeEditor();
  const { toolId } = toolSettings.getState();
  editor.setTool('place');
  const targetKey = present(editor.assetKey, 'The picture that the mask goes to');
  const endListening: (() => void)[] = [];
  let join: TileJoin = 'replace';
  const live = new LiveChange<Wanted, PlacedMask>({
    editor,
    compute: (base, { placement, join }, signal) => raster.run('placeMask', { base, source: sourceMask, placement, join }, { assetKey: targetKey, signal, lane: `place ${targetKey}` }),
    onShown: (shown, isWorking) => useCopying.setState({ isWorking, change: shown?.change ?? null, box: shown?.box ?? null }),
    onEnded: () => {
      for (const end of endListening) end();
      if (session === live) session = null;
      endCopying();
      if (toolSettings.getState().toolId === 'place') editor.setTool(toolId);
      changeEnded(change);
    },
    onFailed: (error) => reportFailure(error, 'tool'),
  });
  session = live;
  const apply = async (): Promise<void> => {
    const isChanged = await live.apply();
    // Prompts did not make this mask.
    if (isChanged && join === 'replace') editor.prompts.replaced();
  };
  const change: OpenChange = { side: usePanes.getState().active, name: 'Copy mask', apply, cancel: () => live.cancel(), step: stepCopySize };
  // The canvas, the panel and the fit all move it there.
  endListening.push(
    useCopying.subscribe((now, before) => {
      editor.refreshMarks();
      if (now.sourceKey !== null) join = now.join;
      if (now.sourceKey !== null && (now.placement !== before.placement || now.join !== before.join)) live.set({ placement: now.placement, join: now.join });
    }),
  );
  useCopying.setState({ sourceKey: assetKey(source), targetKey, placement: unmoved, join: 'replace', box: null, score: null, isWorking: true, change: null });
  live.set({ placement: unmoved, join: 'replace' });
  inBackground(fit(source, sourceMask, live, targetKey), 'tool');
  return change;
};

/** As it is by now: in a pane, else the draft of it, else the version to judge. Null: all of that is gone. */
const maskNowOf = async (source: Asset): Promise<TileState | null> => {
  const key = assetKey(source);
  const shown = bothEditors.find((editor) => editor.assetKey === key)?.document;
  if (shown != null) return shown.state;
  const draft = source.hasDraft || hasUnwritten(source) ? await readDraft(source) : null;
  if (draft !== null) return decodeMaskTiles(draft.rle.slice());
  return source.headRevisionId === null ? null : maskTilesOf(source.headRevisionId);
};

/** Takes the mask of another picture, to be put in place on this one. */
export const copyMaskFrom = async (source: Asset): Promise<void> => {
  const target = activePane().asset;
  const sourceMask = await maskNowOf(source);
  if (sourceMask === null) {
    notify({ level: 'info', topic: 'copy', message: `${source.id} has no mask by now.` });
    return;
  }
  // Somebody has gone on meanwhile.
  if (target === null || activePane().asset === null || !sameAsset(present(activePane().asset, 'The picture'), target) || activePane().status !== 'ready') return;
  openChange(() => begin(source, sourceMask));
  await unfoldSection('adjust');
};

/** From the neighbour that is nearest. Pressed again: taken back. */
export const copyMask: Action = {
  id: 'copyMask',
  label: 'Copy the mask of a neighbouring picture and fit it',
  group: 'Adjust',
  alsoCalled: ['Load Selection', 'Transform Selection'],
  keys: ['Alt+N'],
  when: () => activePane().status === 'ready' && sourcesNow().length > 0,
  whyNot: () => 'No neighbouring picture has a mask.',
  run: () => {
    if (session !== null) return session.cancel();
    const [nearest] = sourcesNow();
    if (nearest !== undefined) inBackground(copyMaskFrom(nearest), 'tool');
  },
};
