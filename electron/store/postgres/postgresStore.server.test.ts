import { afterAll, inject } from 'vitest';
import { createTestDatabases, postgresFixture } from '../testing/postgresFixture.ts';
import { storeContract } from '../testing/storeContract.ts';

const databases = createTestDatabases(inject('postgresUrl'));
afterAll(() => databases.dispose());

storeContract('postgres', () => postgresFixture(databases));
