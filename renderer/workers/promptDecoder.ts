import { isExpected, present, sentenceOf } from '../../shared/errors/errors.ts';
import { fitFetches, fitPrompt, plainDims } from '../../shared/prompts/decoderSignature.ts';
import type { NamedTensor, PromptDecoderAnswer, PromptDecoderRequest } from './promptDecoderProtocol.ts';
import { PromptSessions } from './promptSessions.ts';
import { floatsOf, tensorsOf } from './promptTensors.ts';

/**
 * Decodes prompts beside the page. Decoder and embedding are fetched once by their addresses; a prompt brings its points and at most a small mask.
 * One ask after another: the runtime computes on this very thread.
 */
const sessions = new PromptSessions();

const answer = (message: PromptDecoderAnswer, transfer: Transferable[] = []): void => postMessage(message, { transfer });

const decode = async (request: PromptDecoderRequest): Promise<void> => {
  const { requestId, source } = request;
  const [{ execution, Tensor }, { session, signature, embedding }] = await Promise.all([sessions.runtime(), sessions.open(source)]);
  if (request.kind === 'hold') return answer({ kind: 'held', requestId, execution, heldBytes: sessions.heldBytes });
  // Exports of one family name and shape their inputs differently: as in the decoding process.
  const prompt = tensorsOf(fitPrompt(signature, request.feeds, embedding.tensors), Tensor);
  const names = fitFetches(signature, request.fetches);
  const startedMs = performance.now();
  const results = await session.run({ ...embedding.inputs, ...prompt }, names);
  const inferenceMs = performance.now() - startedMs;
  const outputs = request.fetches.map((fetch, index): NamedTensor => {
    const output = present(results[names[index] as string], `The output ${fetch}`);
    return { name: fetch, dims: plainDims(fetch, output.dims), data: floatsOf(fetch, output) };
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
