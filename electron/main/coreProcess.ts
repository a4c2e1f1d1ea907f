import type { MessageEvent, MessagePortMain, ParentPort } from 'electron';
import { createApp, type App } from '../app/createApp.ts';
import { checkConnections } from '../app/checkConnections.ts';
import { loadConfig, readConfig, type ConfigOverrides } from '../app/config.ts';
import { leaveSignalsToParent } from '../base/leaveSignalsToParent.ts';
import { createLogger } from '../base/logger.ts';
import { quietSharpWarning } from '../base/quietSharpWarning.ts';
import { FolderTokens } from '../handlers/folderTokens.ts';
import { createPortServer } from '../handlers/index.ts';
import { answerPixelRequest } from '../handlers/pixelRequests.ts';
import { ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import { awayPartOf, countShelf, shelfFolderOf } from '../app/offlineFiles.ts';
import { encodeError } from '../../shared/errors/codec.ts';
import { CoreInference } from './core/coreInference.ts';
import { MainRequests } from './core/mainRequests.ts';
import { toCoreSchema, type CoreConfig, type FromCore } from './core/protocol.ts';

/** Entry of the core: a utility process that holds the store, the services and everything that decodes pictures. */
leaveSignalsToParent();
quietSharpWarning();
const parent = (process as NodeJS.Process & { readonly parentPort: ParentPort }).parentPort;
const logger = createLogger('core');
const tellMain = (message: FromCore): void => parent.postMessage(message);
const inference = new CoreInference(tellMain);
const chosenPaths = new MainRequests<string | null>();
const folderTokens = new FolderTokens();
/** Requests for pixels that are being answered, and whether somebody still waits. */
const pixelRequests = new Map<number, { isWanted: boolean }>();

interface Running {
  readonly app: App;
  readonly serve: (port: MessagePortMain) => void;
}
let running: Running | null = null;

/** The window does not wait for it. */
const goOnSegmenting = (app: App): void => {
  app.services.segmentation.goOn().catch((error: unknown) => {
    logger.error({ err: error }, 'segmenting could not go on');
    app.services.events.notice('error', 'Background segmentation could not go on.', 'segmentation_stopped');
  });
};

type ConfigTables = NonNullable<ConfigOverrides['tables']>;

const overridesOf = (config: CoreConfig): ConfigOverrides => {
  switch (config.kind) {
    case 'folder':
      return { storeDir: config.storeDir, create: config.create };
    case 'file':
      return config.configFile === null ? {} : { configFile: config.configFile };
    case 'team':
      return { tables: config.tables };
  }
};

const checkConnection = async (tables: ConfigTables): Promise<void> => {
  const { config, sections } = await readConfig({ tables });
  const faults = sections.faults.map(({ section, key, message }) => ({ part: `${section}.${key}`, isOk: false, message, fix: null }));
  tellMain({ kind: 'connectionChecked', findings: faults.length > 0 ? faults : [...(await checkConnections(config))] });
};

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A store that is away at the start: what waits for it on this machine is safe, and the window says so. */
const withWaiting = async (error: unknown, storeDir: string | null): Promise<unknown> => {
  if (storeDir === null || !isExpected(error) || awayPartOf(error) === null) return error;
  const { verdicts, drafts } = await countShelf(shelfFolderOf(storeDir));
  if (verdicts + drafts === 0) return error;
  const parts = [verdicts > 0 && counted(verdicts, 'verdict'), drafts > 0 && counted(drafts, 'draft')].filter((part) => part !== false);
  return new ExpectedError(error.code, `${error.message} ${parts.join(' and ')} of this desk ${verdicts + drafts === 1 ? 'is' : 'are'} kept on this machine and offered again when it is back.`, { cause: error });
};

const start = async (coreConfig: CoreConfig): Promise<void> => {
  let storeDir: string | null = null;
  try {
    const config = await loadConfig(overridesOf(coreConfig));
    storeDir = config.storeDir;
    const app = await createApp(config, { inferenceLauncher: inference, heedsLeases: true, worksOffline: true });
    const serve = createPortServer(app.services, {
      choosePath: (purpose) => chosenPaths.ask((requestId) => tellMain({ kind: 'choosePath', requestId, purpose })),
      showInFolder: (path) => tellMain({ kind: 'showInFolder', path }),
    }, folderTokens);
    running = { app, serve };
    tellMain({ kind: 'ready' });
    goOnSegmenting(app);
  } catch (error) {
    logger.error({ err: error }, 'the store could not be opened');
    tellMain({ kind: 'failed', error: encodeError(await withWaiting(error, storeDir)) });
    tellMain({ kind: 'closed' });
  }
};

const answerPixels = async (requestId: number, method: string, path: string, body: Uint8Array | null): Promise<void> => {
  if (running === null) return;
  const request = { isWanted: true };
  pixelRequests.set(requestId, request);
  try {
    const answer = await answerPixelRequest(running.app.services, { method, path, body });
    if (request.isWanted) tellMain({ kind: 'pixelAnswer', requestId, answer });
  } finally {
    pixelRequests.delete(requestId);
  }
};

const close = async (): Promise<void> => {
  try {
    await running?.app.close();
  } catch (error) {
    logger.error({ err: error }, 'closing the store failed');
  }
  tellMain({ kind: 'closed' });
};

const receive = ({ data, ports: [port] }: MessageEvent): void => {
  const message = toCoreSchema.parse(data);
  switch (message.kind) {
    case 'start':
      return void start(message.config);
    case 'checkConnection':
      return void checkConnection(message.tables);
    case 'rpcPort':
      if (port === undefined || running === null) return port?.close();
      running.serve(port);
      return port.start();
    case 'pixel':
      return void answerPixels(message.requestId, message.method, message.path, message.body);
    case 'pixelCancel': {
      // One that crossed its answer is nothing any more.
      const request = pixelRequests.get(message.requestId);
      if (request !== undefined) request.isWanted = false;
      return;
    }
    case 'pathChosen':
      return chosenPaths.answer(message.requestId, message.path);
    case 'rememberFolder': {
      const { requestId, folder, only } = message;
      return tellMain({ kind: 'folderRemembered', requestId, folderToken: folderTokens.remember(folder, only).folderToken });
    }
    case 'windowFocused':
      return void running?.app.newcomers.look();
    case 'inferenceStarted':
      if (port !== undefined) inference.started(message.launchId, port);
      return;
    case 'inferenceExited':
      return inference.exited(message.launchId, message.reason);
    case 'close':
      return void close();
  }
};

parent.on('message', receive);
