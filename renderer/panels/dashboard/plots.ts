import type { Dashboard, Fared } from '../../../shared/domain/stats.ts';
import { rejectReasonLabels } from '../../../shared/domain/verdict.ts';
import type { PlotData, PlotSeries } from './plotData.ts';

const dayMs = 24 * 3_600_000;

const fared: readonly PlotSeries[] = [
  { key: 'approved', label: 'Approved as made', fill: 'approved' },
  { key: 'corrected', label: 'Approved, corrected', fill: 'corrected' },
  { key: 'rejected', label: 'Rejected', fill: 'rejected' },
];
/** Corrected ones are counted among the approved; the plot stacks them side by side. */
const faredValues = ({ approved, corrected, rejected }: Fared) => ({ approved: approved - corrected, corrected, rejected });

const clock = (atMs: number): string => new Date(atMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });

const timeOf = (startMs: number, bucketMs: number): { readonly label: string; readonly title: string } => {
  // The middle of a day is that day, also when the clocks have changed.
  const day = new Date(startMs + bucketMs / 2);
  if (bucketMs < dayMs) return { label: clock(startMs), title: `${clock(startMs)} to ${clock(startMs + bucketMs)}` };
  return { label: day.toLocaleDateString([], { day: 'numeric', month: 'short' }), title: day.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' }) };
};

export const verdictsOverTime = ({ buckets, bucketMs }: Dashboard): PlotData => ({
  series: [
    { key: 'approved', label: 'Approved', fill: 'approved' },
    { key: 'rejected', label: 'Rejected', fill: 'rejected' },
  ],
  rows: buckets.map(({ startMs, approved, rejected }) => ({ ...timeOf(startMs, bucketMs), values: { approved, rejected } })),
});

export const masksOverTime = ({ buckets, bucketMs }: Dashboard): PlotData => ({
  series: [{ key: 'made', label: 'Masks made', fill: 'plain' }],
  rows: buckets.map(({ startMs, made }) => ({ ...timeOf(startMs, bucketMs), values: { made } })),
});

export const byReason = ({ byReason: reasons }: Dashboard): PlotData => ({
  series: [{ key: 'count', label: 'Rejected', fill: 'rejected' }],
  rows: reasons.map(({ reason, count }) => ({ label: rejectReasonLabels[reason], title: rejectReasonLabels[reason], values: { count } })),
});

export const byModel = ({ byModel: models }: Dashboard): PlotData => ({
  series: fared,
  rows: models.map((model) => ({ label: model.modelId, title: model.modelId, values: faredValues(model) })),
});

export const byProduct = ({ byProduct: products }: Dashboard): PlotData => ({
  series: fared,
  rows: products.map((product) => ({ label: product.title ?? product.productId, title: product.title ?? product.productId, values: faredValues(product) })),
});

/** Over the whole range, most first. */
export const byReviewer = ({ buckets }: Dashboard): PlotData => {
  const counts = new Map<string, number>();
  for (const { byReviewer: reviewers } of buckets) for (const { reviewer, count } of reviewers) counts.set(reviewer, (counts.get(reviewer) ?? 0) + count);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return { series: [{ key: 'count', label: 'Verdicts', fill: 'plain' }], rows: sorted.map(([reviewer, count]) => ({ label: reviewer, title: reviewer, values: { count } })) };
};
