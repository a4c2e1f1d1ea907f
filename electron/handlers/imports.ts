import { rpc } from './context.ts';
import { untilGone } from './untilGone.ts';

export const importsHandlers = {
  chooseFolder: rpc.imports.chooseFolder.handler(async ({ context }) => {
    const folder = await context.dialogs.choosePath('pictures');
    return folder === null ? null : context.folders.remember(folder);
  }),
  fillDemo: rpc.imports.fillDemo.handler(({ context, signal }) => untilGone((stop) => context.services.fillDemo(stop), signal)),
  /** Ends when the client goes away: what is imported by then stays, and running it again goes on. */
  run: rpc.imports.run.handler(({ context, input: { folderToken, kind, jobId }, signal }) => {
    const { folder, only } = context.folders.chosenBy(folderToken);
    return untilGone((stop) => context.services.imports.run({ folder, only: only ?? undefined, kind, jobId, signal: stop }), signal);
  }),
};
