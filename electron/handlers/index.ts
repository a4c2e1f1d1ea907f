import { RPCHandler } from '@orpc/server/message-port';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { floatArraySerializer } from '../../shared/contracts/rpc/floatArrays.ts';
import type { HostDialogs, Services } from '../services/services.ts';
import { appHandlers } from './app.ts';
import { auditHandlers } from './audit.ts';
import { commentsHandlers } from './comments.ts';
import { rpc } from './context.ts';
import { exportsHandlers } from './exports.ts';
import { carryErrors } from './errors.ts';
import { FinishedExports } from './finishedExports.ts';
import { FolderTokens } from './folderTokens.ts';
import { importsHandlers } from './imports.ts';
import { leasesHandlers } from './leases.ts';
import { maskImportsHandlers } from './maskImports.ts';
import { modelsHandlers } from './models.ts';
import { pipelineHandlers } from './pipeline.ts';
import { offlineHandlers } from './offline.ts';
import { promptsHandlers } from './prompts.ts';
import { queueHandlers } from './queue.ts';
import { reviewHandlers } from './review.ts';
import { setsHandlers } from './sets.ts';
import { statsHandlers } from './stats.ts';
import { segmentationHandlers } from './segmentation.ts';

export const router = rpc.router({
  app: appHandlers,
  queue: queueHandlers,
  review: reviewHandlers,
  leases: leasesHandlers,
  offline: offlineHandlers,
  comments: commentsHandlers,
  segmentation: segmentationHandlers,
  stats: statsHandlers,
  audit: auditHandlers,
  models: modelsHandlers,
  pipeline: pipelineHandlers,
  prompts: promptsHandlers,
  imports: importsHandlers,
  maskImports: maskImportsHandlers,
  sets: setsHandlers,
  exports: exportsHandlers,
});

/**
 * Serves the contract on message ports (Node's or Electron's).
 * @param folders what may be imported; a host that has other ways than the dialog brings its own
 * @returns a function that takes one client's port; it is the caller's to start the port
 */
export const createPortServer = (services: Services, dialogs: HostDialogs, folders = new FolderTokens()): ((port: SupportedMessagePort) => void) => {
  const handler = new RPCHandler(router, { customJsonSerializers: [floatArraySerializer], clientInterceptors: [(call) => carryErrors(() => call.next())] });
  const finished = new FinishedExports();
  return (port) => handler.upgrade(port, { context: { services, dialogs, folders, finished } });
};
