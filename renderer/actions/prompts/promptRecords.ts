import type { PromptEntry } from '../../editor/prompts/promptTrail.ts';
import { assetKey, sameAsset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import { isCancelled } from '../../../shared/errors/errors.ts';
import { blankTileState } from '../../../shared/edits/tileState.ts';
import { useHistory } from '../../stores/history.ts';
import { useKeptPrompts } from '../../stores/keptPrompts.ts';
import { inBackground, notify, reportFailure } from '../../stores/notices.ts';
import { pane, type Side } from '../../stores/panes.ts';
import { toolIdsThatPrompt } from '../../stores/toolSettings.ts';
import { editorOf, toolSettings } from '../desk/editors.ts';
import { storedMaskOf, storeMask } from '../desk/storedMasks.ts';

/** What goes with a mask into the store. Asked for at once, so that later prompts are not meant; made when it is awaited. */
export type TakenPrompts = () => Promise<PromptRecord | null>;

export const noTakenPrompts: TakenPrompts = () => Promise.resolve(null);

const recordOf = async (asset: AssetRef, { state, base, answer }: PromptEntry): Promise<PromptRecord | null> => {
  if (answer === null) return null;
  const { points, box, fromMask, join, chain, cleanCells } = state;
  const { modelId, weightsSha256, decoderSha256, chosen, predictedIous } = answer;
  const needsBase = join !== 'replace' || fromMask;
  return {
    modelId,
    weightsSha256,
    decoderSha256,
    points: points.map((point) => ({ ...point })),
    box: box === null ? null : { ...box },
    fromMask,
    join,
    chain,
    cleanCells,
    candidate: chosen,
    predictedIou: predictedIous[chosen] ?? 0,
    baseMaskSha256: needsBase ? await storeMask(asset, base) : null,
  };
};

/** Those that came with the mask on the desk and were not opened: of its draft, else of the version that it was painted on. */
export const keptPromptsOf = (side: Side): PromptRecord | null => {
  const { asset, seenHead } = pane(side);
  if (asset === null) return null;
  const ofDraft = useKeptPrompts.getState().byAsset[assetKey(asset)];
  if (ofDraft !== undefined) return ofDraft;
  const { asset: known, revisions } = useHistory.getState();
  if (known === null || !sameAsset(known, asset)) return null;
  return revisions.find(({ revisionId }) => revisionId === seenHead)?.prompts ?? null;
};

/** What the mask of a pane was prompted with, as it is now. */
export const takePrompts = (side: Side): TakenPrompts => {
  const { asset } = pane(side);
  const { entry } = editorOf(side).prompts;
  const kept = keptPromptsOf(side);
  if (asset === null) return noTakenPrompts;
  const ref: AssetRef = { kind: asset.kind, id: asset.id };
  return () => (entry === null ? Promise.resolve(kept) : recordOf(ref, entry));
};

const otherWeights =
  'These prompts were answered by other files of their model than the ones that are here now. The mask is as it was; the next change of the prompts replaces it, what was painted on it included.';

/** Brings the handles of prompts back that came with the mask, to go on with them. */
const reopen = async (side: Side, record: PromptRecord): Promise<void> => {
  const editor = editorOf(side);
  const document = editor.document;
  if (document === null) return;
  const { widthPx, heightPx } = document;
  const base = record.baseMaskSha256 === null ? blankTileState(widthPx, heightPx) : await storedMaskOf(record.baseMaskSha256);
  try {
    const reopened = await editor.prompts.reopenKept(record, base);
    if (reopened?.hasSameWeights === false) notify({ level: 'info', topic: 'prompts', message: otherWeights });
  } catch (error) {
    // The pane says what keeps a picture from being prompted.
    const { phase } = editor.prompts.status.getState();
    if (!isCancelled(error) && phase !== 'missing' && phase !== 'failed') reportFailure(error, 'prompts');
  }
};

/** "Edit prompts": the handles are back, with the tool that moves them. */
export const editPrompts = (side: Side): void => {
  const editor = editorOf(side);
  const record = keptPromptsOf(side);
  const hasBoxAlone = editor.prompts.entry === null ? record?.points.length === 0 : editor.prompts.entry.state.points.length === 0;
  if (!toolIdsThatPrompt.includes(toolSettings.getState().toolId)) editor.setTool(hasBoxAlone ? 'box' : 'point');
  if (editor.prompts.reopen() || record === null || editor.prompts.entry !== null) return;
  inBackground(reopen(side, record), 'prompts');
};

