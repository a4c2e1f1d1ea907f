import { env } from 'onnxruntime-node';
import { requestSchema, type InferenceRequest, type InferenceResponse } from '../protocol.ts';
import { runSession } from './runJob.ts';
import { Sessions } from './sessions.ts';

/** Words by which ONNX Runtime, CUDA, Dawn, DirectML and the C++ library say that memory ran out. */
const outOfMemory =
  /out of memory|out_of_memory|outofmemory|bad_alloc|bad array new length|failed to allocate|cudaErrorMemoryAllocation|not enough memory|insufficient memory/i;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Answers requests one after another, in the order in which they came. @returns what to call with each message */
export const serveInference = (post: (response: InferenceResponse) => void): ((message: unknown) => void) => {
  const sessions = new Sessions(post);
  let tail: Promise<void> = Promise.resolve();

  const work = async (request: InferenceRequest): Promise<void> => {
    let reason: 'load_failed' | 'run_failed' = 'load_failed';
    try {
      const { session, executionProvider } = await sessions.open(request.session);
      if (request.kind === 'load') return post({ kind: 'loaded', jobId: request.jobId, executionProvider });
      reason = 'run_failed';
      const { outputs, outputNames, inferenceMs } = await runSession(session, request.feeds, request.fetches);
      post({ kind: 'result', jobId: request.jobId, outputs, outputNames, executionProvider, inferenceMs });
    } catch (error) {
      const message = messageOf(error);
      if (outOfMemory.test(message)) {
        await sessions.dropAll();
        post({ kind: 'failed', jobId: request.jobId, reason: 'out_of_memory', message });
      } else post({ kind: 'failed', jobId: request.jobId, reason, message });
    }
  };

  post({ kind: 'ready', runtimeVersion: env.versions.node ?? env.versions.common, pid: process.pid });
  return (message) => {
    // A malformed message is a fault of ours: the process ends with it, and the host reports a crash with the reason on stderr.
    const request = requestSchema.parse(message);
    tail = tail.then(() => work(request));
  };
};
