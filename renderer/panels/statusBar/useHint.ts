import { useStore } from 'zustand';
import { checkLabels } from '../../../shared/domain/check.ts';
import { editorOf } from '../../actions/desk/editors.ts';
import { useCheckPlace } from '../../stores/checkPlace.ts';
import { applyChange, cancelChange } from '../../actions/tools/liveChange.ts';
import { useComments } from '../../stores/comments.ts';
import { useCopying } from '../../stores/copying.ts';
import { useLiveChange } from '../../stores/liveChange.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { usePanes } from '../../stores/panes.ts';
import { useView } from '../../stores/view.ts';
import { capsOf } from '../shared/platform.ts';

/** What a click on the picture would do now: what lies over it first, then the tool in hand. */
export const useHint = (): string => {
  const active = usePanes((state) => state.active);
  const isEmpty = usePanes((state) => state[state.active].asset === null);
  const tool = useStore(editorOf(active).status, (status) => status.hint);
  const isPlacing = useComments((state) => state.draft?.place === 'placing');
  const open = useOverlay((state) => state.open);
  const check = useCheckPlace((state) => (state.isOutlined && state.shown !== null && state.shown.side === active ? state.shown.checkId : null));
  const isHidden = useView((state) => state.isHeldHidden || state.mode === 'hidden');
  const change = useLiveChange(({ name }) => name);
  // A copied mask is moved by a tool, which says so itself.
  const isOfTool = useCopying(({ sourceKey }) => sourceKey !== null);
  const isModel = useView((state) => state.isHeldModel);
  if (open === 'comment') return isPlacing ? 'Comment: click the place that you mean, Enter for the whole picture, Esc to leave it' : 'Comment: write, then Ctrl+Enter; Esc leaves it';
  if (open === 'compare') return 'Compare: drag to move both pictures, the wheel zooms, Esc goes back to the desk';
  if (open === 'choose') return 'Choose: click the mask to take, or press its digit; Esc goes back';
  if (isEmpty) return 'Choose an item in the queue, or press D for the next one';
  if (isModel) return 'What the model gave, for as long as the key is held';
  if (isHidden) return `The mask is hidden. ${tool}`;
  if (change !== null && !isOfTool) return `${change} is shown, not kept yet. ${capsOf(applyChange).join('+')} applies it, ${capsOf(cancelChange).join('+')} takes it back`;
  return check === null ? tool : `${checkLabels[check]}: outlined. ${tool}`;
};
