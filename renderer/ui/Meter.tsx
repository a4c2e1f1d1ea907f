import './Meter.css';

interface MeterProps {
  /** 0..1; null while nothing is known: a bar that moves. */
  readonly share: number | null;
  readonly label: string;
  readonly tone?: 'ok' | 'accent';
}

/** A bar. How long it is, is the width of what holds it. */
export const Meter = ({ share, label, tone = 'accent' }: MeterProps) => (
  <span
    className="meter"
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
  >
    <span
      className={`meter-fill meter-${tone} ${share === null ? 'meter-unknown' : ''}`}
      style={{ width: share === null ? '35%' : `${Math.min(100, Math.max(0, share * 100))}%` }}
    />
  </span>
);
