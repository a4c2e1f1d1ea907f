import { Brush, Eraser, Hand, Maximize, PanelLeft, PanelRight, Redo2, Undo2, ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react';
import { useStore } from 'zustand';
import { editorOf, toolSettings } from '../../actions/desk/editors.ts';
import { redo } from '../../actions/tools/redo.ts';
import { toolActions } from '../../actions/tools/selectTool.ts';
import { undo } from '../../actions/tools/undo.ts';
import { foldInspector, foldQueue } from '../../actions/view/layout.ts';
import { actualSize, fit, zoomIn, zoomOut } from '../../actions/view/zoom.ts';
import { usePanes } from '../../stores/panes.ts';
import type { ToolId } from '../../stores/toolSettings.ts';
import { ActionButton } from '../shared/ActionButton.tsx';
import './ToolRail.css';

const icons: Readonly<Record<ToolId, LucideIcon>> = { brush: Brush, eraser: Eraser, hand: Hand };

export const ToolRail = () => {
  const toolId = useStore(toolSettings, (settings) => settings.toolId);
  const active = usePanes((state) => state.active);
  const canRedo = useStore(editorOf(active).status, (status) => status.canRedo);
  return (
    <aside className="tool-rail" aria-label="Tools" data-region>
      {toolActions.map((action) => {
        const Icon = icons[action.toolId];
        return <ActionButton key={action.id} action={action} icon={<Icon />} isActive={action.toolId === toolId} tipSide="right" />;
      })}
      <hr />
      <ActionButton action={undo} icon={<Undo2 />} tipSide="right" />
      <ActionButton action={redo} icon={<Redo2 />} isDisabled={!canRedo} tipSide="right" />
      <hr />
      <ActionButton action={zoomIn} icon={<ZoomIn />} tipSide="right" />
      <ActionButton action={zoomOut} icon={<ZoomOut />} tipSide="right" />
      <ActionButton action={fit} icon={<Maximize />} tipSide="right" />
      <ActionButton action={actualSize} icon={<span className="one-to-one" aria-hidden="true" />} tipSide="right" />
      <span className="tool-rail-gap" />
      <ActionButton action={foldQueue} icon={<PanelLeft />} tipSide="right" />
      <ActionButton action={foldInspector} icon={<PanelRight />} tipSide="right" />
    </aside>
  );
};
