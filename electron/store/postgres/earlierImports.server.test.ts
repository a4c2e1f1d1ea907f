import { afterAll, expect, inject, it } from 'vitest';
import { createTestDatabases, postgresFixture } from '../testing/postgresFixture.ts';
import { fillWithImports, importsSeen } from '../testing/earlierImports.ts';
import { importsOfMasks } from './migrations/0020Imports.ts';

const databases = createTestDatabases(inject('postgresUrl'));
afterAll(() => databases.dispose());

it('knows of imports that are older than their table what it would know of new ones', async () => {
  const fixture = await postgresFixture(databases);
  try {
    await fillWithImports(fixture.store, fixture.clock);
    const known = await importsSeen(fixture.store);
    await databases.sql(fixture.url, `drop table maskdesk.import_waits; drop table maskdesk.mask_imports; ${importsOfMasks.sql}`);
    expect(await importsSeen(fixture.store)).toEqual(known);
  } finally {
    await fixture.dispose();
  }
});
