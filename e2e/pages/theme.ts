import { expect, type Page } from '@playwright/test';

/** Changes the system's theme; resolves when the window has followed: in between one colour would be of one theme and the next of the other. */
export const inTheme = async (page: Page, colorScheme: 'dark' | 'light'): Promise<void> => {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
};
