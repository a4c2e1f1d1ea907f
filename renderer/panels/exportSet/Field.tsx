import type { ReactNode } from 'react';

/** A name and its control in a line; the control says its name to assistive tools itself. */
export const Field = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="export-field">
    <span className="export-field-label" aria-hidden="true">
      {label}
    </span>
    <div className="export-field-control">{children}</div>
  </div>
);
