import { join } from 'node:path';
import type { ExportProgress, ExportTargetRequest } from '../../shared/contracts/rpc/exports.ts';
import type { TargetPlace } from '../../shared/domain/targetPlace.ts';
import { rpc } from './context.ts';
import { defined } from './defined.ts';
import type { FinishedExports } from './finishedExports.ts';
import type { FolderTokens } from './folderTokens.ts';
import { untilGone } from './untilGone.ts';

const placeOf = (target: ExportTargetRequest, folders: FolderTokens): TargetPlace => {
  if (target.kind === 's3') return target;
  const { folder } = folders.chosenBy(target.folderToken);
  // A zip has its ending once, also where somebody has typed it.
  return target.kind === 'folder' ? { kind: 'folder', path: join(folder, target.name) } : { kind: 'zip', path: join(folder, `${target.name.replace(/\.zip$/i, '')}.zip`) };
};

async function* remembered(steps: AsyncIterable<ExportProgress>, finished: FinishedExports): AsyncGenerator<ExportProgress, void, void> {
  for await (const step of steps) {
    if (step.kind === 'finished') finished.remember(step.location);
    yield step;
  }
}

export const exportsHandlers = {
  formats: rpc.exports.formats.handler(({ context }) => context.services.exports.formats()),
  chooseFolder: rpc.exports.chooseFolder.handler(async ({ context }) => {
    const location = await context.dialogs.choosePath('exports');
    return location === null ? null : { folderToken: context.folders.remember(location).folderToken, location };
  }),
  run: rpc.exports.run.handler(({ context: { services, folders, finished }, input: { target, ...request }, signal }) => {
    const place = placeOf(target, folders);
    return untilGone((stop) => remembered(services.exports.run({ ...request, target: place }, stop), finished), signal);
  }),
  look: rpc.exports.look.handler(({ context: { services, folders }, input }) => services.exports.look(placeOf(input.target, folders))),
  divide: rpc.exports.divide.handler(({ context, input: { of, split }, signal }) => context.services.exports.divide(typeof of === 'string' ? of : defined(of), split, signal)),
  unfinished: rpc.exports.unfinished.handler(({ context }) => context.services.exports.unfinished()),
  resume: rpc.exports.resume.handler(({ context: { services, finished }, input: { exportId }, signal }) => untilGone((stop) => remembered(services.exports.resume(exportId, stop), finished), signal)),
  discard: rpc.exports.discard.handler(({ context, input: { exportId } }) => context.services.exports.discard(exportId)),
  show: rpc.exports.show.handler(async ({ context }) => context.dialogs.showInFolder(await context.finished.last())),
};
