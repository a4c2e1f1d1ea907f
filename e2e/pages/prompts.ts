import { expect, type Locator } from '@playwright/test';
import type { DeskPage } from './deskPage.ts';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Prompting on the active pane. Places are shares of its canvas, 0..1. */
export class Prompts {
  readonly #desk: DeskPage;
  /** What is waited for, missing, or which candidate is shown. */
  readonly note: Locator;
  readonly candidates: Locator;

  constructor(desk: DeskPage) {
    this.#desk = desk;
    this.note = desk.activePane.locator('[data-testid^="prompt-note"]');
    this.candidates = desk.page.getByTestId('candidates').getByRole('button');
  }

  async #at({ x, y }: Place): Promise<[number, number]> {
    const box = await this.#desk.canvasBox();
    return [box.x + x * box.width, box.y + y * box.height];
  }

  async chooseModel(label: string): Promise<void> {
    const { page } = this.#desk;
    await page.getByTestId('prompt-model').click();
    await page.getByRole('option', { name: label }).click();
  }

  async click(place: Place, button: 'left' | 'right' = 'left', modifier?: 'Shift' | 'Alt'): Promise<void> {
    const { keyboard, mouse } = this.#desk.page;
    if (modifier !== undefined) await keyboard.down(modifier);
    await mouse.click(...(await this.#at(place)), { button });
    if (modifier !== undefined) await keyboard.up(modifier);
  }

  async drag(from: Place, to: Place): Promise<void> {
    const { mouse } = this.#desk.page;
    await mouse.move(...(await this.#at(from)));
    await mouse.down();
    await mouse.move(...(await this.#at(to)), { steps: 8 });
    await mouse.up();
  }

  /** Waits until the answer of everything so far is in the mask and shown. */
  async answered(): Promise<void> {
    await expect(this.note).toHaveAttribute('data-phase', 'ready', { timeout: 60_000 });
  }
}
