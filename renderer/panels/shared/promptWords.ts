import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import { useModels } from '../../stores/models.ts';
import { shareWord } from './versionWords.ts';

const count = (number: number, one: string): string => (number === 0 ? '' : `${number} ${one}${number === 1 ? '' : 's'}`);

/** "3 points and a box". */
export const whatWasPrompted = (points: number, hasBox: boolean): string => [count(points, 'point'), hasBox ? 'a box' : ''].filter((part) => part !== '').join(' and ');

const joinWords = { replace: '', add: 'added', subtract: 'taken away', intersect: 'cut to both' } as const;

/** "3 points, SAM 2 tiny, candidate 2, predicted IoU 0.94". */
export const promptWords = ({ points, box, modelId, candidate, predictedIou, join, fromMask }: PromptRecord): string => {
  const label = useModels.getState().models.find((model) => model.modelId === modelId)?.label ?? modelId;
  const parts = [whatWasPrompted(points.length, box !== null), label, `candidate ${candidate + 1}`, `predicted IoU ${shareWord(predictedIou)}`, joinWords[join], fromMask ? 'from the mask before' : ''];
  return parts.filter((part) => part !== '').join(', ');
};

/** Below this a model's own estimate says that it does not know what is meant; answers that are used lie mostly above .8. */
const sureIou = 0.5;

export const isUnsure = (predictedIou: number): boolean => predictedIou < sureIou;

/** "ignores a click"; empty where none is ignored. */
export const ignoredWords = (clicks: number): string => (clicks === 0 ? '' : clicks === 1 ? 'ignores a click' : `ignores ${clicks} clicks`);
