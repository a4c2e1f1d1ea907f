import { expect, type Locator, type Page } from '@playwright/test';

/** The queue's panel: its list, its filters and what is chosen in it. */
export class QueuePage {
  readonly page: Page;
  readonly list: Locator;
  readonly rows: Locator;
  readonly rowsToCome: Locator;
  readonly bulkBar: Locator;
  readonly activeFilters: Locator;
  readonly find: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByTestId('queue-list');
    this.rows = page.getByTestId('queue-row');
    this.rowsToCome = page.getByTestId('queue-row-to-come');
    this.bulkBar = page.getByTestId('bulk-bar');
    this.activeFilters = page.getByTestId('active-filter');
    this.find = page.getByRole('textbox', { name: 'Find an item' });
  }

  /** By place in the list, from 0. */
  rowAt(place: number): Locator {
    return this.page.locator(`[data-testid="queue-row"][data-row="${place}"]`);
  }

  /** Ids of the rows that are drawn, by place. */
  async idsByPlace(): Promise<ReadonlyMap<number, string>> {
    const drawn = await this.rows.evaluateAll((rows) => rows.map((row) => [Number(row.getAttribute('data-row')), row.getAttribute('data-asset-id') ?? ''] as const));
    return new Map(drawn);
  }

  async idAt(place: number): Promise<string> {
    const id = await this.rowAt(place).getAttribute('data-asset-id');
    if (id === null) throw new Error(`row ${place} has no item`);
    return id;
  }

  /** How many rows the list says that it has. */
  async expectLength(count: number): Promise<void> {
    if (count === 0) return expect(this.rows).toHaveCount(0);
    await expect(this.rows.first()).toHaveAttribute('aria-setsize', String(count));
  }

  /** Narrows by typing part of a value's name and taking the first that is found. */
  async narrowBy(typed: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+F');
    const form = this.page.getByTestId('filter-form');
    await expect(form.getByRole('option').first()).toBeVisible();
    await this.page.keyboard.type(typed);
    await expect(form.getByRole('option').first()).toContainText(typed, { ignoreCase: true });
    await this.page.keyboard.press('Enter');
    await expect(form).toBeHidden();
  }

  savedFilters(): Locator {
    return this.page.getByRole('dialog', { name: 'Saved filters' });
  }

  async openSavedFilters(): Promise<Locator> {
    await this.page.keyboard.press('Control+Shift+S');
    await expect(this.savedFilters()).toBeVisible();
    return this.savedFilters();
  }

  state(label: string): Locator {
    return this.page.getByRole('group', { name: 'State' }).getByRole('button', { name: new RegExp(`^${label}`) });
  }

  async sortBy(label: string): Promise<void> {
    await this.page.getByRole('combobox', { name: /^Order/ }).click();
    await this.page.getByRole('option', { name: label }).click();
  }

  /** Puts the list's scrollbar at a share of its way, 0..1, as a drag of it does. */
  async scrollTo(share: number): Promise<void> {
    await this.list.evaluate((list, to) => {
      list.scrollTop = to * (list.scrollHeight - list.clientHeight);
    }, share);
  }
}
