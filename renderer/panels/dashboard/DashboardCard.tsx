import { lazy, Suspense, useEffect } from 'react';
import { ChartNoAxesColumn } from 'lucide-react';
import { auditExport } from '../../actions/app/auditExport.ts';
import { exportSet } from '../../actions/exports/exportSet.ts';
import { followDashboard, showRange } from '../../actions/app/dashboard.ts';
import type { Dashboard } from '../../../shared/domain/stats.ts';
import { setDashboardTable, useDashboard, type DashboardRange } from '../../stores/dashboard.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Switch } from '../../ui/Switch.tsx';
import './Dashboard.css';
import { Figures } from './Figures.tsx';

const ranges: readonly { readonly value: DashboardRange; readonly label: string }[] = [
  { value: 'today', label: 'Today' },
  { value: 'week', label: '7 days' },
  { value: 'month', label: '30 days' },
];

const isEmpty = ({ buckets }: Dashboard): boolean => buckets.every(({ made, approved, rejected }) => made + approved + rejected === 0);

const Plots = lazy(() => import('./Plots.tsx'));

const Content = () => {
  const { range, asTable, dashboard, error } = useDashboard();
  useEffect(followDashboard, []);
  return (
    <div className="dashboard">
      <div className="dashboard-bar">
        <SegmentedControl label="Time" choices={ranges} value={range} onChange={showRange} />
        <span className="dashboard-gap" />
        <Button tone="quiet" onClick={exportSet.run}>
          {exportSet.label}
        </Button>
        <Button tone="quiet" onClick={auditExport.run}>
          {auditExport.label}
        </Button>
        <Switch label="Show as tables" isOn={asTable} onChange={setDashboardTable} />
      </div>
      {error !== null && (
        <EmptyState icon={<ChartNoAxesColumn />} title="The numbers could not be read" action={<Button onClick={() => showRange(range)}>Try again</Button>}>
          {error}
        </EmptyState>
      )}
      {dashboard !== null && error === null && (
        <>
          <Figures dashboard={dashboard} />
          {isEmpty(dashboard) ? (
            <div className="dashboard-empty">
              <EmptyState icon={<ChartNoAxesColumn />} title="Nothing has happened in this time">
                Plots appear with the first mask and the first verdict. A longer time may have some.
              </EmptyState>
            </div>
          ) : (
            <Suspense>
              <Plots dashboard={dashboard} asTable={asTable} />
            </Suspense>
          )}
        </>
      )}
    </div>
  );
};

/** How the work goes: pace, time a mask, what is rejected and why, what is left. */
export const DashboardCard = () => {
  const isOpen = useOverlay((state) => state.open === 'dashboard');
  return (
    <FloatingCard isOpen={isOpen} title="Dashboard" description="Verdicts that were taken back are not counted." width="full" onClose={closeOverlay}>
      {isOpen && <Content />}
    </FloatingCard>
  );
};
