import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';

test('reject with a reason, take it back, approve', async ({ segmentedStore, openDesk }) => {
  const { desk } = await openDesk({ storeDir: segmentedStore });
  const first = await desk.ready();

  await test.step('a digit after Backspace is the reason', async () => {
    await desk.press('Backspace');
    await expect(desk.page.getByRole('dialog', { name: 'Why is it rejected?' })).toBeVisible();
    await desk.press('2');
    await desk.movedOnFrom(first);
    await desk.filter('Rejected').click();
    await expect(desk.row(first)).toContainText('Person or hand kept');
    await desk.filter('To review').click();
  });

  await test.step('undo takes the verdict back and returns to the item', async () => {
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', first);
    await expect(desk.state(await desk.activeSide())).toHaveText('To review');
  });

  await test.step('strokes are undone before verdicts', async () => {
    await desk.press('Enter');
    const second = await desk.movedOnFrom(first);
    await desk.drag({ x: 0.4, y: 0.4 }, { x: 0.6, y: 0.6 });
    const side = await desk.activeSide();
    await expect(desk.draftMark(side)).toBeVisible();
    await desk.press('Control+z');
    await expect(desk.draftMark(side)).toBeHidden();
    await expect(desk.activePane).toHaveAttribute('data-asset-id', second);
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', first);
  });
});

test('an edit is a draft that survives leaving the item and a restart', async ({ segmentedStore, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: segmentedStore });
  const first = await desk.ready();
  const side = await desk.activeSide();
  await desk.drag({ x: 0.3, y: 0.3 }, { x: 0.7, y: 0.3 });
  // Left at once, before the draft's own moment of rest is over.
  await desk.press('d');
  await desk.movedOnFrom(first);
  await desk.open(first);
  await expect(desk.draftMark(side)).toBeVisible();
  await desk.press(']');
  await desk.press(']');
  const brushSize = await desk.page.getByRole('slider', { name: 'Size' }).getAttribute('aria-valuetext');
  // Closed right after a stroke: the window waits until it is kept.
  await desk.drag({ x: 0.3, y: 0.6 }, { x: 0.7, y: 0.6 });
  await app.close();

  const { desk: again } = await openDesk({ storeDir: segmentedStore });
  await again.ready();
  await expect(again.page.getByRole('slider', { name: 'Size' }), 'the brush is as it was left').toHaveAttribute('aria-valuetext', brushSize ?? '');
  await expect(again.row(first)).toContainText('Draft');
  await again.open(first);
  await expect(again.draftMark(side)).toHaveText('Draft');
  await again.press('Enter');
  await expect(again.notices).toContainText(`Approved ${first}`);
  await expect.poll(async () => (await runCli('queue', '--store', segmentedStore, '--state', 'approved')).length).toBe(1);
});
