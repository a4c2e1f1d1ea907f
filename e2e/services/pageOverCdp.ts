import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';

interface Target {
  readonly type: string;
  readonly url: string;
}

/** A connection made while the page is only beginning may wait for it without end (microsoft/playwright#41093); the next one does not. */
const attemptMs = 6_000;

/**
 * The app's window through Chromium's own debugging port.
 * @param host `127.0.0.1:port` @param isGone the app has ended @throws when no page of the app could be taken in hand within `timeoutMs`
 */
export const pageOverCdp = async (host: string, timeoutMs: number, isGone: () => boolean): Promise<{ readonly browser: Browser; readonly page: Page }> => {
  const endMs = Date.now() + timeoutMs;
  let last: unknown = new Error('it listed no page');
  while (Date.now() < endMs && !isGone()) {
    const targets = (await (await fetch(`http://${host}/json/list`)).json()) as readonly Target[];
    if (!targets.some(({ type, url }) => type === 'page' && url.startsWith('maskdesk:'))) {
      await sleep(50);
      continue;
    }
    try {
      const browser = await chromium.connectOverCDP(`http://${host}`, { timeout: Math.min(attemptMs, Math.max(1, endMs - Date.now())) });
      const page = browser.contexts()[0]?.pages()[0];
      if (page !== undefined) return { browser, page };
      last = new Error('the connection shows no page');
      await browser.close();
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`the window's page could not be reached${isGone() ? ': the app has ended' : ''}`, { cause: last });
};
