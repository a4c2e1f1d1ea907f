import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { Card } from '../../ui/Card.tsx';
import { fillUrl, Swatch } from './PlotFills.tsx';
import { isEmptyPlot, plotInWords, type PlotData, type PlotRow } from './plotData.ts';
import { PlotTable } from './PlotTable.tsx';

interface PlotProps {
  readonly title: string;
  readonly data: PlotData;
  /** columns: over time · bars: names at the left */
  readonly kind: 'columns' | 'bars';
  /** What the rows are, for the table's head. */
  readonly rowName: string;
  readonly asTable: boolean;
  readonly emptyText: string;
  readonly testId: string;
}

const columnsHeightPx = 180;
const barHeightPx = 28;
const tick = { fill: 'var(--dim)', fontSize: 11 };
const nameWidthPx = 132;

interface HintProps {
  readonly data: PlotData;
  readonly row: PlotRow | undefined;
}

/** Under the pointer: the row in full. */
const Hint = ({ data, row }: HintProps) =>
  row === undefined ? null : (
    <div className="plot-hint">
      <p className="plot-hint-title">{row.title}</p>
      {data.series.map(({ key, label, fill }) => (
        <p key={key}>
          <Swatch fill={fill} /> {label} <span className="plot-number">{(row.values[key] ?? 0).toLocaleString()}</span>
        </p>
      ))}
    </div>
  );

const shortened = (label: string): string => (label.length > 19 ? `${label.slice(0, 18)}…` : label);

const Bars = ({ data, kind }: Pick<PlotProps, 'data' | 'kind'>) => {
  const isColumns = kind === 'columns';
  const rows = data.rows.map((row, index) => ({ ...row.values, index }));
  const nameOf = (index: number): string => data.rows[index]?.label ?? '';
  const last = data.series.length - 1;
  return (
    <ResponsiveContainer width="100%" height={isColumns ? columnsHeightPx : Math.max(2, rows.length) * barHeightPx + 30} initialDimension={{ width: 320, height: columnsHeightPx }}>
      <BarChart data={rows} layout={isColumns ? 'horizontal' : 'vertical'} accessibilityLayer={false} margin={{ top: 4, right: 8, bottom: 0, left: 0 }} barCategoryGap="22%">
        <CartesianGrid stroke="var(--line)" horizontal={isColumns} vertical={!isColumns} />
        {isColumns ? (
          <>
            <XAxis dataKey="index" tickFormatter={nameOf} tick={tick} tickLine={false} axisLine={{ stroke: 'var(--line)' }} minTickGap={16} />
            <YAxis allowDecimals={false} tick={tick} tickLine={false} axisLine={false} width={34} />
          </>
        ) : (
          <>
            <XAxis type="number" allowDecimals={false} tick={tick} tickLine={false} axisLine={false} />
            <YAxis type="category" dataKey="index" tickFormatter={(index: number) => shortened(nameOf(index))} tick={tick} tickLine={false} axisLine={{ stroke: 'var(--line)' }} width={nameWidthPx} interval={0} />
          </>
        )}
        <Tooltip isAnimationActive={false} cursor={{ fill: 'var(--hover)' }} content={({ active, label }) => (active ? <Hint data={data} row={data.rows[Number(label)]} /> : null)} />
        {data.series.map(({ key, label, fill }, index) => (
          <Bar key={key} dataKey={key} name={label} stackId="all" fill={fillUrl(fill)} isAnimationActive={false} maxBarSize={36} radius={index === last ? (isColumns ? [2, 2, 0, 0] : [0, 2, 2, 0]) : 0} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
};

/** One question as a plot or as a table; both say the same numbers. */
export const Plot = ({ title, data, kind, rowName, asTable, emptyText, testId }: PlotProps) => (
  <div className="plot" data-testid={testId}>
    <Card
      title={title}
      aside={
        data.series.length > 1 && (
          <span className="plot-legend">
            {data.series.map(({ key, label, fill }) => (
              <span key={key}>
                <Swatch fill={fill} /> {label}
              </span>
            ))}
          </span>
        )
      }
    >
      {isEmptyPlot(data) ? (
        <p className="plot-empty dim">{emptyText}</p>
      ) : asTable ? (
        <PlotTable data={data} rowName={rowName} title={title} />
      ) : (
        <div className="plot-figure" role="img" aria-label={`${title}. ${plotInWords(data)}`}>
          <div aria-hidden="true">
            <Bars data={data} kind={kind} />
          </div>
        </div>
      )}
    </Card>
  </div>
);
