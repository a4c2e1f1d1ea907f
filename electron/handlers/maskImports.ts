import { countUndone } from './countUndone.ts';
import { rpc } from './context.ts';
import { untilGone } from './untilGone.ts';

export const maskImportsHandlers = {
  formats: rpc.maskImports.formats.handler(({ context }) => context.services.maskImports.formats()),
  choose: rpc.maskImports.choose.handler(async ({ context, input }) => {
    const path = await context.dialogs.choosePath(input.kind === 'folder' ? 'maskFolder' : 'maskFile');
    return path === null ? null : context.folders.remember(path);
  }),
  /** Ends when the client goes away. */
  inspect: rpc.maskImports.inspect.handler(({ context, input: { folderToken, format, decisions }, signal }) => {
    const { folder } = context.folders.chosenBy(folderToken);
    return untilGone((stop) => context.services.maskImports.inspect({ source: folder, format, decisions }, stop), signal);
  }),
  preview: rpc.maskImports.preview.handler(({ context, input: { inspectionId, decisions }, signal }) => context.services.maskImports.preview(inspectionId, decisions, signal)),
  apply: rpc.maskImports.apply.handler(({ context, input: { inspectionId, decisions }, signal }) => untilGone((stop) => context.services.maskImports.apply(inspectionId, decisions, stop), signal)),
  pictures: rpc.maskImports.pictures.handler(({ context, input: { inspectionId }, signal }) => untilGone((stop) => context.services.maskImports.pictures(inspectionId, stop), signal)),
  forget: rpc.maskImports.forget.handler(({ context, input: { inspectionId } }) => context.services.maskImports.forget(inspectionId)),
  undo: rpc.maskImports.undo.handler(async ({ context, input: { importId } }) => countUndone(await context.services.maskImports.undo(importId))),
  list: rpc.maskImports.list.handler(({ context, input: { limit, before } }) => context.services.maskImports.list(limit, before ?? null)),
  leave: rpc.maskImports.leave.handler(({ context, input: { asset, revisionId } }) => context.services.maskImports.leave(asset, revisionId)),
  waitAgain: rpc.maskImports.waitAgain.handler(({ context, input: { asset, revisionId } }) => context.services.maskImports.waitAgain(asset, revisionId)),
};
