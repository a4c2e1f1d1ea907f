import { readFile } from 'node:fs/promises';
import type { Agent, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Agent as SecureAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, ExpectedError, isCancelled } from '../../shared/errors/errors.ts';
import { fileError } from '../base/fileError.ts';

/** Only for who downloads: importing node:http has Node load its own fetch too, 27 ms of every start. */
const loadHttp = async () => {
  const [{ default: http }, { default: https }] = await Promise.all([import('node:http'), import('node:https')]);
  return { http, https };
};

/** How this machine reaches the network. */
export interface NetworkSettings {
  /** A PEM file with further authorities (`npm config get cafile`), beside the ones that Node trusts (NODE_EXTRA_CA_CERTS among them). */
  readonly caFile?: string | null | undefined;
  /** Without a byte for this long, a connection counts as broken. Default 30 s. */
  readonly stallTimeoutMs?: number | undefined;
  /** Pause before the first repetition, doubled each time. Default 500 ms. */
  readonly retryDelayMs?: number | undefined;
}

const maxRedirects = 5;
/** Failures in a row without a byte gained. */
const maxFruitlessTries = 4;

const noRoute = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);

/** An answer that says try again later. */
class BusyError extends Error {}

export const agentsFor = async ({ caFile }: NetworkSettings): Promise<{ http: Agent; https: SecureAgent }> => {
  const { http, https } = await loadHttp();
  const proxy = { proxyEnv: process.env };
  if (caFile === undefined || caFile === null || caFile === '') return { http: new http.Agent(proxy), https: new https.Agent(proxy) };
  const own = await readFile(caFile, 'utf8').catch((error: unknown) => {
    throw fileError(error, caFile);
  });
  const tls = await import('node:tls');
  return { http: new http.Agent(proxy), https: new https.Agent({ ...proxy, ca: [...tls.getCACertificates('default'), own] }) };
};

type Agents = Awaited<ReturnType<typeof agentsFor>>;

const codesOf = (error: unknown): string[] => {
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf);
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === undefined ? [] : [code];
};
export const isNoRoute = (error: unknown): boolean => codesOf(error).some((code) => noRoute.has(code));
const isCertificateFault = (error: unknown): boolean =>
  codesOf(error).some((code) => /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS/.test(code));

const requestOnce = async (url: URL, headers: OutgoingHttpHeaders, agents: Agents, settings: NetworkSettings, signal: AbortSignal | undefined) => {
  const { http, https } = await loadHttp();
  return new Promise<IncomingMessage>((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const request = (secure ? https : http).get(
      url,
      { agent: secure ? agents.https : agents.http, headers: { 'accept-encoding': 'identity', 'user-agent': 'maskdesk', ...headers }, ...(signal === undefined ? {} : { signal }) },
      resolve,
    );
    request.setTimeout(settings.stallTimeoutMs ?? 30_000, () => request.destroy(new Error('the server stopped answering')));
    request.on('error', reject);
  });
};

/** GET with redirects. The answer has status 200, 206 or 416; its body must be read or destroyed. @throws BusyError, ExpectedError */
const get = async (start: URL, headers: OutgoingHttpHeaders, agents: Agents, settings: NetworkSettings, signal: AbortSignal | undefined) => {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const answer = await requestOnce(url, headers, agents, settings, signal);
    const status = answer.statusCode ?? 0;
    if (status === 200 || status === 206 || status === 416) return answer;
    answer.resume();
    const location = answer.headers.location;
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
      const next = new URL(location, url);
      if (url.protocol === 'https:' && next.protocol !== 'https:') throw new ExpectedError('download_failed', `${url.host} redirects to an unprotected address; refused.`);
      url = next;
    } else if (status === 429 || status >= 500) throw new BusyError(`${url.host} answered ${status}`);
    else throw new ExpectedError('download_failed', `${url.host} answered ${status} for ${url.pathname}.`, { details: { status } });
  }
  throw new ExpectedError('download_failed', `${start.host} redirects in circles.`);
};

/** One try of a transfer: sends the request by `fetch` and takes the whole body; throws when the transfer broke. */
export type FetchTry = (fetch: (headers: OutgoingHttpHeaders) => Promise<IncomingMessage>) => Promise<void>;

/**
 * Repeats a transfer while the network is the trouble. `attempt` throws on a broken transfer; `progress` tells how far it has come, and
 * a try that came further does not count as fruitless.
 * @throws CancelledError; ExpectedError offline, download_failed, and what `attempt` throws as such
 */
export const withRetries = async (
  url: URL,
  options: { readonly settings: NetworkSettings; readonly signal?: AbortSignal | undefined; readonly progress?: () => number },
  attempt: FetchTry,
): Promise<void> => {
  const { settings, signal, progress = () => 0 } = options;
  const agents = await agentsFor(settings);
  let fruitless = 0;
  let reached = false;
  try {
    for (;;) {
      const before = progress();
      try {
        return await attempt(async (headers) => {
          const answer = await get(url, headers, agents, settings, signal);
          reached = true;
          return answer;
        });
      } catch (error) {
        if (signal?.aborted === true || isCancelled(error)) throw new CancelledError('Cancelled', { cause: error });
        if (error instanceof ExpectedError) throw error;
        if (isCertificateFault(error)) {
          throw new ExpectedError('download_failed', `The certificate of ${url.host} is not trusted here. Point NODE_EXTRA_CA_CERTS at your network's authority.`, { cause: error });
        }
        if (error instanceof BusyError) reached = true;
        fruitless = progress() > before ? 0 : fruitless + 1;
        if (fruitless >= maxFruitlessTries) throw givenUp(url, error, reached);
        await sleep((settings.retryDelayMs ?? 500) * 2 ** Math.max(0, fruitless - 1), undefined, signal === undefined ? {} : { signal });
      }
    }
  } catch (error) {
    throw isCancelled(error) && !(error instanceof CancelledError) ? new CancelledError('Cancelled', { cause: error }) : error;
  } finally {
    agents.http.destroy();
    agents.https.destroy();
  }
};

const givenUp = (url: URL, error: unknown, reached: boolean): ExpectedError =>
  !reached && isNoRoute(error)
    ? new ExpectedError('offline', `${url.host} can't be reached. Check the network connection.`, { cause: error })
    : new ExpectedError('download_failed', `The download from ${url.host} kept failing (${error instanceof Error ? error.message : String(error)}). What has arrived is kept; try again later.`, { cause: error });
