import type { PlotFill } from './plotData.ts';

export const fillUrl = (fill: PlotFill): string => `url(#plot-${fill})`;

const colours: Readonly<Record<PlotFill, string>> = {
  approved: 'var(--ok)',
  corrected: 'var(--mask-added)',
  rejected: 'var(--bad)',
  made: 'var(--quiet)',
  plain: 'var(--accent)',
};
/** Paths in a tile of 6 x 6 that are left out of the colour; none: a plain filling. */
const gaps: Readonly<Record<PlotFill, string | null>> = {
  approved: null,
  corrected: 'M0 3 H6',
  rejected: 'M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5',
  made: null,
  plain: null,
};

/** Fillings that differ in pattern as well as in colour, so that they are told apart without it. Once in the dashboard; plots refer to them. */
export const PlotFills = () => (
  <svg className="plot-fills" aria-hidden="true">
    <defs>
      {(Object.keys(colours) as PlotFill[]).map((fill) => (
        <pattern key={fill} id={`plot-${fill}`} width={6} height={6} patternUnits="userSpaceOnUse">
          <rect width={6} height={6} fill={colours[fill]} />
          {gaps[fill] !== null && <path d={gaps[fill]} stroke="var(--panel)" strokeWidth={1.4} />}
        </pattern>
      ))}
    </defs>
  </svg>
);

/** The filling beside its name. */
export const Swatch = ({ fill }: { readonly fill: PlotFill }) => (
  <svg className="plot-swatch" width={12} height={12} aria-hidden="true">
    <rect width={12} height={12} rx={2} fill={fillUrl(fill)} />
  </svg>
);
