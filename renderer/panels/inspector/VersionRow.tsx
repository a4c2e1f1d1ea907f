import type { MouseEvent, ReactNode } from 'react';
import { keepFocus } from '../../ui/keepFocus.ts';

interface VersionRowProps {
  readonly name: string;
  /** After the name, quiet: what it is now. */
  readonly badge?: ReactNode;
  readonly time: ReactNode;
  readonly line: string;
  /** The file that it was imported from. */
  readonly from?: string | null;
  readonly verdict?: { readonly text: string; readonly tone: 'ok' | 'bad' | 'quiet'; readonly note: string | null } | null;
  readonly isHead: boolean;
  readonly isChosen: boolean;
  readonly testId: string;
  /** Beside the one that is chosen already? */
  readonly onPick: (isAdding: boolean) => void;
  /** Under it while it is chosen. */
  readonly children?: ReactNode;
}

/** A version of the mask: a click chooses it, with Ctrl or Shift beside another one. */
export const VersionRow = ({ name, badge, time, line, from = null, verdict = null, isHead, isChosen, testId, onPick, children }: VersionRowProps) => (
  <li className={`version ${isHead ? 'version-head' : ''} ${isChosen ? 'version-chosen' : ''}`} data-testid={testId}>
    <button
      type="button"
      className="version-pick"
      aria-pressed={isChosen}
      onMouseDown={keepFocus}
      onClick={(event: MouseEvent) => onPick(event.ctrlKey || event.metaKey || event.shiftKey)}
    >
      <span className="version-mark" aria-hidden="true" />
      <span className="version-text">
        <span className="version-line">
          <span className="ellipsis" title={name}>
            {name}
          </span>
          {badge}
          {time}
        </span>
        {from !== null && (
          <span className="secondary ellipsis" title={from} data-testid="revision-from">
            from {from}
          </span>
        )}
        <span className="secondary">{line}</span>
        {verdict !== null && (
          <span className={`secondary version-verdict-${verdict.tone}`}>
            {verdict.text}
            {verdict.note !== null && <q className="version-note">{verdict.note}</q>}
          </span>
        )}
      </span>
    </button>
    {children}
  </li>
);
