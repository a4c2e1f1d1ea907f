import type { ReactNode } from 'react';
import { Meter } from './Meter.tsx';
import './ProgressBar.css';

interface ProgressBarProps {
  /** 0..1; null while nothing is known. */
  readonly share: number | null;
  readonly label: string;
  /** Count, rate, time left: "12 of 40 · 3.1 a minute · 9 min left". */
  readonly shown: string;
  readonly tone?: 'ok' | 'accent';
  /** Pause, Cancel. */
  readonly buttons?: ReactNode;
}

/** Long work: a bar, what it says, and what can be done about it. */
export const ProgressBar = ({ share, label, shown, tone = 'accent', buttons }: ProgressBarProps) => (
  <div className="progress-bar">
    <Meter share={share} label={label} tone={tone} />
    <div className="progress-bar-line">
      <span className="secondary ellipsis" title={shown}>
        {shown}
      </span>
      {buttons}
    </div>
  </div>
);
