import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Pictures of screens for eyes: git-ignored, written anew at each run. */
const folder = join(import.meta.dirname, '../../artefacts/screens');

export interface ScreenPictures {
  /** Starts an action by its name in the command palette, whatever its key is. */
  readonly command: (label: string) => Promise<void>;
  readonly picture: (name: string) => Promise<void>;
}

/** @param set a folder name, such as `dark-1440x900` */
export const screenPictures = async (page: Page, set: string): Promise<ScreenPictures> => {
  await mkdir(join(folder, set), { recursive: true });
  return {
    command: async (label) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.insertText(label);
      await page.getByRole('option', { name: label }).first().click();
      await page.getByRole('combobox', { name: /command/i }).waitFor({ state: 'detached' });
    },
    picture: async (name) => {
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(folder, set, `${name}.png`), animations: 'disabled' });
    },
  };
};
