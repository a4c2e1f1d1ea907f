import { useCallback, useMemo } from 'react';
import { CircleAlert } from 'lucide-react';
import { DeskCanvas } from '../../canvas/DeskCanvas.tsx';
import { notePainted } from '../../actions/desk/advanceMarks.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { openSibling } from '../../actions/desk/openItem.ts';
import { activateSide } from '../../actions/view/swapPane.ts';
import { inBackground } from '../../stores/notices.ts';
import { usePanes, type PaneState, type Side } from '../../stores/panes.ts';
import type { Photo } from '../../stores/photo.ts';
import { Button } from '../../ui/Button.tsx';
import { CommentLayer } from '../comments/CommentLayer.tsx';
import { useCommentMarks } from '../comments/useCommentMarks.ts';
import { CompareView } from '../compare/CompareView.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { HoverReader } from './HoverReader.tsx';
import { ImportWaitsNote } from './ImportWaitsNote.tsx';
import { LeaseNote } from './LeaseNote.tsx';
import { NothingShown } from './NothingShown.tsx';
import { PaneHeader } from './PaneHeader.tsx';
import { PaneNotes } from './PaneNotes.tsx';
import { PaneTools } from './PaneTools.tsx';
import { PromptNote } from './PromptNote.tsx';
import { Strip } from './Strip.tsx';
import { useCheckMarks } from './useCheckMarks.ts';
import { usePaneExtras } from './usePaneExtras.ts';
import { useSeenLayers } from './useSeenLayers.ts';
import { useViewOptions } from './viewOptions.ts';

const names: Readonly<Record<Side, string>> = { left: 'Product', right: 'Keyframe' };

const Failure = ({ pane }: { readonly pane: PaneState }) => (
  <EmptyState
    icon={<CircleAlert />}
    title="This picture can’t be shown"
    action={
      <Button
        onClick={() => {
          if (pane.asset !== null) inBackground(openSibling(pane.asset));
        }}
      >
        Try again
      </Button>
    }
  >
    {pane.error}
  </EmptyState>
);

/** One side of the desk. */
export const Pane = ({ side, hasTools }: { readonly side: Side; readonly hasTools: boolean }) => {
  const pane = usePanes((state) => state[side]);
  const isActive = usePanes((state) => state.active === side);
  const options = useViewOptions();
  const extras = usePaneExtras(side);
  const layers = useSeenLayers(side);
  const onPhotoDrawn = useCallback((drawn: Photo) => notePainted(side, drawn), [side]);
  const { marks, onMark } = useCommentMarks(side);
  const checkMarks = useCheckMarks(side);
  const allMarks = useMemo(() => [...checkMarks, ...marks], [checkMarks, marks]);
  const { asset, status, photo, siblings } = pane;
  return (
    <section
      className={isActive && asset !== null ? 'pane pane-active' : 'pane'}
      aria-label={names[side]}
      data-testid={`pane-${side}`}
      data-status={status}
      data-photo={photo?.detail}
      data-asset-id={asset?.id}
      data-active={isActive}
      onPointerDownCapture={() => activateSide(side)}
    >
      {asset !== null && <PaneHeader side={side} asset={asset} siblings={siblings} base={extras.difference?.base ?? null} />}
      <div className="pane-canvas">
        <DeskCanvas
          editor={editorOf(side)}
          photo={photo}
          options={options}
          label={`${names[side]} with its mask`}
          difference={extras.difference}
          onion={extras.onion}
          layers={layers}
          instead={extras.model?.mask ?? null}
          onMark={onMark}
          hasLoupe
          marks={allMarks}
          onPhotoDrawn={onPhotoDrawn}
        />
        <HoverReader side={side} />
        <PaneNotes side={side} extras={extras} hasTools={hasTools} />
        {status === 'empty' && (
          <div className="pane-cover">
            <NothingShown side={side} />
          </div>
        )}
        {status === 'error' && (
          <div className="pane-cover">
            <Failure pane={pane} />
          </div>
        )}
        {status === 'loading' && <div className="pane-waiting" />}
        {status === 'loading' && <div className="pane-loading" role="progressbar" aria-label="Loading the picture" />}
        {hasTools && <PaneTools side={side} />}
        <PromptNote side={side} />
        {asset !== null && <LeaseNote side={side} asset={asset} />}
        {asset !== null && <ImportWaitsNote side={side} asset={asset} />}
        <CommentLayer side={side} />
        <CompareView side={side} />
      </div>
      {asset !== null && <Strip asset={asset} siblings={siblings} />}
    </section>
  );
};
