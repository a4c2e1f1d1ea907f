import type { ElectronApplication } from '@playwright/test';

/** What the system's folder dialog answers from now on; null: it is closed without a choice. */
export const answerFolderDialog = (app: ElectronApplication, folder: string | null): Promise<void> =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
  }, folder);
