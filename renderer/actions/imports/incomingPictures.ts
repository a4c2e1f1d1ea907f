import { isCancelled } from '../../../shared/errors/errors.ts';
import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { inBackground } from '../../stores/notices.ts';
import { failPictures, startPictures, tellPicture } from '../../stores/incomingPictures.ts';

const follow = async (inspectionId: string, { signal }: AbortController): Promise<void> => {
  startPictures(inspectionId);
  try {
    for await (const picture of await core().maskImports.pictures({ inspectionId }, { signal })) {
      if (signal.aborted) return;
      tellPicture(inspectionId, picture);
    }
  } catch (error) {
    if (!signal.aborted && !isCancelled(error)) failPictures(inspectionId, sentenceOf(error));
  }
};

/** Has pictures made of the latest preview's samples. @returns ends that */
export const followIncomingPictures = (inspectionId: string): (() => void) => {
  const stop = new AbortController();
  inBackground(follow(inspectionId, stop), 'importMasks');
  return () => stop.abort();
};
