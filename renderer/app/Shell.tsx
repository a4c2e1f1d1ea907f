import { useEffect, type CSSProperties } from 'react';
import { DeskPanel } from '../panels/desk/DeskPanel.tsx';
import { Inspector } from '../panels/inspector/Inspector.tsx';
import { ReachLine } from '../panels/offline/ReachLine.tsx';
import { QueuePanel } from '../panels/queue/QueuePanel.tsx';
import { StatusBar } from '../panels/statusBar/StatusBar.tsx';
import { ToolRail } from '../panels/toolRail/ToolRail.tsx';
import { TopBar } from '../panels/topBar/TopBar.tsx';
import { isFolded, keepLayout, narrowBelowPx, panelLimitsPx, setNarrow, setPanelWidth, useLayout, type SidePanel } from '../stores/layout.ts';
import { inBackground } from '../stores/notices.ts';
import { useHasOpenChange } from '../stores/openChange.ts';
import { useOverlay } from '../stores/overlay.ts';
import { usePanes } from '../stores/panes.ts';
import { PanelEdge } from '../ui/PanelEdge.tsx';
import { InspectorRail } from './InspectorRail.tsx';
import './Shell.css';

const edges = { queue: { label: 'Width of the queue', edge: 'right' }, inspector: { label: 'Width of the inspector', edge: 'left' } } as const;

const Edge = ({ panel }: { readonly panel: SidePanel }) => {
  const widthPx = useLayout((state) => state[panel].widthPx);
  const { min, max, standard } = panelLimitsPx[panel];
  return (
    <PanelEdge
      {...edges[panel]}
      style={{ gridArea: panel }}
      widthPx={widthPx}
      minPx={min}
      maxPx={max}
      onChange={(next) => setPanelWidth(panel, next)}
      onDone={() => inBackground(keepLayout(), 'layout')}
      onReset={() => {
        setPanelWidth(panel, standard);
        inBackground(keepLayout(), 'layout');
      }}
    />
  );
};

/** Tells the layout whether the window is narrow, now and whenever that changes. */
const useNarrowWindow = (): void =>
  useEffect(() => {
    const query = window.matchMedia(`(width < ${narrowBelowPx}px)`);
    const tell = (): void => setNarrow(query.matches);
    tell();
    query.addEventListener('change', tell);
    return () => query.removeEventListener('change', tell);
  }, []);

/** The parts of the window: bars, queue, tools, desk, inspector. The folded inspector comes over the desk for a look, and for its own forms and sliders. */
export const Shell = () => {
  useNarrowWindow();
  const layout = useLayout();
  const hasForm = useOverlay((state) => state.open === 'reject' || state.open === 'rerun');
  const isQueueFolded = isFolded(layout, 'queue');
  const isInspectorFolded = isFolded(layout, 'inspector');
  const widths = { '--queue-width': `${layout.queue.widthPx}px`, '--inspector-width': `${layout.inspector.widthPx}px` } as CSSProperties;
  const hasChange = useHasOpenChange();
  // What is changed stays in sight: the inspector comes over the other picture.
  const isOnLeft = usePanes((state) => state.active === 'right') && hasChange;
  const isFlyoutShown = layout.isFlyoutOpen || hasForm || hasChange;
  return (
    <div className={`app ${isQueueFolded ? 'app-queue-folded' : ''} ${isInspectorFolded ? 'app-inspector-folded' : ''}`} style={widths}>
      <TopBar />
      <ReachLine />
      {!isQueueFolded && <QueuePanel />}
      <ToolRail />
      <DeskPanel />
      {!isQueueFolded && <Edge panel="queue" />}
      {isInspectorFolded && <InspectorRail />}
      <div className={isInspectorFolded ? `inspector-flyout ${isOnLeft ? 'inspector-flyout-left' : ''}` : 'inspector-place'} hidden={isInspectorFolded && !isFlyoutShown}>
        <Inspector />
      </div>
      {!isInspectorFolded && <Edge panel="inspector" />}
      <StatusBar />
    </div>
  );
};
