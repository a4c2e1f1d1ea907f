import { env } from 'onnxruntime-node';
import { requestSchema, type FailureReason, type InferenceQuestion, type InferenceResponse } from '../protocol.ts';
import { Decoder, EmbeddingFileError, NotHeldError } from './decoding/decoder.ts';
import { DecodeQueue, type DecoderClient } from './decoding/decodeQueue.ts';
import { runSession } from './runJob.ts';
import { Sessions } from './sessions.ts';
import { signatureOf } from './signature.ts';

/** Words by which ONNX Runtime, CUDA, Dawn, DirectML and the C++ library say that memory ran out. */
const outOfMemory =
  /out of memory|out_of_memory|outofmemory|bad_alloc|bad array new length|failed to allocate|cudaErrorMemoryAllocation|not enough memory|insufficient memory/i;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export interface InferenceServer {
  /** A message of the core. */
  receive(message: unknown): void;
  /** A window that asks for itself. @returns what to call with each of its messages, and when it has gone */
  connect(client: DecoderClient): { receive(message: unknown): void; gone(): void };
}

/** Answers the core's requests one after another, in the order in which they came, and windows' prompts between them. */
export const serveInference = (post: (response: InferenceResponse) => void): InferenceServer => {
  const sessions = new Sessions(post);
  const decoder = new Decoder(sessions);
  let tail: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  };
  const prompts = new DecodeQueue(decoder, inTurn);

  const work = async (request: InferenceQuestion): Promise<void> => {
    let reason: FailureReason = request.kind === 'decode' ? 'run_failed' : 'load_failed';
    const { jobId } = request;
    try {
      if (request.kind === 'decode') return post({ kind: 'decoded', jobId, ...(await decoder.decode(request.key, request.feeds, request.fetches)) });
      const { session, executionProvider } = await sessions.open(request.session);
      if (request.kind === 'load') return post({ kind: 'loaded', jobId, executionProvider, ...signatureOf(session) });
      reason = 'run_failed';
      if (request.kind === 'hold') return post({ kind: 'held', jobId, ...(await decoder.hold(request.key, request.session, request.file, request.maxHeldBytes)) });
      const { outputs, outputNames, inferenceMs } = await runSession(session, request.feeds, request.fetches);
      post({ kind: 'result', jobId, outputs, outputNames, executionProvider, inferenceMs });
    } catch (error) {
      const message = messageOf(error);
      if (outOfMemory.test(message)) {
        decoder.dropAll();
        await sessions.dropAll();
        reason = 'out_of_memory';
      } else if (error instanceof NotHeldError) reason = 'not_held';
      else if (error instanceof EmbeddingFileError) reason = 'file_damaged';
      post({ kind: 'failed', jobId, reason, message });
    }
  };

  post({ kind: 'ready', runtimeVersion: env.versions.node ?? env.versions.common, pid: process.pid });
  return {
    receive: (message) => {
      // A malformed message is a fault of ours: the process ends with it, and the host reports a crash with the reason on stderr.
      const request = requestSchema.parse(message);
      if (request.kind === 'drop') void inTurn(() => Promise.resolve(decoder.drop(request.key)));
      else void inTurn(() => work(request));
    },
    connect: (client) => {
      client.post({ kind: 'connected' });
      return { receive: (message) => prompts.receive(client, message), gone: () => prompts.forget(client) };
    },
  };
};
