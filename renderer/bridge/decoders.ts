import type { TileState } from '../../shared/edits/tileState.ts';
import { BugError } from '../../shared/errors/errors.ts';
import type { DecoderAnswer, DecoderRequest } from '../workers/decoderProtocol.ts';

/** Both panes at once; more would only share the same cores. */
const decoderCount = 2;

interface Waiting {
  readonly resolve: (answer: DecoderAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One worker and who waits for it. */
class Decoder {
  readonly #worker = new Worker(new URL('../workers/decoder.ts', import.meta.url), { type: 'module', name: 'decoder' });
  readonly #waiting = new Map<number, Waiting>();

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<DecoderAnswer>) => {
      this.#waiting.get(data.requestId)?.resolve(data);
      this.#waiting.delete(data.requestId);
    });
    this.#worker.addEventListener('error', (event) => {
      // A worker that could not be loaded answers nobody, ever.
      for (const { reject } of this.#waiting.values()) reject(new BugError(`The decoder stopped: ${event.message}`));
      this.#waiting.clear();
    });
  }

  get load(): number {
    return this.#waiting.size;
  }

  ask(request: DecoderRequest, transfer: Transferable[]): Promise<DecoderAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.requestId, { resolve, reject });
      this.#worker.postMessage(request, transfer);
    });
  }
}

const decoders: Decoder[] = [];
let lastRequestId = 0;

/** Starts the workers before the first picture comes: their program is loaded while the core is still opening the store. */
export const startDecoders = (): void => {
  while (decoders.length < decoderCount) decoders.push(new Decoder());
};

const idle = (): Decoder => {
  const free = decoders.find(({ load }) => load === 0);
  if (free !== undefined) return free;
  if (decoders.length < decoderCount) {
    const decoder = new Decoder();
    decoders.push(decoder);
    return decoder;
  }
  return decoders.reduce((a, b) => (b.load < a.load ? b : a));
};

/** The picture in several sizes, largest first. @throws RangeError when the browser can't read the file */
export const decodePhoto = async (file: Blob): Promise<readonly ImageBitmap[]> => {
  const answer = await idle().ask({ kind: 'photo', requestId: ++lastRequestId, file }, []);
  if (answer.kind === 'photo') return answer.levels;
  throw new RangeError(answer.kind === 'failed' ? `The picture could not be decoded: ${answer.message}` : 'Another answer was expected');
};

/** The mask as the engine holds it; `rle` is given away. @throws RangeError for bytes that are no mask */
export const decodeMaskTiles = async (rle: Uint8Array<ArrayBuffer>): Promise<TileState> => {
  const answer = await idle().ask({ kind: 'mask', requestId: ++lastRequestId, rle }, [rle.buffer]);
  if (answer.kind === 'mask') return answer.tiles;
  throw new RangeError(answer.kind === 'failed' ? answer.message : 'Another answer was expected');
};
