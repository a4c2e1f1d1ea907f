import { useStore } from 'zustand';
import { editorOf } from '../../../actions/desk/editors.ts';
import { chooseCandidate, nextCandidate, rankedCandidates } from '../../../actions/prompts/cycleCandidate.ts';
import type { Side } from '../../../stores/panes.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { keepFocus } from '../../../ui/keepFocus.ts';
import { capsOf } from '../../shared/platform.ts';
import { shareWord } from '../../shared/versionWords.ts';

/** The answer's candidates, the one that the model thinks best first; nothing while there is one alone. */
export const Candidates = ({ side }: { readonly side: Side }) => {
  const { status } = editorOf(side).prompts;
  const isOpen = useStore(status, (state) => state.isOpen);
  const predictedIous = useStore(status, (state) => state.predictedIous);
  const chosen = useStore(status, (state) => state.chosen);
  if (!isOpen || predictedIous.length < 2) return null;
  return (
    <div className="candidates">
      <div className="candidates-head">
        <span>Candidates by predicted IoU</span>
        <Kbd caps={capsOf(nextCandidate)} />
      </div>
      <ul className="candidate-list" data-testid="candidates">
        {rankedCandidates(predictedIous).map((index, rank) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === chosen}
              aria-label={`Candidate ${rank + 1}, predicted IoU ${shareWord(predictedIous[index] ?? 0)}`}
              onMouseDown={keepFocus}
              onClick={() => chooseCandidate(side, index)}
            >
              <span>{shareWord(predictedIous[index] ?? 0)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
