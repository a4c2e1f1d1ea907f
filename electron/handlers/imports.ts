import type { ImportProgress } from '../../shared/contracts/rpc/imports.ts';
import type { HandlerContext } from './context.ts';
import { rpc } from './context.ts';

/** Ends the import when the client goes away: what is imported by then stays, and running it again goes on. */
async function* runImport(
  context: HandlerContext,
  input: { folderToken: string; kind: 'products' | 'keyframes'; jobId?: Parameters<HandlerContext['services']['imports']['run']>[0]['jobId'] },
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportProgress, void, void> {
  const { folder, only } = context.folders.chosenBy(input.folderToken);
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    yield* context.services.imports.run({
      folder,
      only: only ?? undefined,
      kind: input.kind,
      jobId: input.jobId,
      signal: stop.signal,
    });
  } finally {
    signal?.removeEventListener('abort', abort);
    stop.abort();
  }
}

export const importsHandlers = {
  chooseFolder: rpc.imports.chooseFolder.handler(async ({ context }) => {
    const folder = await context.dialogs.chooseFolder();
    return folder === null ? null : context.folders.remember(folder);
  }),
  run: rpc.imports.run.handler(({ context, input, signal }) => runImport(context, input, signal)),
};
