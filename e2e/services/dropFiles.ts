import type { Page } from '@playwright/test';

/** Drags files or folders from outside over the window, as a file manager does, and drops them. Points are CSS pixels. */
export const dragFiles = async (page: Page, paths: readonly string[], point: { readonly x: number; readonly y: number }): Promise<{ drop: () => Promise<void> }> => {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, ...point, data: { items: [], files: [...paths], dragOperationsMask: 1 } });
  await send('dragEnter');
  await send('dragOver');
  return {
    drop: async () => {
      await send('drop');
      await session.detach();
    },
  };
};
