import type { PlotData } from './plotData.ts';

/** The numbers of a plot; rows in which nothing happened are left out. */
export const PlotTable = ({ data, rowName, title }: { readonly data: PlotData; readonly rowName: string; readonly title: string }) => (
  <div className="plot-table-frame" tabIndex={0} role="region" aria-label={`${title}, table`}>
    <table className="plot-table">
      <thead>
        <tr>
          <th scope="col">{rowName}</th>
          {data.series.map(({ key, label }) => (
            <th key={key} scope="col" className="plot-number">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.rows
          .filter(({ values }) => data.series.some(({ key }) => (values[key] ?? 0) > 0))
          .map(({ title: rowTitle, values }, index) => (
            <tr key={`${index} ${rowTitle}`}>
              <th scope="row" className="selectable">
                {rowTitle}
              </th>
              {data.series.map(({ key }) => (
                <td key={key} className="plot-number selectable">
                  {(values[key] ?? 0).toLocaleString()}
                </td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  </div>
);
