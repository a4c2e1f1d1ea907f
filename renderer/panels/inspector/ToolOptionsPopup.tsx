import { SlidersHorizontal } from 'lucide-react';
import { useStore } from 'zustand';
import { toolSettings } from '../../actions/desk/editors.ts';
import { toolActions } from '../../actions/tools/selectTool.ts';
import { toolOptions as showToolOptions } from '../../actions/tools/toolOptions.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { capsOf } from '../shared/platform.ts';
import { toolOptions } from './toolOptions/index.ts';
import './ToolOptionsPopup.css';

/** What can be set of the tool in hand, from the folded inspector. */
export const ToolOptionsPopup = () => {
  const toolId = useStore(toolSettings, (settings) => settings.toolId);
  const isOpen = useOverlay((state) => state.open === 'toolOptions');
  const Options = toolOptions[toolId];
  const name = toolActions.find((action) => action.toolId === toolId)?.name ?? 'Tool';
  return (
    <Popup
      isOpen={isOpen}
      label={`${name}: options`}
      onClose={closeOverlay}
      side="left"
      align="start"
      anchor={
        <span className="tool-options-anchor">
          <IconButton label={showToolOptions.label} caps={capsOf(showToolOptions)} isActive={isOpen} tipSide="left" hasTip={!isOpen} aria-haspopup="dialog" aria-expanded={isOpen} data-popup-anchor="" onClick={showToolOptions.run} data-testid="tool-options">
            <SlidersHorizontal />
          </IconButton>
        </span>
      }
    >
      <div className="tool-options">
        <h3 className="tool-options-name">{name}</h3>
        {Options === null ? <p className="dim">Nothing can be set of this tool.</p> : <Options />}
      </div>
    </Popup>
  );
};
