import { Maximize, PanelLeft, PanelRight, Redo2, Undo2, ZoomIn, ZoomOut } from 'lucide-react';
import { Fragment, useRef } from 'react';
import { useStore } from 'zustand';
import { editorOf, toolSettings } from '../../actions/desk/editors.ts';
import { redo } from '../../actions/tools/redo.ts';
import { toolActions } from '../../actions/tools/selectTool.ts';
import { canUndo, undo } from '../../actions/tools/undo.ts';
import { foldInspector, foldQueue } from '../../actions/view/layout.ts';
import { actualSize, fit, zoomIn, zoomOut } from '../../actions/view/zoom.ts';
import { usePanes } from '../../stores/panes.ts';
import { useUndoable } from '../../stores/undoable.ts';
import { ActionButton } from '../shared/ActionButton.tsx';
import { planRail, toolGroups, type ToolGroup } from './toolGroups.ts';
import { ToolGroupButton } from './ToolGroupButton.tsx';
import { toolIcons } from './toolIcons.ts';
import './ToolRail.css';
import { useHeight } from './useHeight.ts';

const has = (toolId: string): boolean => toolActions.some((action) => action.toolId === toolId);
/** With the tools that there are; those in no group make one of their own. */
const groups: readonly ToolGroup[] = [
  ...toolGroups.map((group) => ({ ...group, toolIds: group.toolIds.filter(has) })),
  { id: 'others', label: 'More', toolIds: toolActions.map(({ toolId }) => toolId).filter((toolId) => !toolGroups.some(({ toolIds }) => toolIds.includes(toolId))) },
].filter(({ toolIds }) => toolIds.length > 0);

const Tools = ({ group, isFolded }: { readonly group: ToolGroup; readonly isFolded: boolean }) => {
  const inHand = useStore(toolSettings, (settings) => settings.toolId);
  const actions = toolActions.filter(({ toolId }) => group.toolIds.includes(toolId)).sort((a, b) => group.toolIds.indexOf(a.toolId) - group.toolIds.indexOf(b.toolId));
  if (isFolded) return <ToolGroupButton group={group} actions={actions} />;
  return actions.map((action) => {
    const Icon = toolIcons[action.toolId];
    return <ActionButton key={action.id} action={action} icon={<Icon />} isActive={action.toolId === inHand} tipSide="right" />;
  });
};

/** Looked at anew where the editor or the log of verdicts has changed. */
const UndoButton = () => {
  const active = usePanes((state) => state.active);
  useUndoable();
  const isPossible = useStore(editorOf(active).status, canUndo);
  return <ActionButton action={undo} icon={<Undo2 />} isDisabled={!isPossible} tipSide="right" />;
};

/** By itself: what can be redone changes with nearly each undo, and the rest of the rail does not. */
const RedoButton = () => {
  const active = usePanes((state) => state.active);
  const canRedo = useStore(editorOf(active).status, (status) => status.canRedo);
  return <ActionButton action={redo} icon={<Redo2 />} isDisabled={!canRedo} tipSide="right" />;
};

/** Tools by kind, then undo and zoom. Where the window is low, kinds with many tools are one button with a list behind it. */
export const ToolRail = () => {
  const rail = useRef<HTMLElement>(null);
  const { folded, hasZoomSteps } = planRail(useHeight(rail), groups);
  return (
    <aside ref={rail} className="tool-rail" aria-label="Tools" data-region>
      {groups.map((group) => (
        <Fragment key={group.id}>
          <Tools group={group} isFolded={folded.has(group.id)} />
          <hr />
        </Fragment>
      ))}
      <UndoButton />
      <RedoButton />
      <hr />
      {hasZoomSteps && <ActionButton action={zoomIn} icon={<ZoomIn />} tipSide="right" />}
      {hasZoomSteps && <ActionButton action={zoomOut} icon={<ZoomOut />} tipSide="right" />}
      <ActionButton action={fit} icon={<Maximize />} tipSide="right" />
      <ActionButton action={actualSize} icon={<span className="one-to-one" aria-hidden="true" />} tipSide="right" />
      <span className="tool-rail-gap" />
      <ActionButton action={foldQueue} icon={<PanelLeft />} tipSide="right" />
      <ActionButton action={foldInspector} icon={<PanelRight />} tipSide="right" />
    </aside>
  );
};
