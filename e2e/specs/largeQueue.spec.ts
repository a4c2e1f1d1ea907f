import { expect, test } from '../electronApp.ts';
import { QueuePage } from '../pages/queuePage.ts';
import { listItems } from '../services/items.ts';
import { addManyItems } from '../services/largeStore.ts';

const count = 100_000;
const nameOf = (number: number): string => `item-${String(number).padStart(6, '0')}`;

test('a queue of 100,000: any place at once, no blank rows, and no memory for having been there', async ({ segmentedStore: store, openDesk }) => {
  const [product] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (product === undefined) throw new Error('the store has no mask');
  const others = (await listItems(store, '--state', 'to_review')).length;
  addManyItems(store, count, product.asset_id);
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const queue = new QueuePage(page);
  await desk.ready();
  const session = await page.context().newCDPSession(page);
  const heapMegabytes = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / 1_000_000;
  };

  /** Rows on screen are items in a row: their numbers follow each other, and none is still to come. A jump may take a moment. */
  const expectWhole = async (): Promise<readonly number[]> => {
    let places: readonly number[] = [];
    await expect(async () => {
      expect(await queue.rowsToCome.count()).toBe(0);
      const drawn = [...(await queue.idsByPlace())].sort(([a], [b]) => a - b);
      expect(drawn.length).toBeGreaterThan(8);
      places = drawn.map(([place]) => place);
      expect(places).toEqual(places.map((_, index) => (places[0] ?? 0) + index));
      const numbers = drawn.filter(([, id]) => id.startsWith('item-')).map(([, id]) => Number(id.slice(5)));
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    }).toPass();
    return places;
  };

  await test.step('it opens with all of them, the worst first', async () => {
    await queue.expectLength(count + others);
    await expect(queue.rowAt(0)).toBeVisible();
    await expectWhole();
    await page.screenshot({ path: test.info().outputPath('start.png') });
  });

  await test.step('the scrollbar reaches the middle and the end', async () => {
    await queue.scrollTo(0.5);
    await expect(queue.rowAt(count / 2)).toBeVisible();
    expect(await expectWhole()).toContain(count / 2);
    await queue.scrollTo(1);
    await expect(queue.rowAt(count + others - 1)).toBeVisible();
    await expectWhole();
    await queue.list.focus();
    await desk.press('Home');
    await expect(queue.rowAt(0)).toHaveAttribute('aria-current', 'true');
  });

  await test.step('the wheel outruns nothing, and what was passed is let go', async () => {
    await queue.list.hover();
    const wander = async (): Promise<void> => {
      for (let turn = 0; turn < 40; turn++) {
        await page.mouse.wheel(0, 2000);
        await page.evaluate(() => new Promise(requestAnimationFrame));
        if (turn % 10 === 9) expect(await queue.rowsToCome.count(), `after ${turn} turns`).toBe(0);
      }
      for (let jump = 1; jump <= 20; jump++) {
        await queue.scrollTo(jump / 21);
        await expect(queue.rowsToCome).toHaveCount(0);
      }
    };
    // As many pages as are kept at all are kept after the first round.
    await wander();
    await queue.scrollTo(0);
    const before = await heapMegabytes();
    await wander();
    await expectWhole();
    const grownMegabytes = (await heapMegabytes()) - before;
    test.info().annotations.push({ type: 'heap', description: `${grownMegabytes.toFixed(1)} MB more after the second round` });
    expect(grownMegabytes).toBeLessThan(5);
  });

  await test.step('a filter and a text answer for all of them', async () => {
    await queue.narrowBy('another-model');
    await queue.expectLength(count / 100);
    await expect(queue.rowAt(0)).toHaveAttribute('data-asset-id', nameOf(100));
    await desk.press('Control+Shift+Backspace');
    await queue.find.fill('item-09999');
    await queue.expectLength(10);
    await expect(queue.rowAt(9)).toHaveAttribute('data-asset-id', nameOf(99_999));
  });

  await test.step('a verdict in the midst of it goes on to the next', async () => {
    await desk.open(nameOf(99_995));
    await desk.press('Enter');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', nameOf(99_996));
    await queue.expectLength(9);
  });

  await test.step('all that fit are chosen, and the rest is said', async () => {
    await queue.find.fill('');
    await queue.expectLength(count + others - 1);
    await desk.press('Escape');
    await desk.press('Control+a');
    await expect(queue.bulkBar).toContainText('10,000 chosen');
    await expect(desk.notices).toContainText('The first 10,000 are chosen');
  });
});
