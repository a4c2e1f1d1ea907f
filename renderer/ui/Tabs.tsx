import { Tabs as RadixTabs } from 'radix-ui';
import type { ReactNode } from 'react';
import './Tabs.css';

export interface TabPage<Id extends string> {
  readonly id: Id;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly content: ReactNode;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly pages: readonly TabPage<Id>[];
  readonly active: Id;
  readonly onChange: (id: Id) => void;
  /** Where the names are: over the page, or a list at its left. */
  readonly side?: 'top' | 'left';
}

/** Pages of which one is shown. Arrows go through their names. */
export const Tabs = <Id extends string>({ label, pages, active, onChange, side = 'top' }: TabsProps<Id>) => (
  <RadixTabs.Root className={`tabs tabs-${side === 'left' ? 'side' : 'top'}`} orientation={side === 'left' ? 'vertical' : 'horizontal'} value={active} onValueChange={(id) => onChange(id as Id)}>
    <RadixTabs.List className="tabs-list" aria-label={label}>
      {pages.map((page) => (
        <RadixTabs.Trigger key={page.id} className="tabs-tab" value={page.id}>
          {page.icon}
          {page.label}
        </RadixTabs.Trigger>
      ))}
    </RadixTabs.List>
    {pages.map((page) => (
      <RadixTabs.Content key={page.id} className="tabs-content" value={page.id}>
        {page.content}
      </RadixTabs.Content>
    ))}
  </RadixTabs.Root>
);
