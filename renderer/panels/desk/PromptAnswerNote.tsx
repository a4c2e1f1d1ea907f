import { ChevronRight, TriangleAlert } from 'lucide-react';
import { editorOf } from '../../actions/desk/editors.ts';
import { nextCandidate, rankedCandidates } from '../../actions/prompts/cycleCandidate.ts';
import { addPrompts } from '../../actions/prompts/joinPrompts.ts';
import { undo } from '../../actions/tools/undo.ts';
import type { PromptStatus } from '../../stores/prompts.ts';
import type { Side } from '../../stores/panes.ts';
import { Button } from '../../ui/Button.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { capsOf } from '../shared/platform.ts';
import { ignoredWords, isUnsure } from '../shared/promptWords.ts';
import { shareWord } from '../shared/versionWords.ts';
import { PromptSpinner } from './PromptSpinner.tsx';

interface AnswerProps {
  readonly side: Side;
  readonly status: PromptStatus;
}

/** Which candidate is in the mask; a click takes the next. */
const CandidateChip = ({ side, status }: AnswerProps) => {
  const { predictedIous, ignoredPoints, chosen, phase } = status;
  const count = predictedIous.length;
  const rank = rankedCandidates(status).indexOf(chosen) + 1;
  const iou = shareWord(predictedIous[chosen] ?? 0);
  const ignored = ignoredWords(ignoredPoints[chosen] ?? 0);
  const isAnswering = phase === 'answering';
  const words = isUnsure(predictedIous[chosen] ?? 0) ? (
    <>
      <span className="prompt-note-unsure">
        <TriangleAlert aria-hidden="true" />
        Model unsure: <span className="prompt-note-number">{iou}</span>
      </span>
      {count > 1 && (
        <span className="dim prompt-note-aside">
          {rank} of {count}
        </span>
      )}
      <span className="dim">{count > 1 ? 'Another, or click again' : 'Click again, or draw a box'}</span>
    </>
  ) : (
    <>
      {count > 1 && (
        <span>
          Candidate {rank} of {count}
        </span>
      )}
      <span className="dim">
        predicted IoU <span className="prompt-note-number">{iou}</span>
        {ignored === '' ? '' : `, ${ignored}`}
      </span>
    </>
  );
  if (count < 2) {
    return (
      <div className="prompt-note-row prompt-note-answer">
        {words}
        {isAnswering && <PromptSpinner label="The model answers" isLate />}
      </div>
    );
  }
  return (
    <button
      type="button"
      className="prompt-note-row prompt-note-answer prompt-chip"
      aria-label={`Candidate ${rank} of ${count}, predicted IoU ${iou}${ignored === '' ? '' : `, ${ignored}`}. ${isUnsure(predictedIous[chosen] ?? 0) ? 'The model is unsure: take another, or click again' : 'Take the next'}`}
      onMouseDown={keepFocus}
      onClick={() => editorOf(side).prompts.cycle(1)}
    >
      {words}
      <Kbd caps={capsOf(nextCandidate)} />
      {isAnswering ? <PromptSpinner label="The model answers" isLate /> : <ChevronRight aria-hidden="true" />}
    </button>
  );
};

/** Whoever has clicked on has seen it. */
const isFirst = ({ keepPoints, leavePoints, hasBox }: PromptStatus): boolean => keepPoints + leavePoints + (hasBox ? 1 : 0) === 1;

/** What "replace" has done, where nobody asked for it on purpose. */
const Replaced = () => (
  <div className="prompt-note-row prompt-note-replaced">
    <span>Mask replaced</span>
    <span className="prompt-note-ways">
      <Button tone="quiet" caps={capsOf(addPrompts)} onClick={() => addPrompts.run()}>
        Add instead
      </Button>
      <Button tone="quiet" caps={capsOf(undo)} onClick={() => undo.run()}>
        Undo
      </Button>
    </span>
  </div>
);

/** The answer in the mask: which one it is, how sure the model is of it, and at first what it has done to the mask before. */
export const PromptAnswerNote = ({ side, status }: AnswerProps) => (
  <div className="prompt-note" role="group" aria-label="Answer of the model" data-testid={`prompt-note-${side}`} data-phase={status.phase}>
    {status.replacesMask && isFirst(status) && <Replaced />}
    <CandidateChip side={side} status={status} />
  </div>
);
