import { expect, type Locator, type Page } from '@playwright/test';

export type SideName = 'left' | 'right';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The desk as a reviewer works it: by what is seen and by keys. */
export class DeskPage {
  readonly page: Page;
  readonly rows: Locator;
  readonly activePane: Locator;
  readonly notices: Locator;
  readonly approveButton: Locator;
  readonly revisions: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rows = page.getByTestId('queue-row');
    this.activePane = page.locator('[data-testid^="pane-"][data-active="true"]');
    this.notices = page.getByTestId('notices');
    this.approveButton = page.getByTestId('approve');
    this.revisions = page.getByTestId('revision');
  }

  row(assetId: string): Locator {
    return this.page.locator(`[data-testid="queue-row"][data-asset-id=${JSON.stringify(assetId)}]`);
  }

  pane(side: SideName): Locator {
    return this.page.getByTestId(`pane-${side}`);
  }

  /** A filter chip by how its label begins. */
  filter(label: string): Locator {
    return this.page.getByRole('navigation', { name: 'Queue' }).getByRole('button', { name: new RegExp(`^${label}`) });
  }

  press(chord: string): Promise<void> {
    return this.page.keyboard.press(chord);
  }

  /** Waits until the active pane shows an item, whole. @returns its id */
  async ready(): Promise<string> {
    await expect(this.activePane).toHaveAttribute('data-status', 'ready');
    const id = await this.activePane.getAttribute('data-asset-id');
    if (id === null) throw new Error('the active pane shows nothing');
    return id;
  }

  /** Scrolls the queue from its top until an item's row is drawn: only those in view are, and the order moves while checks come in. */
  async bringToView(assetId: string): Promise<void> {
    const row = this.row(assetId);
    const list = this.page.getByTestId('queue-list');
    let topPx = 0;
    await expect(async () => {
      if (await row.isVisible()) return;
      const { endPx, stepPx } = await list.evaluate((element, top) => {
        element.scrollTop = top;
        return { endPx: element.scrollHeight, stepPx: Math.round(element.clientHeight / 2) };
      }, topPx);
      topPx = topPx + stepPx >= endPx ? 0 : topPx + stepPx;
      await expect(row).toBeVisible({ timeout: 300 });
    }).toPass({ intervals: [0] });
  }

  async open(assetId: string): Promise<void> {
    await this.bringToView(assetId);
    await this.row(assetId).click();
    await expect(this.activePane).toHaveAttribute('data-asset-id', assetId);
    await this.ready();
  }

  /** Waits until the desk has moved on from an item. @returns the next one's id */
  async movedOnFrom(assetId: string): Promise<string> {
    await expect(this.activePane).not.toHaveAttribute('data-asset-id', assetId);
    return this.ready();
  }

  /** Chooses a view by its button, or from the menu where the window has no room for all. */
  async showView(label: string): Promise<void> {
    const views = this.page.getByRole('group', { name: 'View', exact: true });
    const button = views.getByRole('button', { name: label, exact: true });
    if (await button.isVisible()) return button.click();
    await views.getByRole('button', { name: /^All views/ }).click();
    await this.page.getByRole('dialog', { name: 'All views' }).getByRole('button', { name: label, exact: true }).click();
  }

  /** The view that is on, as the switch names it. */
  async currentView(): Promise<string> {
    const menu = await this.page.getByRole('group', { name: 'View', exact: true }).locator('[aria-label^="All views"]').getAttribute('aria-label');
    return menu?.replace('All views, now ', '') ?? '';
  }

  /** Where the active pane's canvas is in the window. */
  async canvasBox(): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
    const box = await this.activePane.getByRole('img').first().boundingBox();
    if (box === null) throw new Error('the active pane has no canvas');
    return box;
  }

  /** Drags the pointer in a straight line; points are in the window, CSS pixels. */
  async dragInWindow(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    await this.page.mouse.move(...from);
    await this.page.mouse.down();
    await this.page.mouse.move(...to, { steps: 10 });
    await this.page.mouse.up();
  }

  /** Drags over the active pane; points are shares of its canvas, 0..1. */
  async drag(from: Point, to: Point): Promise<void> {
    const box = await this.canvasBox();
    const at = (point: Point): [number, number] => [box.x + point.x * box.width, box.y + point.y * box.height];
    await this.dragInWindow(at(from), at(to));
  }

  /** The button of a notice. */
  noticeButton(label: string | RegExp): Locator {
    return this.notices.getByRole('button', { name: label });
  }

  /** Whether the draft of the active item is kept, as the status bar says. */
  get draftStatus(): Locator {
    return this.page.getByTestId('draft-status');
  }

  /** Waits until the last stroke is kept: its frame first, since until then the words are those of the stroke before. */
  async draftSaved(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0)))));
    await expect(this.draftStatus).toHaveText('Draft saved');
  }

  /** Over the active pane's picture, when somebody else has it. */
  get leaseNote(): Locator {
    return this.activePane.getByTestId(/^lease-/);
  }

  draftMark(side: SideName): Locator {
    return this.page.getByTestId(`draft-${side}`);
  }

  state(side: SideName): Locator {
    return this.page.getByTestId(`state-${side}`);
  }

  async activeSide(): Promise<SideName> {
    return (await this.activePane.getAttribute('data-testid')) === 'pane-left' ? 'left' : 'right';
  }
}
