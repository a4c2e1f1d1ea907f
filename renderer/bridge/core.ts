import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { floatArraySerializer } from '../../shared/contracts/rpc/floatArrays.ts';
import type { HostState } from '../../shared/contracts/host/messages.ts';
import type { Contract } from '../../shared/contracts/rpc/index.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { fromCallError } from './errors.ts';
import { askForPort, listenToHost } from './hostPort.ts';

type Client = ContractRouterClient<Contract>;

interface Connection {
  readonly client: Client;
  /** Fails every call that is under way: their answers will not come. */
  drop(): void;
}

let current: Connection | null = null;

const offline = (): ExpectedError => new ExpectedError('offline', 'Maskdesk’s core is not connected at the moment. It is being started again.');

const isIterator = (value: unknown): value is AsyncIterator<unknown> => typeof value === 'object' && value !== null && 'next' in value;

/** Fails work that is under way when its connection goes. */
interface Guard {
  race<Result>(work: Promise<Result>): Promise<Result>;
  drop(): void;
}

/** Not Promise.race with one promise for the connection: that promise would keep every answer there ever was, some MB an hour of work. */
const createGuard = (): Guard => {
  const underWay = new Set<(error: Error) => void>();
  let isGone = false;
  return {
    race: (work) =>
      new Promise((resolve, reject) => {
        if (isGone) return reject(offline());
        underWay.add(reject);
        const done = (): void => void underWay.delete(reject);
        work.then(
          (result) => {
            done();
            resolve(result);
          },
          (error: unknown) => {
            done();
            reject(error);
          },
        );
      }),
    drop: () => {
      isGone = true;
      for (const fail of underWay) fail(offline());
      underWay.clear();
    },
  };
};

/** Ends with the connection, and translates errors that come in the middle of a stream. */
async function* guarded(source: AsyncIterator<unknown>, guard: Guard): AsyncGenerator<unknown> {
  let finished = false;
  try {
    for (;;) {
      const step = await guard.race(source.next());
      if (step.done === true) {
        finished = true;
        return;
      }
      yield step.value;
    }
  } catch (error) {
    finished = true;
    throw fromCallError(error);
  } finally {
    if (!finished) await source.return?.();
  }
}

const connectionOver = (port: MessagePort): Connection => {
  const guard = createGuard();
  const link = new RPCLink({
    port,
    customJsonSerializers: [floatArraySerializer],
    interceptors: [
      async (call) => {
        try {
          const result = await guard.race(call.next());
          return isIterator(result) ? guarded(result, guard) : result;
        } catch (error) {
          throw fromCallError(error);
        }
      },
    ],
  });
  port.start();
  return {
    client: createORPCClient(link),
    drop: () => {
      guard.drop();
      port.close();
    },
  };
};

/** The core, typed by the contract. Always the connection of now: keep no part of it. @throws ExpectedError offline while there is none */
export const core = (): Client => {
  if (current === null) throw offline();
  return current.client;
};

export interface CoreListener {
  /** A fresh connection: everything that was watched has to be watched again. */
  onConnected(): void;
  onState(state: HostState): void;
}

/** Called once, at start. Reconnects by itself whenever the host says that the core is up. */
export const connectToCore = (listener: CoreListener): void =>
  listenToHost({
    onPort: (port) => {
      // Asked twice, as when the core came up between two questions: the first port is as good.
      if (current !== null) return port.close();
      current = connectionOver(port);
      listener.onState({ kind: 'up' });
      listener.onConnected();
    },
    onState: (state) => {
      if (state.kind === 'restarting' || state.kind === 'failed') {
        current?.drop();
        current = null;
      }
      if (state.kind !== 'up') listener.onState(state);
      else if (current === null) askForPort();
    },
  });

export { askForPort as retryConnection, readyToClose, savingBeforeClose } from './hostPort.ts';
