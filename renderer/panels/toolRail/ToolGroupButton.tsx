import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { toolSettings } from '../../actions/desk/editors.ts';
import type { ToolAction } from '../../actions/tools/selectTool.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { capsOf } from '../shared/platform.ts';
import { useLastTools } from './lastTools.ts';
import type { ToolGroup } from './toolGroups.ts';
import { toolIcons } from './toolIcons.ts';

const longPressMs = 350;

/**
 * Tools of one kind behind one button, as drawing programs have them: it shows the one used last and takes it; pressed again, held, or with the
 * right button it offers the others.
 */
export const ToolGroupButton = ({ group, actions }: { readonly group: ToolGroup; readonly actions: readonly ToolAction[] }) => {
  const toolId = useStore(toolSettings, (settings) => settings.toolId);
  const last = useLastTools((state) => state[group.id]);
  const [isOpen, setOpen] = useState(false);
  const press = useRef<{ timer: ReturnType<typeof setTimeout> | null; wasLong: boolean }>({ timer: null, wasLong: false });
  const shown = actions.find((action) => action.toolId === toolId) ?? actions.find((action) => action.toolId === last) ?? actions[0];
  if (shown === undefined) return null;
  const Icon = toolIcons[shown.toolId];
  const isInHand = shown.toolId === toolId;
  const endPress = (): void => {
    if (press.current.timer !== null) clearTimeout(press.current.timer);
    press.current.timer = null;
  };
  const button = (
    <IconButton
      className={`icon-button tool-group ${isInHand ? 'icon-button-active' : ''}`}
      label={`${shown.label} (hold for more: ${group.label.toLowerCase()})`}
      caps={capsOf(shown)}
      isActive={isInHand}
      tipSide="right"
      hasTip={!isOpen}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      data-popup-anchor=""
      data-testid={`tool-group-${group.id}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        press.current = { wasLong: false, timer: setTimeout(() => {
          press.current.wasLong = true;
          setOpen(true);
        }, longPressMs) };
      }}
      onPointerUp={endPress}
      onPointerLeave={endPress}
      onContextMenu={(event) => {
        event.preventDefault();
        setOpen(true);
      }}
      onClick={() => {
        if (press.current.wasLong) return;
        if (isInHand) setOpen(!isOpen);
        else shown.run();
      }}
    >
      <Icon />
    </IconButton>
  );
  return (
    <Popup isOpen={isOpen} label={group.label} onClose={() => setOpen(false)} anchor={<span className="tool-group-anchor">{button}</span>} side="right" align="start">
      <MenuList label={group.label}>
        {actions.map((action) => {
          const RowIcon = toolIcons[action.toolId];
          return (
            <MenuRow
              key={action.id}
              icon={<RowIcon className="tool-group-icon" />}
              caps={capsOf(action)}
              aria-pressed={action.toolId === toolId}
              title={action.label}
              onClick={() => {
                action.run();
                setOpen(false);
              }}
            >
              {action.name}
            </MenuRow>
          );
        })}
      </MenuList>
    </Popup>
  );
};
