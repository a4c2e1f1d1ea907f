import { Layers2, Link2, Maximize2, Minimize2, ScanSearch } from 'lucide-react';
import { keepLoupe, loupe } from '../../actions/view/loupe.ts';
import { linkPanes } from '../../actions/view/linkPanes.ts';
import { onionSkin } from '../../actions/view/onionSkin.ts';
import { singlePhoto } from '../../actions/view/singlePhoto.ts';
import { useDeskLayout } from '../../stores/deskLayout.ts';
import { useLinkedView } from '../../stores/linkedView.ts';
import { useLoupe } from '../../stores/loupe.ts';
import { otherSide, usePanes, type Side } from '../../stores/panes.ts';
import { useView } from '../../stores/view.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { capsOf } from '../shared/platform.ts';
import './PaneTools.css';

/** How the pictures are looked at; in the corner of the pane on the right, or of the one that is alone. */
export const PaneTools = ({ side }: { readonly side: Side }) => {
  const isLinked = useLinkedView((state) => state.isLinked);
  const isLoupeKept = useLoupe((state) => state.isKept);
  const hasSkin = useView((state) => state.onionSkin !== 'none');
  const isSingle = useDeskLayout((state) => state.isSingle);
  const isOtherEmpty = usePanes((state) => state[otherSide(side)].asset === null);
  return (
    <div className="pane-tools" role="toolbar" aria-label="How the pictures are shown">
      <IconButton label={onionSkin.label} caps={capsOf(onionSkin)} isActive={hasSkin} tipSide="top" onClick={onionSkin.run} data-testid="onion">
        <Layers2 />
      </IconButton>
      <IconButton label={`${keepLoupe.label}; held: ${capsOf(loupe).join('+')}`} caps={capsOf(keepLoupe)} isActive={isLoupeKept} tipSide="top" onClick={keepLoupe.run} data-testid="loupe-toggle">
        <ScanSearch />
      </IconButton>
      <IconButton label={linkPanes.label} caps={capsOf(linkPanes)} isActive={isLinked} tipSide="top" disabled={isOtherEmpty} onClick={linkPanes.run} data-testid="link">
        <Link2 />
      </IconButton>
      <IconButton label={isSingle ? 'Both pictures' : singlePhoto.label} caps={capsOf(singlePhoto)} isActive={isSingle} tipSide="top" onClick={singlePhoto.run} data-testid="single">
        {isSingle ? <Minimize2 /> : <Maximize2 />}
      </IconButton>
    </div>
  );
};
