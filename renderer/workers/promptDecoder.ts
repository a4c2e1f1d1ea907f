import { isExpected, present, sentenceOf } from '../../shared/errors/errors.ts';
import type { NamedTensor, PromptDecoderAnswer, PromptDecoderRequest } from './promptDecoderProtocol.ts';
import { PromptSessions } from './promptSessions.ts';

/**
 * Decodes prompts beside the page. Decoder and embedding are fetched once by their addresses; a prompt brings its points and at most a small mask.
 * One ask after another: the runtime computes on this very thread.
 */
const sessions = new PromptSessions();

const answer = (message: PromptDecoderAnswer, transfer: Transferable[] = []): void => postMessage(message, { transfer });

const decode = async (request: PromptDecoderRequest): Promise<void> => {
  const { requestId, source } = request;
  const [{ execution, Tensor }, { session, embedding }] = await Promise.all([sessions.runtime(), sessions.open(source)]);
  if (request.kind === 'hold') return answer({ kind: 'held', requestId, execution, heldBytes: sessions.heldBytes });
  const feeds = Object.fromEntries(request.feeds.map(({ name, dims, data }) => [name, new Tensor('float32', data, dims)]));
  const startedMs = performance.now();
  const results = await session.run({ ...embedding, ...feeds }, request.fetches);
  const inferenceMs = performance.now() - startedMs;
  const outputs = request.fetches.map((name): NamedTensor => {
    const { dims, data } = present(results[name], `The output ${name}`);
    return { name, dims, data: data as Float32Array };
  });
  answer({ kind: 'decoded', requestId, execution, outputs, inferenceMs }, [...new Set(outputs.map(({ data }) => data.buffer as ArrayBuffer))]);
};

let tail: Promise<void> = Promise.resolve();

addEventListener('message', ({ data: request }: MessageEvent<PromptDecoderRequest>) => {
  tail = tail.then(() =>
    decode(request).catch((error: unknown) =>
      answer({ kind: 'failed', requestId: request.requestId, reason: isExpected(error, 'not_found') ? 'not_found' : 'run_failed', message: sentenceOf(error) }),
    ),
  );
});
