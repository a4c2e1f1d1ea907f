import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { standardTopics } from '../../services/intake/intakeOptions.ts';
import { createIntakeMetrics } from './intakeMetrics.ts';
import { createWorkerMetrics } from './workerMetrics.ts';

const text = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const namesIn = (source: string): readonly string[] => [...new Set(source.match(/\bmaskdesk_[a-z_]+[a-z]\b/g) ?? [])].sort();

const exported = async (): Promise<readonly string[]> => {
  const { registry } = createWorkerMetrics(1);
  createIntakeMetrics(registry, Object.values(standardTopics).flat());
  return (await registry.getMetricsAsJSON()).map(({ name }) => name).filter((name) => name.startsWith('maskdesk_')).sort();
};

it('the metrics of docs/worker.md are those that a worker exports', async () => {
  const table = text('docs/worker.md').split('\n').filter((line) => line.startsWith('| `maskdesk_'));
  expect(namesIn(table.map((line) => line.split('|')[1] ?? '').join('\n'))).toEqual(await exported());
});

it('alerts, scaling and the table of what to do ask for metrics that there are', async () => {
  const known = new Set(await exported());
  for (const path of ['docs/operations.md', 'deploy/kubernetes/worker.yaml']) {
    const unknown = namesIn(text(path)).filter((name) => !known.has(name.replace(/_(bucket|sum|count)$/, '')) && !known.has(name));
    expect([path, unknown]).toEqual([path, []]);
  }
});
