import { Square, SquaresIntersect, SquaresSubtract, SquaresUnite } from 'lucide-react';
import { joins, type Join } from '../../../../shared/prompts/prompt.ts';
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx';
import './JoinChoice.css';

const words: Readonly<Record<Join, string>> = { replace: 'Replace', add: 'Add', subtract: 'Subtract', intersect: 'Intersect' };
const tips: Readonly<Record<Join, string>> = {
  replace: 'Replace: the mask that is there goes',
  add: 'Add to the mask',
  subtract: 'Subtract from the mask',
  intersect: 'Intersect: only what is in both stays',
};
const icons: Readonly<Record<Join, typeof Square>> = { replace: Square, add: SquaresUnite, subtract: SquaresSubtract, intersect: SquaresIntersect };

interface JoinChoiceProps {
  readonly value: Join;
  readonly onChange: (join: Join) => void;
}

/** What something new does with the mask that is there: four icons, the chosen one with its word. */
export const JoinChoice = ({ value, onChange }: JoinChoiceProps) => (
  <div className="join-choice">
    <span aria-hidden="true">Join</span>
    <SegmentedControl
      label="Join with the mask"
      choices={joins.map((join) => {
        const Icon = icons[join];
        return { value: join, tip: tips[join], label: join === value ? words[join] : '', icon: <Icon role="img" aria-label={join === value ? undefined : words[join]} aria-hidden={join === value} /> };
      })}
      value={value}
      onChange={onChange}
    />
  </div>
);
