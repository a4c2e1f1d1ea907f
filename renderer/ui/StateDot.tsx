import './StateDot.css';

export type DotTone = 'ok' | 'bad' | 'warn' | 'quiet';

/** A state at a glance. The shape differs as well as the colour: filled, ring, square. */
export const StateDot = ({ tone, label }: { readonly tone: DotTone; readonly label: string }) => (
  <span className={`state-dot state-dot-${tone}`} role="img" aria-label={label} title={label} />
);
