import type { Dashboard } from '../../../shared/domain/stats.ts';
import { Plot } from './Plot.tsx';
import { PlotFills } from './PlotFills.tsx';
import { byModel, byProduct, byReason, byReviewer, masksOverTime, verdictsOverTime } from './plots.ts';

/** All plots of the dashboard. The default export of a file of its own: the charts' library is a third of the page's code, and is loaded with it. */
const Plots = ({ dashboard, asTable }: { readonly dashboard: Dashboard; readonly asTable: boolean }) => {
  const time = dashboard.bucketMs < 24 * 3_600_000 ? 'Hour' : 'Day';
  return (
    <div className="dashboard-plots">
      <PlotFills />
      <Plot testId="plot-verdicts" title="Verdicts" kind="columns" rowName={time} data={verdictsOverTime(dashboard)} asTable={asTable} emptyText="No verdict was given in this time." />
      <Plot testId="plot-made" title="Masks made" kind="columns" rowName={time} data={masksOverTime(dashboard)} asTable={asTable} emptyText="No mask was made in this time." />
      <Plot testId="plot-models" title="By model" kind="bars" rowName="Model" data={byModel(dashboard)} asTable={asTable} emptyText="No model’s mask was judged in this time." />
      <Plot testId="plot-reasons" title="Why masks were rejected" kind="bars" rowName="Reason" data={byReason(dashboard)} asTable={asTable} emptyText="No mask was rejected in this time." />
      <Plot testId="plot-products" title="By product" kind="bars" rowName="Product" data={byProduct(dashboard)} asTable={asTable} emptyText="No product’s mask was judged in this time." />
      <Plot testId="plot-reviewers" title="By reviewer" kind="bars" rowName="Reviewer" data={byReviewer(dashboard)} asTable={asTable} emptyText="Nobody gave a verdict in this time." />
    </div>
  );
};

export default Plots;
