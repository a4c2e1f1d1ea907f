import './DeskPanel.css';
import { Pane } from './Pane.tsx';

/** The product left, the keyframe right. */
export const DeskPanel = () => (
  <main className="desk" data-region>
    <Pane side="left" />
    <Pane side="right" />
  </main>
);
