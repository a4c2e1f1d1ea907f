import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { layerOfTables } from '../app/config/tomlFile.ts';
import { resolveSections } from '../app/config/resolveSections.ts';
import { settingRows, settingsMarkdown } from '../app/config/settingsTable.ts';

/** No container engine runs here: what can be said of these files without one. */
const root = join(import.meta.dirname, '..', '..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
// eslint's and the packager's; none of ours, so no import.
const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown; loadAll(text: string): unknown[] };

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly build?: { readonly context: string; readonly dockerfile: string };
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}
interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [key: string]: unknown;
}

const dockerfile = text('deploy/Dockerfile');
const compose = yaml.load(text('deploy/compose.yaml')) as Compose;
const resources = yaml.loadAll(text('deploy/kubernetes/worker.yaml')) as Resource[];
const secret = yaml.load(text('deploy/kubernetes/secretTemplate.yaml')) as Resource & { readonly stringData: Readonly<Record<string, string>> };

const known = new Set(settingRows().flatMap(({ environment, isSecret }) => environment.flatMap((name) => (isSecret ? [name, `${name}_FILE`] : [name]))));
const shared = ['MASKDESK_DATA', 'MASKDESK_CACHE', 'NODE_ENV'];
const of = <Kind extends object>(kind: string): Kind => resources.find((resource) => resource.kind === kind) as unknown as Kind;

describe('the Dockerfile', () => {
  test('copies what is there, runs as nobody of importance, on the Node that we test with', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap((match) => (match[1] as string).split(' ').slice(0, -1));
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(dockerfile).toMatch(/^USER 10001:10001$/m);
    const { devDependencies } = JSON.parse(text('package.json')) as { devDependencies: Record<string, string> };
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1]);
    expect(new Set(images)).toEqual(new Set([`node:${devDependencies['node']}-bookworm-slim`]));
  });

  test('sets variables that the configuration knows, and looks at the port that it opens', () => {
    const names = [...dockerfile.matchAll(/(MASKDESK_[A-Z_]+)=/g)].map((match) => match[1] as string);
    expect(names.filter((name) => !known.has(name) && !shared.includes(name))).toEqual([]);
    expect(dockerfile).toMatch(/^EXPOSE 9464$/m);
    expect(dockerfile).toContain('http://127.0.0.1:9464/healthz');
    expect(dockerfile).toContain('MASKDESK_WORKER_HEALTH_PORT=9464');
  });
});

describe('compose.yaml', () => {
  test('sets variables that the configuration knows', () => {
    const names = ['init', 'worker'].flatMap((name) => Object.keys(compose.services[name]?.environment ?? {}));
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !known.has(name))).toEqual([]);
  });

  test('names volumes, secrets and services that it defines; each server can be waited for', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      for (const volume of service.volumes ?? []) expect(Object.keys(compose.volumes), name).toContain(volume.split(':')[0]);
      for (const used of service.secrets ?? []) expect(Object.keys(compose.secrets), name).toContain(used);
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        const needed = compose.services[other];
        expect(needed, other).toBeDefined();
        if (condition === 'service_healthy') expect(needed?.healthcheck, other).toBeDefined();
      }
      if (service.build !== undefined) expect(existsSync(join(root, 'deploy', service.build.context, service.build.dockerfile))).toBe(true);
    }
  });
});

describe('the Kubernetes example', () => {
  test('has a configuration without a fault, with the secrets of its template', () => {
    const { data } = of<{ readonly data: Readonly<Record<string, string>> }>('ConfigMap');
    const file = layerOfTables(parse(data['maskdesk.toml'] as string), 'maskdesk.toml', '/etc/maskdesk');
    const read = resolveSections([file], {});
    expect(read.faults).toEqual([]);
    expect(Object.keys(secret.stringData).filter((name) => !known.has(name))).toEqual([]);
    expect(secret.metadata.name).toBe('maskdesk-worker');
    const { template } = (of<{ readonly spec: { readonly template: { readonly spec: { readonly terminationGracePeriodSeconds: number; readonly containers: readonly { readonly ports: readonly { readonly containerPort: number }[] }[] } } } }>('Deployment')).spec;
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(read.values.worker.drainSeconds + 10);
    expect(template.spec.containers[0]?.ports[0]?.containerPort).toBe(read.values.worker.healthPort);
  });

  test('has everything that a worker needs there, and scales by a metric that the worker has', () => {
    expect(resources.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget', 'HorizontalPodAutoscaler']);
    const metric = (of<{ readonly spec: { readonly metrics: readonly { readonly external: { readonly metric: { readonly name: string } } }[] } }>('HorizontalPodAutoscaler')).spec.metrics[0]?.external.metric.name;
    expect(text('electron/worker/metrics/stateMetrics.ts')).toContain(`'${metric}'`);
  });
});

test('the settings table of docs/operations.md is the one that the schema makes (maskdesk config table)', () => {
  expect(text('docs/operations.md')).toContain(settingsMarkdown());
});
