import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The peer: a loop of nothing but `session.run`, on a tensor made beforehand. */
export const bareRuns = async (modelPath: string, sidePx: number, threads: number) => {
  const session = await InferenceSession.create(modelPath, { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all' });
  const data = Float32Array.from({ length: 3 * sidePx * sidePx }, (_, index) => ((index * 7919) % 256) / 256 - 0.5);
  const input = new Tensor('float32', data, [1, 3, sidePx, sidePx]);
  const [name] = session.inputNames;
  const [output] = session.outputNames;
  const once = (): Promise<unknown> => session.run({ [name as string]: input }, [output as string]);
  await once();
  return {
    /** @returns milliseconds a run */
    measure: async (runs: number): Promise<number> => {
      const startedMs = performance.now();
      for (let run = 0; run < runs; run++) await once();
      return (performance.now() - startedMs) / runs;
    },
    release: () => session.release(),
  };
};
