import { useDeskLayout } from '../../stores/deskLayout.ts';
import { usePanes } from '../../stores/panes.ts';
import { ChooseView } from '../choose/ChooseView.tsx';
import './DeskPanel.css';
import { Pane } from './Pane.tsx';
import { Splitter } from './Splitter.tsx';

/** The product left, the keyframe right; or the active one alone. */
export const DeskPanel = () => {
  const isSingle = useDeskLayout((state) => state.isSingle);
  const leftShare = useDeskLayout((state) => state.leftShare);
  const active = usePanes((state) => state.active);
  if (isSingle) {
    return (
      <main className="desk desk-single" data-region data-testid="desk">
        <Pane side={active} hasTools />
        <ChooseView />
      </main>
    );
  }
  return (
    <main className="desk" data-region data-testid="desk" style={{ gridTemplateColumns: `minmax(0, ${leftShare}fr) minmax(0, ${1 - leftShare}fr)` }}>
      <Pane side="left" hasTools={false} />
      <Splitter />
      <Pane side="right" hasTools />
      <ChooseView />
    </main>
  );
};
