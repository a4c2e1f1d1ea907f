import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { core } from '../../bridge/core.ts';
import { inBackground, notify, type NoticeButton } from '../../stores/notices.ts';
import { isAway } from '../../stores/offline.ts';
import { pullModel, useModels } from '../../stores/models.ts';
import { openOverlay } from '../../stores/overlay.ts';
import { setSegmentationStatus } from '../../stores/segmentation.ts';
import { showJobs } from './jobs.ts';

const goOn = async (): Promise<void> => setSegmentationStatus(await core().segmentation.pause({ paused: false }));

/** The model that makes the masks, where its weights are not here: with the size of the download. */
const fetchDefault = (): readonly NoticeButton[] => {
  const model = useModels.getState().models.find(({ isDefault }) => isDefault);
  if (model === undefined || model.state === 'ready') return [];
  const run = (): void => {
    inBackground(pullModel(model.modelId));
    showJobs();
  };
  return [{ label: `Download, ${Math.round(model.sizeBytes / 1e6)} MB`, run }];
};

const seeJobs: NoticeButton = { label: 'Show jobs', run: showJobs };
const seeModels: NoticeButton = { label: 'Models…', run: () => openOverlay('models') };
const segmentAgain: NoticeButton = { label: 'Try again', run: () => inBackground(goOn(), 'segment') };
const publishAgain: NoticeButton = { label: 'Try now', run: () => inBackground(core().app.publishNow(), 'core:delivery_failed') };

type BackgroundCode = ErrorCode | 'segmentation_stopped';

/** What helps against what the core meets in the background. */
const remedies: Readonly<Partial<Record<BackgroundCode, () => readonly NoticeButton[]>>> = {
  model_missing: () => [...fetchDefault(), seeModels],
  model_corrupt: () => [...fetchDefault(), seeModels],
  segmentation_stopped: () => [segmentAgain, seeJobs],
  inference_crashed: () => [segmentAgain, seeJobs],
  disk_full: () => [segmentAgain, seeJobs],
  permission_denied: () => [segmentAgain, seeJobs],
  store_locked: () => [segmentAgain],
  delivery_failed: () => [publishAgain],
};

/** What stops while a team's store is away, and goes on by itself: the line over the desk says enough. */
const stoppedByOutage: ReadonlySet<string> = new Set(['checks_stopped', 'newcomers_stopped', 'delivery_failed', 'store_unreachable', 'blobs_unreachable']);

/** Whatever notices first that the store is gone: is it that, nothing more is said of it. */
const unlessAway = async (tell: () => void): Promise<void> => {
  if (isAway()) return;
  const reach = await core().offline.retry();
  if (reach.kind === 'online') tell();
};

/** What the core wants people to know, with the buttons that help. The same trouble again replaces its notice. */
export const noteFromCore = (level: 'info' | 'warning' | 'error', message: string, code: string | null): void => {
  if (code !== null && stoppedByOutage.has(code)) inBackground(unlessAway(() => tellNotice(level, message, code)));
  else tellNotice(level, message, code);
};

const tellNotice = (level: 'info' | 'warning' | 'error', message: string, code: string | null): void => {
  const buttons = level === 'info' || code === null ? [] : (remedies[code as BackgroundCode]?.() ?? []);
  notify({ level, message, buttons, ...(code === null ? {} : { topic: `core:${code}` }) });
};
