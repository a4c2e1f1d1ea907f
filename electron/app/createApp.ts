import { availableParallelism, hostname } from 'node:os';
import { join } from 'node:path';
import { sweepTemporaries } from '../base/atomicFile.ts';
import { Disposables } from '../base/disposables.ts';
import { createLogger, type Logger } from '../base/logger.ts';
import { MachinePreferences } from '../base/machinePreferences.ts';
import { systemClock } from '../base/systemClock.ts';
import { exportFormats, importFormats } from '../formats/index.ts';
import { createImageCodec } from '../imaging/index.ts';
import { createDecoderHost } from '../inference/decoderHost.ts';
import type { InferenceHost } from '../inference/inferenceHost.ts';
import type { InferenceLauncher } from '../inference/launcher.ts';
import { createSessionHost } from '../inference/sessionHost.ts';
import { AppEvents } from '../services/appEvents.ts';
import { auditedImports } from '../services/audit/auditedImports.ts';
import { createCommentService } from '../services/commentService.ts';
import { createComparisonService } from '../services/compareService.ts';
import { BackgroundChecks } from '../services/checks/checkService.ts';
import { createItemLeaseService } from '../services/itemLeaseService.ts';
import { createExportService } from '../services/export/exportService.ts';
import { createImportService } from '../services/importService.ts';
import { createMaskImportService } from '../services/maskImport/maskImportService.ts';
import { clearAbandoned } from '../services/maskImport/placePhotos.ts';
import type { IntakeObserver } from '../services/intake/intakeObserver.ts';
import type { IntakeSettings } from '../services/intake/intakeOptions.ts';
import { createIntakeService, shownSentBatches, type IntakeService } from '../services/intake/intakeService.ts';
import { leaseOwnerOf } from '../services/leaseOwner.ts';
import { alwaysOnline, openOffline } from '../services/offline/offlineService.ts';
import { createNewcomers, type Newcomers } from '../services/newcomers.ts';
import { createOtherWriters } from '../services/otherWriters.ts';
import { createPromptService } from '../services/prompts/promptService.ts';
import { createPixelService } from '../services/pixelService.ts';
import { createPublisher, type DrainReport, type Publisher } from '../services/publish/publisher.ts';
import { recover, type RecoverReport } from '../services/publish/recoverService.ts';
import { createSetService } from '../services/sets/setService.ts';
import { createSettleWatch } from '../services/publish/settleWatch.ts';
import { createStableKeys } from '../services/publish/stablePaths.ts';
import { createQueueService } from '../services/queueService.ts';
import { createMaskFacts } from '../services/review/maskFacts.ts';
import { createBulkService } from '../services/review/bulkService.ts';
import { createPaintedVersion } from '../services/review/paintedVersion.ts';
import { createReviewService } from '../services/review/reviewService.ts';
import { createVerdictGiver } from '../services/review/verdictGiver.ts';
import { createSegmentationService } from '../services/segmentationService.ts';
import type { Services } from '../services/services.ts';
import { createStrokeHistory } from '../services/strokes/strokeHistory.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Broker } from '../../shared/ports/broker.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import { checksEntry } from './checksEntry.ts';
import { demoStoreFolder, type AppConfig } from './config.ts';
import { createModels } from './createModels.ts';
import { exportRecordsFolder } from './exportRecordsFolder.ts';
import { exportsAtATime } from './exportsAtATime.ts';
import { createSegmenters } from './createSegmenters.ts';
import { createPrompting } from './createPrompting.ts';
import { defaultLauncher } from './defaultLauncher.ts';
import { openExchange } from './openExchange.ts';
import { openBlobsPart, openBrokerPart, openStorePart } from './openParts.ts';
import { LiveSettings } from './settingsService.ts';
import { fillDemo } from './fillDemo.ts';
import { appVersion } from './version.ts';

/** What differs between hosts beside the configuration. */
export interface HostParts {
  /** How this host starts the inference process. Default: a forked Node process; in a utility process of Electron main is asked. */
  readonly inferenceLauncher?: InferenceLauncher;
  /** A person sits at it: nobody judges what another desk has. Default: verdicts are given as they are asked for, as by a script. */
  readonly heedsLeases?: boolean;
  /** Work goes on on this machine while a team's store is away (services/offline). Default: what can't be done then fails, as a script expects. */
  readonly worksOffline?: boolean;
  /** Where its log lines go. Default: JSON lines on stderr at the level of MASKDESK_LOG. */
  readonly logger?: Logger;
  /** Which background work this host does beside publishing and delivering, where the configuration has it on. Default: all of it. */
  readonly background?: BackgroundWork;
}

export interface BackgroundWork {
  /** Finds rows that other programs add. */
  readonly newcomers: boolean;
  /** Tells screens of what other processes write. */
  readonly otherWriters: boolean;
  /** Looks at every mask for what is unusual. */
  readonly checks: boolean;
}

const allBackgroundWork: BackgroundWork = { newcomers: true, otherWriters: true, checks: true };

export interface App {
  readonly config: AppConfig;
  /** Whether the store was made just now. */
  readonly created: boolean;
  readonly services: Services;
  readonly blobs: BlobStore;
  readonly codec: ImageCodec;
  readonly broker: Broker;
  readonly publisher: Publisher;
  readonly inference: InferenceHost;
  /** Rows that the pipeline adds while the store is open. A host with background work looks by itself. */
  readonly newcomers: Newcomers;
  /** What a worker does with the pipeline's messages, by the configured recipe. Whoever makes it disposes of it before the app is closed. */
  createIntake(observer: IntakeObserver, intakeSettings: IntakeSettings): IntakeService;
  /** Finishes what a crash left pending. A host with background work does it by itself at start. */
  replay(): Promise<DrainReport>;
  recover(): Promise<RecoverReport>;
  close(): Promise<void>;
}

/** As people call them. */
const storeKindNames = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;

/** Half of what may be held is for photos that come next; the largest embedding known, SAM 2's, has 17 MB. */
const heldAhead = (decoderMemoryBytes: number): number => Math.floor(decoderMemoryBytes / 2 / 17e6);

/**
 * Puts adapters and services together: the one place that knows them all. The store is opened and, with background work on, what is
 * pending starts to be published before it returns; no model is waited for.
 * @throws ExpectedError store_missing, store_newer, store_corrupt, permission_denied, invalid_input
 */
export const createApp = async (config: AppConfig, host: HostParts = {}): Promise<App> => {
  const { settings, storeDir } = config;
  const logger = host.logger ?? createLogger('maskdesk');
  const clock = systemClock;
  const events = new AppEvents();
  const disposables = new Disposables();
  const onUnreadable = (error: unknown): void => logger.warn({ err: error }, 'left alone while clearing up after killed writers');
  const stableKeyOf = createStableKeys({ product_image: settings.productMaskPath, keyframe: settings.keyframeMaskPath });

  const store = await openStorePart(config, clock);
  disposables.defer(() => store.close());
  try {
    const blobs = await openBlobsPart(config, onUnreadable, (trouble) => {
      logger.warn({ err: trouble }, trouble.message);
      events.notice('warning', trouble.message, trouble.code);
    });
    /** What killed writers left, also beside the database. */
    const sweep = async (): Promise<void> => {
      await blobs.sweepTemporaries();
      await clearAbandoned({ store, blobs });
      await sweepTemporaries(join(storeDir, 'backups'), { onUnreadable });
    };
    const broker = await openBrokerPart(config, clock, logger, `maskdesk ${hostname()} ${process.pid}`);
    disposables.defer(() => broker.close());
    const codec = createImageCodec({ maxMegapixels: settings.maxMegapixels, threads: 1 });
    const publisher = createPublisher({ store, blobs, broker: config.broker.kind === 'none' ? null : broker, events, logger });
    disposables.add(publisher);
    // A process that dies says no more of its attempt than when it was begun; its last request may be younger by the deadlines of the reading and the writing.
    const latenessMs = (config.blobs.latenessSeconds + 2 * config.blobs.deadlineSeconds) * 1000;
    const settleWatch = createSettleWatch({ store, blobs, logger, latenessMs });
    disposables.add(settleWatch);

    const isRemote = { store: config.store.kind === 'postgres', files: config.blobs.kind === 's3' };
    const offline =
      host.worksOffline === true && !config.readOnly && (isRemote.store || isRemote.files)
        ? await openOffline({
            store,
            blobs,
            events,
            logger,
            clock,
            storeDir,
            watches: isRemote,
            onBack: () => {
              events.assetsChanged([]);
              publisher.kick();
            },
            reviewer: () => live.reviewer,
          })
        : null;
    if (offline !== null) disposables.add(offline.reach);
    /** For what a person waits for. */
    const desk = offline ?? { store, blobs };

    const newcomers = createNewcomers({ store, events, logger });
    disposables.add(newcomers);
    const otherWriters = createOtherWriters({ store, events, logger });
    disposables.add(otherWriters);

    const preferences = new MachinePreferences(config.dataDir, (fault) => events.notice('warning', fault.message, 'preferences_unreadable'));
    const live = new LiveSettings({ config, preferences, modelIds: async (wanted) => (await models.list()).filter(({ task }) => task === wanted).map(({ modelId }) => modelId) });
    /** Read each time: the reviewer and the default model may change while the app runs. */
    const models = createModels({
      ...config,
      get defaultModelId() {
        return live.modelId;
      },
    });
    const launcher = host.inferenceLauncher ?? defaultLauncher();
    const inference = createSessionHost({
      launcher,
      threads: config.threads,
      executionProviders: settings.executionProviders,
      gpuId: config.gpuId,
      onNotice: (message) => events.notice('warning', message),
    });
    disposables.add(inference);
    const segmenterOf = createSegmenters({ models, inference, codec, recipe: config.recipe, decoding: () => decoding });
    const segmentation = createSegmentationService({
      store,
      blobs,
      codec,
      models,
      segmenterOf,
      clock,
      events,
      defaults: {
        get modelId() {
          return live.modelId;
        },
        get threshold() {
          return live.threshold;
        },
        wantMatte: settings.keepMatte,
      },
      logger,
      orientation: settings.maskOrientation,
    });
    disposables.add(segmentation);

    const checks = new BackgroundChecks({
      store,
      blobs,
      codec,
      events,
      logger,
      orientation: settings.maskOrientation,
      owner: clock.uuid(),
      threadProgram: checksEntry(),
      readOnly: config.readOnly,
    });
    disposables.add(checks);

    const decoderHost = createDecoderHost({
      launcher,
      threads: config.threads,
      executionProviders: settings.executionProviders,
      gpuId: config.gpuId,
      maxHeldBytes: () => live.decoderMemoryBytes,
      onNotice: (message) => events.notice('warning', message),
    });
    disposables.add(decoderHost);
    const { embeddings, decoding } = createPrompting({
      models,
      inference,
      decoderHost,
      codec,
      orientation: settings.maskOrientation,
      cacheDir: config.cacheDir,
      limits: live,
      onTrouble: (trouble) => events.notice('warning', trouble.message, trouble.code),
      logger,
    });
    const prompts = createPromptService({
      store,
      blobs,
      models,
      embeddings,
      decoding,
      defaultModelId: () => live.promptModelId,
      isBusy: async () => inference.status().pending > 0 || (await store.tasks.counts()).running > 0,
      heldAhead: () => heldAhead(live.decoderMemoryBytes),
      logger,
    });
    disposables.add(prompts);

    const maskFacts = createMaskFacts(desk.blobs, codec);
    const paintedVersion = createPaintedVersion({ clock, maskFacts, reviewer: () => live.reviewer });
    const giver = createVerdictGiver({
      ...desk,
      clock,
      paintedVersion,
      stableKeyOf,
      reviewer: () => live.reviewer,
      heldBy: () => (host.heedsLeases === true ? leaseOwnerOf(live.reviewer, config.dataDir) : undefined),
    });
    const itemLeases = createItemLeaseService({ leases: desk.store.itemLeases, events, logger, owner: () => leaseOwnerOf(live.reviewer, config.dataDir) });
    disposables.add(itemLeases);
    const strokes = createStrokeHistory(join(storeDir, 'history'), () => live.reviewer);
    const ownPixels = createPixelService({ ...desk, codec, maskFacts, reviewer: () => live.reviewer, strokes, orientation: settings.maskOrientation });
    const ownReview = createReviewService({ store: desk.store, giver, paintedVersion, events, publisher, reviewer: () => live.reviewer });
    const ownQueue = createQueueService(desk.store);
    const joined = offline?.join({ review: ownReview, pixels: ownPixels, queue: ownQueue, codec, paintedVersion });
    const { review, pixels, queue } = joined ?? { review: ownReview, pixels: ownPixels, queue: ownQueue };
    const comparison = createComparisonService({ store: desk.store, pixels, events, logger, readOnly: config.readOnly });
    disposables.add(comparison);
    const exchange = openExchange(config);
    const maskImports = createMaskImportService({
      store,
      blobs,
      codec,
      clock,
      events,
      formats: importFormats,
      openSource: (place) => exchange.openSource(place),
      orientation: settings.maskOrientation,
      maxPixels: settings.maxMegapixels * 1e6,
      reviewer: () => live.reviewer,
    });
    disposables.add(maskImports);
    const services: Services = {
      store: desk.store,
      models,
      events,
      settings: live,
      preferences,
      get reviewer() {
        return live.reviewer;
      },
      get leaseOwner() {
        return leaseOwnerOf(live.reviewer, config.dataDir);
      },
      segmentation,
      checks,
      queue,
      imports: auditedImports(createImportService({ store, blobs, codec, clock, events }), store.audit, () => live.reviewer),
      maskImports,
      exports: createExportService({
        sets: store.sets,
        blobs,
        codec,
        orientation: settings.maskOrientation,
        exchange,
        formats: exportFormats,
        importFormats,
        maxPixels: settings.maxMegapixels * 1e6,
        concurrency: exportsAtATime(availableParallelism()),
        audit: config.readOnly ? null : store.audit,
        clock,
        reviewer: () => live.reviewer,
        recordsFolder: exportRecordsFolder(config),
        licenceNote: settings.licenceNote ?? null,
        tool: `Maskdesk ${appVersion()}`,
      }),
      sets: createSetService({ store: desk.store, clock, reviewer: () => live.reviewer, readOnly: config.readOnly }),
      pixels,
      prompts,
      comparison,
      comments: createCommentService({ store: desk.store, clock, events, reviewer: () => live.reviewer }),
      review,
      offline: joined?.service ?? alwaysOnline,
      itemLeases,
      bulk: createBulkService({ store: desk.store, giver, events, publisher, clock, reviewer: () => live.reviewer }),
      fillDemo: (signal) => fillDemo({ store, blobs, codec, events, storeDir, cacheDir: config.cacheDir }, signal),
      // By this machine's settings: the file is the team's.
      pipelineBatches: () => store.intake.batches(config.worker.batchTimeoutSeconds * 1000, shownSentBatches),
      publishNow: () => publisher.kick(),
      info: async () => ({
        version: appVersion(),
        storeLocation: config.store.kind === 'sqlite' ? storeDir : store.location,
        storeKind: storeKindNames[config.store.kind],
        reviewer: live.reviewer,
        isDemoFolder: storeDir === demoStoreFolder(),
        isDemo: (await store.settings.get('demo')) != null,
        electronNote: process.env['MASKDESK_ELECTRON_NOTE'] ?? null,
      }),
    };

    if (config.background && !config.readOnly) {
      const sweeping = sweep().catch(onUnreadable);
      disposables.defer(() => sweeping);
      publisher.kick();
      // Part of publishing: whoever places masks sees to it that they stay in their place.
      if (blobs.mayLandLate) settleWatch.start();
      const work = host.background ?? allBackgroundWork;
      offline?.reach.start();
      if (work.newcomers) newcomers.start();
      if (work.otherWriters) otherWriters.start();
      if (work.checks) checks.start();
    }
    return {
      config,
      created: store.created,
      services,
      blobs,
      codec,
      broker,
      publisher,
      inference,
      newcomers,
      createIntake: (observer, intakeSettings) =>
        createIntakeService(
          {
            store,
            blobs,
            codec,
            segmenterOf,
            clock,
            orientation: settings.maskOrientation,
            publisher,
            stableKeyOf,
            events,
            observer,
            // As configured: what a person chose for a desk on this machine is no business of a service.
            parameters: () => ({ modelId: config.defaultModelId, threshold: settings.threshold, wantMatte: settings.keepMatte }),
          },
          intakeSettings,
        ),
      replay: async () => {
        await sweep();
        return publisher.drain();
      },
      recover: async () => {
        await clearAbandoned({ store, blobs });
        return recover(store, blobs, publisher, latenessMs);
      },
      close: () => disposables.dispose(),
    };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
};
