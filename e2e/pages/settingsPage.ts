import type { Locator, Page } from '@playwright/test';

/** The settings card and what is on its pages. */
export class SettingsPage {
  readonly page: Page;
  readonly card: Locator;

  constructor(page: Page) {
    this.page = page;
    this.card = page.getByRole('dialog', { name: 'Settings' });
  }

  async open(tab: string): Promise<void> {
    if (!(await this.card.isVisible())) await this.page.keyboard.press('Control+,');
    await this.card.getByRole('tab', { name: tab }).click();
  }

  /** A command's row on the page of keys. */
  keysOf(actionId: string): Locator {
    return this.card.getByTestId(`keys-${actionId}`);
  }

  /** Presses a key for a command. */
  async record(actionId: string, chord: string): Promise<void> {
    await this.keysOf(actionId).getByRole('button', { name: /^Add a key/ }).click();
    await this.page.keyboard.press(chord);
  }

  async choosePreset(label: string): Promise<void> {
    await this.card.getByTestId('keys-preset').click();
    await this.page.getByRole('option', { name: label }).click();
  }
}
