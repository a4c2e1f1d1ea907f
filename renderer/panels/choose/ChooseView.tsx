import { X } from 'lucide-react';
import { useEffect } from 'react';
import { choose, chooseActions } from '../../actions/review/chooseMask.ts';
import { sameAsset } from '../../../shared/domain/asset.ts';
import { cellsOf, useCandidates } from '../../stores/candidates.ts';
import { useHistory } from '../../stores/history.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { usePanes } from '../../stores/panes.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { capsOf } from '../shared/platform.ts';
import { CellGrid } from './CellGrid.tsx';
import './ChooseView.css';
import { MaskCell } from './MaskCell.tsx';

const takeAction = chooseActions.find(({ id }) => id === 'choose.take') ?? choose;

/** Over the desk: the mask that is there and the candidates beside it, at one zoom. A digit takes one; Esc leaves everything as it was. */
export const ChooseView = () => {
  const isOpen = useOverlay((state) => state.open === 'choose');
  const state = useCandidates();
  const revisions = useHistory((history) => history.revisions);
  const { asset: shown, photo } = usePanes((panes) => panes[panes.active]);
  const isHere = isOpen && shown !== null && state.asset !== null && sameAsset(shown, state.asset);
  const isElsewhere = isOpen && !isHere;
  useEffect(() => {
    if (isElsewhere) closeOverlay();
  }, [isElsewhere]);
  if (!isHere) return null;
  const cells = cellsOf(state, revisions);
  return (
    <section className="choose" aria-label="Choose a mask" data-testid="choose">
      <header className="choose-head">
        <h2 className="choose-title ellipsis" title={shown.id}>
          Choose a mask for {shown.id}
        </h2>
        <span className="choose-hint note">
          <Kbd caps={['1']} />–<Kbd caps={[String(cells.length)]} /> or <Kbd caps={capsOf(takeAction)} /> takes one
        </span>
        <IconButton label="Keep the current one" caps={['Esc']} onClick={closeOverlay}>
          <X />
        </IconButton>
      </header>
      <CellGrid count={cells.length} photo={photo}>
        {cells.map((cell, index) => (
          <MaskCell key={cell.key} cell={cell} index={index} photo={photo} isMarked={index === state.active} />
        ))}
      </CellGrid>
    </section>
  );
};
