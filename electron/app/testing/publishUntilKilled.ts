import { createLogger } from '../../base/logger.ts';
import { systemClock } from '../../base/systemClock.ts';
import { openBlobs } from '../../blobs/index.ts';
import type { S3BlobOptions } from '../../blobs/s3/options.ts';
import { openBroker } from '../../brokers/index.ts';
import { AppEvents } from '../../services/appEvents.ts';
import { createPublisher } from '../../services/publish/publisher.ts';
import { openStore } from '../../store/index.ts';

export interface PublishUntilKilledInput {
  readonly store: { readonly kind: 'sqlite'; readonly storeDir: string } | { readonly kind: 'postgres'; readonly url: string };
  readonly blobs: S3BlobOptions;
  readonly brokerDir: string;
}

/** Publishes what is pending, until its parent kills it. Argument: {@link PublishUntilKilledInput} as JSON. */
const input = JSON.parse(process.argv[2] ?? '') as PublishUntilKilledInput;
const store = await openStore({ ...input.store, create: false, clock: systemClock });
const blobs = await openBlobs({ kind: 's3', ...input.blobs });
const broker = await openBroker({ kind: 'local', storeDir: input.brokerDir, clock: systemClock });
await createPublisher({ store, blobs, broker, events: new AppEvents(), logger: createLogger('test') }).drain();
