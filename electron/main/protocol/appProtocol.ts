import { net, protocol } from 'electron';
import { appOrigin, protocolScheme } from '../../../shared/contracts/http/routes.ts';
import type { PixelAnswer, PixelRequest } from '../../handlers/pixelRequests.ts';
import { securityHeaders } from '../security/contentSecurity.ts';
import { largestBodyBytes, readLimited } from './limitedBody.ts';
import { readRendererFile } from './rendererFiles.ts';

/** Must run before the app is ready. */
export const registerScheme = (): void =>
  protocol.registerSchemesAsPrivileged([
    { scheme: protocolScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ]);

export interface ProtocolParts {
  readonly rendererFolder: string;
  readonly devServer: string | null;
  /** Asks the core; resolves always, with a status for what went wrong. */
  readonly answerPixels: (request: PixelRequest, signal: AbortSignal) => Promise<PixelAnswer>;
}

/** Answers `maskdesk://app/...`: pixels come from the core, everything else is a file of the renderer. */
export const serveAppProtocol = ({ rendererFolder, devServer, answerPixels }: ProtocolParts): void => {
  const headers = securityHeaders(devServer);
  const refuse = (status: number): Response => new Response(null, { status, headers });

  const pixels = async (request: Request, url: URL): Promise<Response> => {
    const body = await readLimited(request.body, largestBodyBytes);
    if (body === null) return refuse(413);
    const answer = await answerPixels({ method: request.method, path: url.pathname + url.search, body }, request.signal);
    const answerHeaders = { ...headers, ...answer.headers, 'Content-Type': answer.mediaType, 'Cache-Control': answer.cacheControl };
    // Statuses without a body may not be given one, not even an empty one.
    // Not copied: what came from the core is in a buffer of its own.
    const content = answer.status === 204 ? null : (answer.body as Uint8Array<ArrayBuffer>);
    return new Response(content, { status: answer.status, headers: answerHeaders });
  };

  const rendererFile = async (request: Request, url: URL): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    if (devServer !== null) {
      const fresh = await net.fetch(new URL(url.pathname + url.search, devServer).href, { bypassCustomProtocolHandlers: true });
      const mediaType = fresh.headers.get('content-type') ?? 'application/octet-stream';
      return new Response(fresh.body, { status: fresh.status, headers: { ...headers, 'Content-Type': mediaType, 'Cache-Control': 'no-store' } });
    }
    const file = await readRendererFile(rendererFolder, url.pathname);
    if (file === null) return refuse(404);
    return new Response(file.bytes, { headers: { ...headers, 'Content-Type': file.mediaType, 'Cache-Control': 'no-cache' } });
  };

  protocol.handle(protocolScheme, async (request) => {
    const url = new URL(request.url);
    if (`${url.protocol}//${url.host}` !== appOrigin) return refuse(404);
    return url.pathname.startsWith('/px/') ? pixels(request, url) : rendererFile(request, url);
  });
};
