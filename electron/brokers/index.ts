import type { Broker } from '../../shared/ports/broker.ts';
import { openLocalBroker, type LocalBrokerOptions } from './local.ts';
import { openNoBroker } from './none.ts';
import { openRabbitBroker } from './rabbitmq/openRabbitBroker.ts';
import type { RabbitOptions } from './rabbitmq/options.ts';

export type { RabbitOptions } from './rabbitmq/options.ts';

interface BrokerOptions {
  readonly local: LocalBrokerOptions;
  readonly rabbitmq: RabbitOptions;
  readonly none: object;
}
export type BrokerKind = keyof BrokerOptions;

/** One line a way out of the house. */
const openers = { local: openLocalBroker, rabbitmq: openRabbitBroker, none: openNoBroker } satisfies { [Kind in BrokerKind]: (options: BrokerOptions[Kind]) => Promise<Broker> };

/** The local file where no kind is named. */
export type BrokerConfig = { readonly [Kind in BrokerKind]: (Kind extends 'local' ? { readonly kind?: Kind } : { readonly kind: Kind }) & BrokerOptions[Kind] }[BrokerKind];

/** Opens the broker that the configuration describes. @throws ExpectedError usage */
export const openBroker = (config: BrokerConfig): Promise<Broker> => (openers[config.kind ?? 'local'] as (options: BrokerConfig) => Promise<Broker>)(config);
