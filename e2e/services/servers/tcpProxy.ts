import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Throttle } from './throttle.ts';

/**
 * pass: as if it were not there · refuse: new connections are closed at once, those that are open are cut · hang: bytes are taken and go nowhere, as in a
 * network that lost its way
 */
export type ProxyMode = 'pass' | 'refuse' | 'hang';

export interface HeldConnection {
  /** What the client has sent and the server has not seen. */
  readonly bytes: number;
  /** Resolves once the server has answered it or has hung up. The client's side may be gone long since. */
  release(): Promise<void>;
  /** As if it never had been sent. */
  drop(): void;
}

export interface TcpProxy {
  readonly host: string;
  readonly port: number;
  /** `host:port`, for urls. */
  readonly address: string;
  setMode(mode: ProxyMode): void;
  /** Breaks every open connection off; new ones go on. @returns how many */
  cut(): number;
  /** Both ways; null: as fast as it goes. */
  slow(to: { readonly bytesPerS?: number; readonly latencyMs?: number } | null): void;
  /** Breaks connections off after so many bytes more from the client (or to it), once; null: no more. */
  cutAfter(bytes: number | null, direction?: 'toServer' | 'toClient'): void;
  /**
   * The next request of which `matches` is true of its first bytes (method, path and headers) is kept from the server, until it is released, though its client has
   * gone away meanwhile: what a slow network does to a PUT. @returns the held connection, once its client has sent it all and gone, or `whenSent` finds it complete
   */
  holdNext(matches: (head: string) => boolean): Promise<HeldConnection>;
  readonly openConnections: number;
  stop(): Promise<void>;
}

interface Hold {
  readonly matches: (head: string) => boolean;
  readonly resolve: (held: HeldConnection) => void;
}

/** Bytes of an HTTP request's head and body; null while the head is not complete. */
const requestBytes = (sent: Buffer): number | null => {
  const headEnd = sent.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const length = /^content-length:\s*(\d+)/im.exec(sent.subarray(0, headEnd).toString('latin1'))?.[1];
  return headEnd + 4 + Number(length ?? 0);
};

/** A TCP proxy on loopback in front of a server, for making networks bad. It is this process's: nothing is left when that ends. */
export const startTcpProxy = async (target: { readonly host: string; readonly port: number }, options: { readonly port?: number } = {}): Promise<TcpProxy> => {
  let mode: ProxyMode = 'pass';
  let speed: { bytesPerS?: number; latencyMs?: number } = {};
  let cutting: { left: number; direction: 'toServer' | 'toClient' } | null = null;
  const holds: Hold[] = [];
  const pairs = new Map<Socket, Socket>();
  const keptAlive = new Set<Socket>();

  const cutPair = (client: Socket): void => {
    const server = pairs.get(client);
    pairs.delete(client);
    client.resetAndDestroy();
    server?.resetAndDestroy();
  };

  const cut = (): number => {
    const open = [...pairs.keys()];
    open.forEach(cutPair);
    return open.length;
  };

  /** @returns as much of a chunk as may still pass before the cut that was asked for, and whether it is due then */
  const beforeCut = (chunk: Buffer, direction: 'toServer' | 'toClient'): { passes: Buffer; due: boolean } => {
    if (cutting?.direction !== direction) return { passes: chunk, due: false };
    const passes = chunk.subarray(0, cutting.left);
    cutting.left -= passes.length;
    if (cutting.left > 0) return { passes, due: false };
    cutting = null;
    return { passes, due: true };
  };

  /** Collects a request instead of passing it on. */
  const hold = (client: Socket, first: Buffer, { resolve }: Hold): void => {
    let sent = first;
    let isTold = false;
    const held: HeldConnection = {
      get bytes() {
        return sent.length;
      },
      release: async () => {
        const server = connect(target.port, target.host);
        keptAlive.add(server);
        await once(server, 'connect');
        const answered = Promise.race([once(server, 'data'), once(server, 'close')]);
        server.write(sent);
        const answer = (await answered) as unknown[];
        if (!client.destroyed && Buffer.isBuffer(answer[0])) client.end(answer[0]);
        server.destroy();
        keptAlive.delete(server);
      },
      drop: () => void client.destroy(),
    };
    const tellWhenComplete = (): void => {
      // Clients that wait to be asked for the body (Expect: 100-continue) would wait for ever.
      if (/^expect:\s*100-continue/im.test(sent.toString('latin1')) && !client.destroyed && sent.indexOf('\r\n\r\n') + 4 === sent.length) client.write('HTTP/1.1 100 Continue\r\n\r\n');
      const expected = requestBytes(sent);
      if (isTold || expected === null || sent.length < expected) return;
      isTold = true;
      resolve(held);
    };
    client.removeAllListeners('data');
    client.on('data', (chunk: Buffer) => {
      sent = Buffer.concat([sent, chunk]);
      tellWhenComplete();
    });
    tellWhenComplete();
  };

  const forward = (from: Socket, to: Socket, client: Socket, direction: 'toServer' | 'toClient'): void => {
    const throttle = new Throttle(() => speed);
    let isEnded = false;
    from.on('data', (chunk: Buffer) => {
      if (direction === 'toServer' && holds.length > 0) {
        const index = holds.findIndex(({ matches }) => matches(chunk.toString('latin1')));
        const wanted = holds.splice(index, index < 0 ? 0 : 1)[0];
        if (wanted !== undefined) {
          // The server's side has nothing to do with this request; it may idle until the client goes.
          hold(from, chunk, wanted);
          return;
        }
      }
      if (mode === 'hang') return;
      const { passes, due } = beforeCut(chunk, direction);
      from.pause();
      throttle.passOn(passes, (bytes) => {
        if (!to.destroyed) to.write(bytes);
        if (due) setImmediate(() => cutPair(client));
        else from.resume();
      });
    });
    from.on('end', () => {
      isEnded = true;
      throttle.passOn(Buffer.alloc(0), () => to.end());
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      if (!isEnded) to.destroy();
      pairs.delete(client);
    });
  };

  const listener = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => undefined);
    if (mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const server = connect({ port: target.port, host: target.host, allowHalfOpen: true });
    pairs.set(client, server);
    server.on('error', () => client.destroy());
    forward(client, server, client, 'toServer');
    forward(server, client, client, 'toClient');
  });
  listener.listen(options.port ?? 0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;

  return {
    host: '127.0.0.1',
    port,
    address: `127.0.0.1:${port}`,
    setMode: (wanted) => {
      mode = wanted;
      if (wanted === 'refuse') cut();
    },
    cut,
    slow: (to) => {
      speed = to ?? {};
    },
    cutAfter: (bytes, direction = 'toServer') => {
      cutting = bytes === null ? null : { left: bytes, direction };
    },
    holdNext: (matches) => new Promise((resolve) => holds.push({ matches, resolve })),
    get openConnections() {
      return pairs.size;
    },
    stop: async () => {
      const closed = once(listener, 'close');
      listener.close();
      cut();
      keptAlive.forEach((socket) => socket.destroy());
      await closed;
    },
  };
};
