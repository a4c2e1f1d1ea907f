import type { KeyboardEvent, ReactNode } from 'react';

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not([disabled])')];
  const index = rows.findIndex((row) => row === document.activeElement);
  rows[step(index, rows.length)]?.focus();
};

/** Rows to choose from; arrows move between them, Enter takes one. */
export const MenuList = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div role="group" aria-label={label} onKeyDown={moveFocus}>
    {children}
  </div>
);
