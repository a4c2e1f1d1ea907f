import type { WorkerProcess } from '../../electron/app/testing/workerProcess.ts';

/** Of one histogram of a worker's metrics, by its label: how often, and how many seconds in all. */
const histogram = (text: string, name: string): ReadonlyMap<string, { readonly count: number; readonly sumS: number }> => {
  const read = (part: string): Map<string, number> => new Map([...text.matchAll(new RegExp(`^${name}_${part}\\{[a-z]+="([^"]*)"[^}]*\\} (\\S+)$`, 'gm'))].map(([, label = '', value]) => [label, Number(value)]));
  const sums = read('sum');
  return new Map([...read('count')].map(([label, count]) => [label, { count, sumS: sums.get(label) ?? 0 }]));
};

/** Where a worker's assets spent their time so far. @returns lines such as `segment 210 ms x 40` */
export const stagesOf = async (worker: WorkerProcess): Promise<readonly string[]> => {
  const { port } = await worker.message('health and metrics are served');
  const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
  const line = ([label, { count, sumS }]: readonly [string, { readonly count: number; readonly sumS: number }]): string => `${label} ${((1000 * sumS) / count).toFixed(1)} ms`;
  return [...histogram(text, 'maskdesk_stage_duration_seconds'), ...histogram(text, 'maskdesk_inference_duration_seconds'), ...histogram(text, 'maskdesk_message_duration_seconds')].filter(([, { count }]) => count > 0).map(line);
};
