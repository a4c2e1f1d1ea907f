import { useStore } from 'zustand';
import { editorOf } from '../../../actions/desk/editors.ts';
import { chooseCandidate, nextCandidate, rankedCandidates } from '../../../actions/prompts/cycleCandidate.ts';
import type { Side } from '../../../stores/panes.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { keepFocus } from '../../../ui/keepFocus.ts';
import { capsOf } from '../../shared/platform.ts';
import { ignoredWords, isUnsure } from '../../shared/promptWords.ts';
import { shareWord } from '../../shared/versionWords.ts';

/** The answer's candidates, in the order in which they are taken, with those marked that ignore a click; nothing while there is one alone. */
export const Candidates = ({ side }: { readonly side: Side }) => {
  const { status } = editorOf(side).prompts;
  const isOpen = useStore(status, (state) => state.isOpen);
  const predictedIous = useStore(status, (state) => state.predictedIous);
  const ignoredPoints = useStore(status, (state) => state.ignoredPoints);
  const isAnswering = useStore(status, (state) => state.phase === 'answering');
  const chosen = useStore(status, (state) => state.chosen);
  if (!isOpen || predictedIous.length < 2) return null;
  const anyIgnores = ignoredPoints.some((count) => count > 0);
  return (
    <div className="candidates" data-answering={isAnswering || undefined}>
      <div className="candidates-head">
        <span>{anyIgnores ? 'Best that agrees with your clicks first' : 'Candidates by predicted IoU'}</span>
        <Kbd caps={capsOf(nextCandidate)} />
      </div>
      <ul className="candidate-list" data-testid="candidates">
        {rankedCandidates({ predictedIous, ignoredPoints }).map((index, rank) => {
          const iou = predictedIous[index] ?? 0;
          const ignored = ignoredWords(ignoredPoints[index] ?? 0);
          return (
            <li key={index}>
              <button
                type="button"
                aria-pressed={index === chosen}
                aria-label={`Candidate ${rank + 1}, predicted IoU ${shareWord(iou)}${ignored === '' ? '' : `, ${ignored}`}`}
                data-unsure={isUnsure(iou) || undefined}
                data-ignores={ignored !== '' || undefined}
                onMouseDown={keepFocus}
                onClick={() => chooseCandidate(side, index)}
              >
                <span>{shareWord(iou)}</span>
                {ignored !== '' && <span className="secondary">{ignored}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
