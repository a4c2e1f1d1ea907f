import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Disposable } from '../base/disposables.ts';

export interface HealthAnswers {
  /** Whether the process does its work or waits for a server; false asks the supervisor to restart it. */
  readonly isLive: () => boolean;
  readonly readiness: () => { readonly isReady: boolean; readonly body: Readonly<Record<string, unknown>> };
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly onError: (error: unknown) => void;
}

export interface HealthServer extends Disposable {
  readonly port: number;
  dispose(): Promise<void>;
}

const answer = (response: ServerResponse, status: number, contentType: string, text: string): void => {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(text);
};
const json = (response: ServerResponse, status: number, body: object): void => answer(response, status, 'application/json', `${JSON.stringify(body)}\n`);

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

/**
 * `/healthz`, `/readyz`, `/metrics` (Prometheus text format), for supervisors and scrapers. Nothing here is secret, and nothing can be changed.
 * @param at port 0: any that is free
 * @throws ExpectedError invalid_input where the address can't be listened on
 */
export const startHealthServer = async (at: { readonly host: string; readonly port: number }, answers: HealthAnswers): Promise<HealthServer> => {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0];
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading) return json(response, 405, { error: 'GET alone' });
    if (path === '/healthz') {
      const isLive = answers.isLive();
      return json(response, isLive ? 200 : 503, { live: isLive });
    }
    if (path === '/readyz') {
      const { isReady, body } = answers.readiness();
      return json(response, isReady ? 200 : 503, { ready: isReady, ...body });
    }
    if (path !== '/metrics') return json(response, 404, { error: 'Here are /healthz, /readyz and /metrics.' });
    answers.metrics().then(
      ({ contentType, text }) => answer(response, 200, contentType, text),
      (error: unknown) => {
        answers.onError(error);
        json(response, 500, { error: 'The metrics could not be collected; the log says why.' });
      },
    );
  });
  try {
    await listen(server, at.host, at.port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'something else listens there; another worker? Set healthPort to another one, or to 0 for any that is free' : (error as Error).message;
    throw new ExpectedError('invalid_input', `Health and metrics can't be served at ${at.host}:${at.port}: ${why}.`, { cause: error });
  }
  server.on('error', answers.onError);
  return {
    port: (server.address() as AddressInfo).port,
    dispose: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
