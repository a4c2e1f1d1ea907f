import type { Broker } from '../../shared/ports/broker.ts';
import { openLocalBroker, type LocalBrokerOptions } from './local.ts';

interface BrokerOptions {
  readonly local: LocalBrokerOptions;
}
export type BrokerKind = keyof BrokerOptions;

/** One line a way out of the house. */
const openers = { local: openLocalBroker } satisfies { [Kind in BrokerKind]: (options: BrokerOptions[Kind]) => Promise<Broker> };

export type BrokerConfig = { readonly [Kind in BrokerKind]: { readonly kind?: Kind } & BrokerOptions[Kind] }[BrokerKind];

/** Opens the broker that the configuration describes; the local file where it names no kind. */
export const openBroker = (config: BrokerConfig): Promise<Broker> => openers[config.kind ?? 'local'](config);
