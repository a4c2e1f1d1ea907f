import { afterEach, beforeEach, describe } from 'vitest';
import type { Store } from '../../../shared/ports/store/store.ts';
import { auditContract } from './auditContract.ts';
import { catalogContract } from './catalogContract.ts';
import { checkContract } from './checkContract.ts';
import { commentContract } from './commentContract.ts';
import { itemLeaseContract } from './itemLeaseContract.ts';
import { placementContract } from './placementContract.ts';
import { importedContract } from './importedContract.ts';
import { importedPhotoContract } from './importedPhotoContract.ts';
import { intakeContract } from './intakeContract.ts';
import { publicationContract } from './publicationContract.ts';
import { queueContract } from './queueContract.ts';
import { reviewContract } from './reviewContract.ts';
import { reviewLaws } from './reviewLaws.ts';
import { revisionContract } from './revisionContract.ts';
import { setContract } from './setContract.ts';
import { smallStoresContract } from './smallStoresContract.ts';
import { seedCatalog } from './samples.ts';
import { rerunContract } from './rerunContract.ts';
import { statsContract } from './statsContract.ts';
import { taskContract } from './taskContract.ts';
import type { TestClock } from './testClock.ts';

/** A fresh, empty store of an adapter on its real database. */
export interface StoreFixture {
  readonly store: Store;
  readonly clock: TestClock;
  /** Another connection to the same database, as a second process would have. The fixture closes it. */
  openAnother(): Promise<Store>;
  dispose(): Promise<void>;
}

/** What a contract's tests see: the store of this very test. */
export interface StoreUnderTest {
  fixture: StoreFixture;
}

/** What every adapter of the Store port must do (shared/ports/store). */
export const storeContract = (name: string, makeFixture: () => Promise<StoreFixture>): void => {
  describe(`Store: ${name}`, () => {
    const current = {} as StoreUnderTest;
    beforeEach(async () => {
      current.fixture = await makeFixture();
      await seedCatalog(current.fixture.store);
    });
    afterEach(() => current.fixture.dispose());

    catalogContract(current);
    queueContract(current);
    revisionContract(current);
    checkContract(current);
    reviewContract(current);
    publicationContract(current);
    placementContract(current);
    taskContract(current);
    intakeContract(current);
    rerunContract(current);
    statsContract(current);
    commentContract(current);
    smallStoresContract(current);
    itemLeaseContract(current);
    auditContract(current);
    setContract(current);
    importedContract(current);
    importedPhotoContract(current);
    reviewLaws(current);
  });
};
