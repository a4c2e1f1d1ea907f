import type { Locator } from '@playwright/test';
import type { DeskPage } from './deskPage.ts';

/** What the inspector says and offers of the item in hand. */
export class Inspector {
  readonly #desk: DeskPage;
  readonly comments: Locator;
  readonly entries: Locator;
  readonly reason: Locator;
  readonly comparison: Locator;
  readonly choice: Locator;
  readonly cells: Locator;

  constructor(desk: DeskPage) {
    this.#desk = desk;
    const { page } = desk;
    this.comments = page.getByTestId('comment');
    this.entries = page.getByTestId('audit-entry');
    this.reason = page.getByTestId('reason');
    this.comparison = page.getByTestId('compare');
    this.choice = page.getByTestId('choose');
    this.cells = page.getByTestId('choose-cell');
  }

  /** @param index 0 is the newest */
  revision(index: number): Locator {
    return this.#desk.revisions.nth(index);
  }

  /** Chooses a version as a click does, with Ctrl beside another. */
  async pick(version: Locator, isAdding = false): Promise<void> {
    await version.getByRole('button').first().click(isAdding ? { modifiers: ['Control'] } : {});
  }

  /** Unfolds a part by its title. */
  async unfold(title: RegExp): Promise<void> {
    const head = this.#desk.page.getByRole('button', { name: title, expanded: false });
    if ((await head.count()) > 0) await head.first().click();
  }

  /** The pin of a comment on the picture, by its number. */
  pin(number: number): Locator {
    return this.#desk.activePane.locator('[data-canvas-mark]', { hasText: String(number) });
  }
}
