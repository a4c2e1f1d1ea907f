import { tilesOfRle } from '../../shared/edits/tilesOfRle.ts';
import type { DecoderAnswer, DecoderRequest } from './decoderProtocol.ts';
import { levelsOf } from './levels.ts';

/**
 * Decodes photos and masks beside the page. On the page a photo of 24 MP cost a gap of 46 ms between two frames, and its first drawing
 * another: here its smaller levels are made as well.
 */
const answer = (message: DecoderAnswer, transfer: Transferable[] = []): void => postMessage(message, { transfer });

const decode = async (request: DecoderRequest): Promise<void> => {
  const { requestId } = request;
  if (request.kind === 'photo') {
    const levels = await levelsOf(await createImageBitmap(request.file));
    answer({ kind: 'photo', requestId, levels }, [...levels]);
    return;
  }
  answer({ kind: 'mask', requestId, tiles: tilesOfRle(request.rle) });
};

addEventListener('message', (event: MessageEvent<DecoderRequest>) => {
  decode(event.data).catch((error: unknown) => {
    answer({ kind: 'failed', requestId: event.data.requestId, message: error instanceof Error ? error.message : String(error) });
  });
});
