import { useStore } from 'zustand';
import { editorOf } from '../../actions/desk/editors.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { useView, type DifferenceBase } from '../../stores/view.ts';
import { clockTime } from '../shared/words.ts';
import './PaneNotes.css';
import type { PaneExtras } from './usePaneExtras.ts';

const baseWords: Readonly<Record<DifferenceBase, string>> = { approved: 'approved version', previous: 'version before', model: 'model’s mask' };

const DifferenceNote = ({ side, comparison }: { readonly side: Side; readonly comparison: PaneExtras['comparison'] }) => {
  const wanted = useView((state) => state.differenceBase);
  const seenHead = usePanes((state) => state[side].seenHead);
  const isEdited = useStore(editorOf(side).status, (state) => state.isDirty);
  if (comparison === undefined) return null;
  if (comparison === null && wanted === 'model') return <p className="pane-note">No model has made a mask of this picture: nothing to compare with</p>;
  if (comparison === null) return <p className="pane-note">No version before this one: nothing to compare with</p>;
  const { revision, kind } = comparison;
  const whose = `${baseWords[kind]} by ${revision.author}, ${clockTime(revision.createdAtMs)}`;
  const isItself = revision.revisionId === seenHead && !isEdited;
  return (
    <p className="pane-note">
      <span className="pane-note-key">
        <span className="hatch hatch-added" aria-hidden="true" />
        Added
      </span>
      <span className="pane-note-key">
        <span className="hatch hatch-removed" aria-hidden="true" />
        Removed
      </span>
      <span className="pane-note-what">{isItself ? `this is the ${whose}` : `since the ${whose}${wanted === 'approved' && kind === 'previous' ? ' (none is approved)' : ''}`}</span>
    </p>
  );
};

/** What the picture can't say itself: what colours stand for, what is missing, what is not shown at full size. */
export const PaneNotes = ({ side, extras, hasTools }: { readonly side: Side; readonly extras: PaneExtras; readonly hasTools: boolean }) => {
  const mode = useView((state) => state.mode);
  const hasSkin = useView((state) => state.onionSkin !== 'none');
  const skin = useView((state) => state.onionSkin);
  const photo = usePanes((state) => state[side].photo);
  const isReady = usePanes((state) => state[side].status === 'ready');
  const hasNoMatte = useStore(editorOf(side).status, ({ hasMatte, isMatteComing }) => !hasMatte && !isMatteComing);
  if (!isReady) return null;
  const largest = photo?.levels[0];
  return (
    <div className={hasTools ? 'pane-notes pane-notes-beside' : 'pane-notes'} data-testid={`notes-${side}`} role="status">
      {extras.model !== undefined && (
        <p className="pane-note">{extras.model === null ? 'No model has made a mask of this picture' : `What ${extras.model.revision.author} gave, ${clockTime(extras.model.revision.createdAtMs)}`}</p>
      )}
      {mode === 'difference' && <DifferenceNote side={side} comparison={extras.comparison} />}
      {mode === 'matte' && hasNoMatte && <p className="pane-note">No matte was kept with this mask: its hard edge is shown</p>}
      {hasSkin && (
        <p className="pane-note">
          <span className="pane-note-key">
            <span className="onion-line" aria-hidden="true" />
            {extras.onionId === null ? `No mask ${skin === 'previous' ? 'before' : 'after'} this one` : `${skin === 'previous' ? 'Before' : 'After'}: ${extras.onionId}`}
          </span>
        </p>
      )}
      {photo?.detail === 'reduced' && largest !== undefined && (
        <p className="pane-note">
          Shown at {Math.round((largest.width / photo.widthPx) * 100)} % of its {Math.round((photo.widthPx * photo.heightPx) / 1e6)} megapixels; the mask is edited at full size
        </p>
      )}
    </div>
  );
};
