import { Square, SquaresIntersect, SquaresSubtract, SquaresUnite } from 'lucide-react';
import { joins, type Join } from '../../../../shared/prompts/prompt.ts';
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx';
import './JoinChoice.css';

const words: Readonly<Record<Join, string>> = { replace: 'Replace', add: 'Add', subtract: 'Subtract', intersect: 'Intersect' };
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
        return { value: join, label: join === value ? words[join] : '', icon: <Icon role="img" aria-label={join === value ? undefined : words[join]} aria-hidden={join === value} /> };
      })}
      value={value}
      onChange={onChange}
    />
  </div>
);
