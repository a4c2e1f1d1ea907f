import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Broker } from '../../shared/ports/broker.ts';

/** For a process that leaves events to others: they wait in the database's outbox for one that has a broker. Nothing should be published here. */
export const openNoBroker = (_options: object): Promise<Broker> =>
  Promise.resolve({
    location: 'no broker',
    consumer: null,
    publish: () => Promise.reject(new ExpectedError('delivery_failed', 'This process has no broker: its events wait in the database for a worker that has one. ([broker] url, MASKDESK_BROKER_URL)')),
    close: () => Promise.resolve(),
  });
