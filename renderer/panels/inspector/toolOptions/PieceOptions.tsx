import { useStore } from 'zustand';
import { toolSettings } from '../../../actions/desk/editors.ts';
import { adjust, adjustActions } from '../../../actions/tools/adjust.ts';
import { Button } from '../../../ui/Button.tsx';
import { capsOf } from '../../shared/platform.ts';
import './PieceOptions.css';

/** The tool's click takes one piece; all small ones are an adjustment, with a slider that shows them before they go. */
const SmallOnes = ({ kind, words }: { readonly kind: 'fillHoles' | 'dropIslands'; readonly words: string }) => {
  const amount = useStore(toolSettings, ({ options }) => options.adjust[kind]);
  const action = adjustActions.find(({ adjustment }) => adjustment.kind === kind);
  if (action === undefined) return null;
  return (
    <div className="piece-options">
      <p className="note">
        Alt-click: all smaller than {amount.toLocaleString('en')} px
      </p>
      <Button caps={capsOf(action)} onClick={() => adjust(action.adjustment)}>
        {words}
      </Button>
    </div>
  );
};

export const FillHoleOptions = () => <SmallOnes kind="fillHoles" words="Fill all small holes…" />;
export const DropIslandOptions = () => <SmallOnes kind="dropIslands" words="Drop all small pieces…" />;
