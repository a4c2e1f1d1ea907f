/** How a series is drawn. Colour is never alone: each has its own filling as well (PlotFills). */
export type PlotFill = 'approved' | 'corrected' | 'rejected' | 'made' | 'plain';

export interface PlotSeries {
  readonly key: string;
  readonly label: string;
  readonly fill: PlotFill;
}

export interface PlotRow {
  /** Short, for the axis. */
  readonly label: string;
  /** In full, for the tooltip and the table. */
  readonly title: string;
  readonly values: Readonly<Record<string, number>>;
}

export interface PlotData {
  readonly series: readonly PlotSeries[];
  readonly rows: readonly PlotRow[];
}

const sumOf = ({ values }: PlotRow, series: readonly PlotSeries[]): number => series.reduce((sum, { key }) => sum + (values[key] ?? 0), 0);

export const isEmptyPlot = ({ series, rows }: PlotData): boolean => rows.every((row) => sumOf(row, series) === 0);

/** What a plot says, for those who do not see it: totals of each series. */
export const plotInWords = ({ series, rows }: PlotData): string =>
  series.map(({ key, label }) => `${label}: ${rows.reduce((sum, { values }) => sum + (values[key] ?? 0), 0).toLocaleString()}`).join(', ');
