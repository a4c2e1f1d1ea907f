import type { Asset } from '../../../shared/domain/asset.ts';
import { checkLabels } from '../../../shared/domain/check.ts';
import type { TaskMark } from '../../stores/taskMarks.ts';
import { percent, reasonOf, stateLabels } from '../shared/words.ts';

export type Tone = 'ok' | 'warn' | 'bad' | 'quiet';

/** From where on a mask is worth a look, and from where on it is hardly right; 0..1. */
const worthALook = 0.34;
const hardlyRight = 0.67;

/** Why an item stands where it stands, in a few words. */
export interface RowReason {
  readonly text: string;
  /** Its figure, where there is room: "left, 12 %". */
  readonly detail: string | null;
  readonly tone: Tone;
}

const taskWords: Readonly<Record<TaskMark, string>> = { running: 'Segmenting', queued: 'Waiting' };

/** What a person wants to know of the item: what a model does to it now, why it failed or was rejected, what the checks say, else its area. */
export const rowReasonOf = (asset: Asset, task: TaskMark | null): RowReason => {
  if (task !== null) return { text: taskWords[task], detail: null, tone: 'quiet' };
  const reason = reasonOf(asset);
  if (reason !== null) return { text: reason, detail: null, tone: 'bad' };
  if (asset.state === 'unsegmented' || asset.state === 'failed') return { text: stateLabels[asset.state], detail: null, tone: 'quiet' };
  if (asset.topCheck !== null && asset.state !== 'approved') {
    return { text: checkLabels[asset.topCheck], detail: asset.checkValue, tone: toneOf(asset.suspicion) === 'bad' ? 'bad' : 'warn' };
  }
  if (asset.state === 'approved') return { text: asset.reviewer === null ? 'Approved' : `Approved by ${asset.reviewer}`, detail: null, tone: 'quiet' };
  return { text: asset.headAreaShare === null ? stateLabels[asset.state] : `Area ${percent(asset.headAreaShare)}`, detail: null, tone: 'quiet' };
};

const toneOf = (suspicion: number | null): Tone => {
  if (suspicion === null) return 'quiet';
  if (suspicion >= hardlyRight) return 'bad';
  return suspicion >= worthALook ? 'warn' : 'ok';
};

/** How sound the mask looks to the checks, 0..1, as the bar shows it; null while nothing is known. */
export const soundnessOf = ({ suspicion, state }: Asset): { readonly share: number | null; readonly tone: Tone } => ({
  share: suspicion === null ? null : 1 - suspicion,
  tone: state === 'approved' && suspicion !== null ? 'ok' : toneOf(suspicion),
});
