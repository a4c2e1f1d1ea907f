import { expect, type Locator, type Page } from '@playwright/test';

/** The jobs: what is under way, what failed, what ended. */
export class JobsPanel {
  readonly page: Page;
  readonly card: Locator;
  readonly overall: Locator;
  readonly batches: Locator;
  readonly queued: Locator;
  readonly failures: Locator;
  readonly ended: Locator;

  constructor(page: Page) {
    this.page = page;
    this.card = page.getByRole('dialog', { name: 'Jobs' });
    this.overall = this.card.getByRole('status');
    this.batches = this.card.getByTestId('batch');
    this.queued = this.card.getByTestId('task-queued');
    this.failures = this.card.getByTestId('failed-tasks').getByRole('listitem');
    this.ended = this.card.getByTestId('ended-batches').getByRole('listitem');
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('Control+j');
    await expect(this.card).toBeVisible();
  }

  button(label: string): Locator {
    return this.card.getByRole('button', { name: label, exact: true });
  }

  tab(label: string): Locator {
    return this.card.getByRole('tab', { name: new RegExp(`^${label}`) });
  }

  async show(label: string): Promise<void> {
    await this.tab(label).click();
  }
}
