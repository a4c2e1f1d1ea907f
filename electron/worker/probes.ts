import { randomUUID } from 'node:crypto';
import type { App } from '../app/createApp.ts';
import { weightsTrouble } from '../services/segmentation/weights.ts';
import { ExpectedError, present } from '../../shared/errors/errors.ts';
import type { Broker, Consumer } from '../../shared/ports/broker.ts';
import type { ModelId } from '../../shared/domain/ids.ts';
import type { PartName } from './partWatch.ts';

/** Nobody else's: whatever is left of it after a kill is some bytes. */
const probeKey = (name: string): string => `data/maskdesk/probe/${name}`;

const noWork = (why: string): ExpectedError =>
  new ExpectedError('invalid_input', `A worker takes its work from a broker, and ${why}. Name a RabbitMQ in the configuration: [broker] url, or MASKDESK_BROKER_URL. (Without a broker, "maskdesk segment" does what a store has.)`);

/** @throws ExpectedError invalid_input where none is configured */
export const brokerOf = ({ broker }: Pick<App, 'broker'>): Broker => {
  if (broker === null) throw noWork('none is configured');
  return broker;
};

/** @throws ExpectedError invalid_input where the configured broker hands out no messages */
export const consumerOf = (app: Pick<App, 'broker'>): Consumer => {
  const { consumer, location } = brokerOf(app);
  if (consumer === null) throw noWork(`${location} hands out none`);
  return consumer;
};

/** What new pictures are segmented with: it, or what it is put together from, must be here. */
const modelProbe = async ({ services: { models } }: App, modelId: ModelId): Promise<void> => {
  const status = (await models.list()).find((model) => model.modelId === modelId);
  if (status === undefined) throw new ExpectedError('model_unknown', `There is no model ${modelId}; "maskdesk models list" shows those that there are.`);
  const trouble = weightsTrouble(status);
  if (trouble !== null) throw trouble;
};

/** How each part is looked at, again and again: one cheap question that fails when work would. */
export const createProbes = (app: App, modelId: () => ModelId): Readonly<Record<PartName, () => Promise<void>>> => ({
  store: async () => void (await app.services.store.outbox.unsentCount()),
  blobs: () => app.blobs.assertReachable(),
  broker: () => (consumerOf(app).isConnected() ? Promise.resolve() : Promise.reject(new ExpectedError('broker_unreachable', `There is no connection to ${brokerOf(app).location}; it is tried again.`))),
  model: () => modelProbe(app, modelId()),
});

/** Writes, reads and removes some bytes: what a worker's rights must allow. @throws ExpectedError permission_denied, disk_full, blobs_unreachable ... */
export const probeBlobWrites = async ({ blobs }: Pick<App, 'blobs'>): Promise<void> => {
  const key = probeKey(randomUUID());
  const bytes = new TextEncoder().encode(key);
  await blobs.put(key, bytes);
  try {
    const read = present(await blobs.get(key), key);
    if (!Buffer.from(read).equals(bytes)) throw new ExpectedError('blob_corrupt', `${blobs.location} gave back other bytes than were put there.`);
  } finally {
    await blobs.remove(key);
  }
};
