import type { AddCommand } from '../addCommand.ts';
import { registerAnnounce } from './announce.ts';
import { registerApprove } from './approve.ts';
import { registerAudit } from './audit.ts';
import { registerCheck } from './check.ts';
import { registerConfig } from './config.ts';
import { registerDeadLetters } from './deadLetters.ts';
import { registerDemo } from './demo.ts';
import { registerDemoRun } from './demoRun.ts';
import { registerDoctor } from './doctor.ts';
import { registerEvents } from './events.ts';
import { registerExport } from './export.ts';
import { registerImport } from './import.ts';
import { registerImportMasks, registerUndoImport } from './importMasks.ts';
import { registerImports } from './imports.ts';
import { registerInit } from './init.ts';
import { registerModels } from './models.ts';
import { registerPrompt } from './prompt.ts';
import { registerQueue } from './queue.ts';
import { registerRecover } from './recover.ts';
import { registerReject } from './reject.ts';
import { registerSegment } from './segment.ts';
import { registerSets } from './sets.ts';
import { registerUndo } from './undo.ts';
import { registerWorker } from './worker.ts';

/** Every command, in the order of the help. */
export const commands: readonly ((add: AddCommand) => void)[] = [
  registerInit,
  registerImport,
  registerImportMasks,
  registerImports,
  registerUndoImport,
  registerSegment,
  registerPrompt,
  registerQueue,
  registerCheck,
  registerApprove,
  registerReject,
  registerUndo,
  registerSets,
  registerExport,
  registerEvents,
  registerAudit,
  registerModels,
  registerWorker,
  registerAnnounce,
  registerDeadLetters,
  registerDoctor,
  registerConfig,
  registerRecover,
  registerDemo,
  registerDemoRun,
];
