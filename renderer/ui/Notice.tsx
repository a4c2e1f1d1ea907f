import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import './Notice.css';
import { keepFocus } from './keepFocus.ts';

export type NoticeLevel = 'info' | 'success' | 'warning' | 'error';

interface NoticeProps {
  readonly level: NoticeLevel;
  readonly message: string;
  readonly buttons: readonly { readonly label: string; readonly run: () => void }[];
  readonly onDismiss: () => void;
}

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert } as const;

/** A sentence in the corner with what can be done about it. */
export const Notice = ({ level, message, buttons, onDismiss }: NoticeProps) => {
  const Icon = icons[level];
  return (
    <div className={`notice notice-${level}`} role={level === 'error' ? 'alert' : 'status'}>
      <Icon className="notice-icon" aria-hidden="true" />
      <p className="notice-message selectable">{message}</p>
      <div className="notice-buttons">
        {buttons.map(({ label, run }) => (
          <button
            key={label}
            type="button"
            className="notice-button"
            onMouseDown={keepFocus}
            onClick={() => {
              onDismiss();
              run();
            }}
          >
            {label}
          </button>
        ))}
        <button type="button" className="notice-close" aria-label="Dismiss" onMouseDown={keepFocus} onClick={onDismiss}>
          <X aria-hidden="true" />
        </button>
      </div>
    </div>
  );
};
