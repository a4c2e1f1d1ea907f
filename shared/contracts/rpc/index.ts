import { appContract } from './app.ts';
import { auditContract } from './audit.ts';
import { commentsContract } from './comments.ts';
import { exportsContract } from './exports.ts';
import { importsContract } from './imports.ts';
import { leasesContract } from './leases.ts';
import { maskImportsContract } from './maskImports.ts';
import { modelsContract } from './models.ts';
import { pipelineContract } from './pipeline.ts';
import { offlineContract } from './offline.ts';
import { promptsContract } from './prompts.ts';
import { queueContract } from './queue.ts';
import { reviewContract } from './review.ts';
import { setsContract } from './sets.ts';
import { statsContract } from './stats.ts';
import { segmentationContract } from './segmentation.ts';

/** The one contract between renderer and core. Pixels go through the protocol (../http/routes.ts), not through here. */
export const contract = {
  app: appContract,
  queue: queueContract,
  review: reviewContract,
  leases: leasesContract,
  offline: offlineContract,
  comments: commentsContract,
  segmentation: segmentationContract,
  stats: statsContract,
  audit: auditContract,
  models: modelsContract,
  pipeline: pipelineContract,
  prompts: promptsContract,
  imports: importsContract,
  maskImports: maskImportsContract,
  sets: setsContract,
  exports: exportsContract,
};
export type Contract = typeof contract;
