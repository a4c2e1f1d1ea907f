/** Tests keep what belongs to a person (team stores, preferences) in a folder of their own: never among the things of whoever runs them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default () => {
  const folder = mkdtempSync(join(tmpdir(), 'maskdesk-test-data-'));
  // The processes that run tests are forked after this, and inherit it.
  process.env.MASKDESK_DATA = folder;
  return () => rmSync(folder, { recursive: true, force: true });
};
