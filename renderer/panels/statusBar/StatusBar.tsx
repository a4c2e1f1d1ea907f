import { useStore } from 'zustand';
import { assetKey } from '../../../shared/domain/asset.ts';
import { toolSettings } from '../../actions/desk/editors.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { useConnection } from '../../stores/connection.ts';
import { useDrafts, type DraftMark } from '../../stores/drafts.ts';
import { usePanes } from '../../stores/panes.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import type { ToolId } from '../../stores/toolSettings.ts';
import { StateDot, type DotTone } from '../../ui/StateDot.tsx';
import './StatusBar.css';

/** What a click would do. */
const hints: Readonly<Record<ToolId, string>> = {
  brush: 'Brush: drag to add, Alt-drag to erase, Shift for a straight line',
  eraser: 'Eraser: drag to take away, Alt-drag to add, Shift for a straight line',
  hand: 'Hand: drag to move the picture, Ctrl and the wheel zoom',
};
const draftWords: Readonly<Record<DraftMark, string>> = { restored: 'Draft restored', unsaved: 'Saving draft…', saving: 'Saving draft…', saved: 'Draft saved', failed: 'Draft not saved' };
const connectionWords = { starting: ['Starting', 'quiet'], up: ['Connected', 'ok'], restarting: ['Starting again', 'warn'], failed: ['Not connected', 'bad'], closing: ['Closing', 'quiet'] } as const satisfies Record<string, readonly [string, DotTone]>;

export const StatusBar = () => {
  const toolId = useStore(toolSettings, (settings) => settings.toolId);
  const provider = useSegmentation((state) => state.status?.provider ?? null);
  const notice = useSegmentation((state) => state.status?.notice ?? null);
  const reviewer = useAppInfo((state) => state.info?.reviewer ?? null);
  const connection = useConnection((state) => state.state.kind);
  const asset = usePanes((state) => state[state.active].asset);
  const draft = useDrafts((state) => (asset === null ? undefined : state.marks[assetKey(asset)]));
  const [connectionLabel, connectionTone] = connectionWords[connection];
  return (
    <footer className="status-bar">
      <span className="ellipsis">{notice ?? hints[toolId]}</span>
      <span className="status-bar-gap" />
      {draft !== undefined && <span data-testid="draft-status">{draftWords[draft]}</span>}
      {provider !== null && <span>{provider}</span>}
      {reviewer !== null && <span className="ellipsis status-bar-reviewer">{reviewer}</span>}
      <span className="status-bar-connection">
        <StateDot tone={connectionTone} label={connectionLabel} />
        {connectionLabel}
      </span>
    </footer>
  );
};
