import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../electron/app/config.ts';
import { openPrompting, type Prompting } from '../electron/app/openPrompting.ts';
import { asId, type ModelId } from '../shared/domain/ids.ts';
import { bareModel } from './noc/bare.ts';
import { clicksTo, clickUntilRight, mostClicks, reached, type Answer, type Policy } from './noc/clicks.ts';
import { casesOfFolder, demoCases, type TestCase } from './noc/testSet.ts';
import { throughTheApp, type ThroughTheApp, type Timed } from './noc/throughTheApp.ts';
import { median } from './window/statistics.ts';

/**
 * Clicks that a simulated annotator needs until the mask is right (bench/noc/annotator.ts), through the services that the desk and `maskdesk prompt` use, beside
 * the same models run bare. NoC@85 and NoC@90: mean number of clicks until an IoU of 85 and 90 % (a failure counts as the cap); failures: objects
 * that never came to 90 %. Means over objects, printed a set. Fewer is better.
 * Options: --set DIR (testset.json, images/, masks/; may be given again; default: the demo's true masks; `--set demo` for it beside others), --model ID (may be
 * given again; default: both of ours), --each N (at most N objects a set), --no-bare, --default-alone (the app's
 * default and no other way), --threads N (default: the machine's).
 */
const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true, default: ['demo'] },
    model: { type: 'string', multiple: true, default: ['sam2-tiny', 'mobilesam'] },
    each: { type: 'string' },
    'no-bare': { type: 'boolean', default: false },
    'default-alone': { type: 'boolean', default: false },
    threads: { type: 'string' },
  },
});
const threads = Number(values.threads ?? availableParallelism());
const each = Number(values.each ?? Infinity);

/** One answer a point, each continuing from the one before, the candidate that agrees with the clicks first: asked for as such, not put together here. */
const appDefault: Policy = { chooses: 'clicks', feedsBack: true };
const policies: readonly Policy[] = [
  { chooses: 'model', feedsBack: false },
  { chooses: 'model', feedsBack: true },
  { chooses: 'clicks', feedsBack: false },
  appDefault,
  { chooses: 'person', feedsBack: false },
  { chooses: 'person', feedsBack: true },
];

interface Row {
  readonly set: string;
  readonly model: string;
  readonly way: 'app' | 'bare';
  readonly policy: Policy;
  readonly ious: readonly number[];
}

const choices = { person: 'person chooses', model: 'model chooses', clicks: 'model, agreeing with clicks' } as const;
const policyName = (policy: Policy): string => (policy === appDefault ? "the app's default: these, mask fed back" : `${choices[policy.chooses]}${policy.feedsBack ? ', mask fed back' : ''}`);
const mean = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

const print = (rows: readonly Row[], set: string): void => {
  const ofSet = rows.filter((row) => row.set === set);
  const objects = new Set(ofSet.map(({ model, way, policy }) => `${model} ${way} ${policyName(policy)}`)).size;
  console.log(`\n${set}: ${ofSet.length / objects} objects, at most ${mostClicks} clicks, ${threads} threads`);
  console.log(`  ${'model'.padEnd(12)}${'which candidate, previous mask'.padEnd(44)}${'way'.padEnd(6)}${'NoC@85'.padStart(8)}${'NoC@90'.padStart(8)}${'failures'.padStart(10)}${'IoU at 1'.padStart(10)}`);
  for (const model of new Set(ofSet.map((row) => row.model))) {
    for (const policy of policies) {
      for (const way of ['app', 'bare'] as const) {
        const these = ofSet.filter((row) => row.model === model && row.way === way && row.policy === policy);
        if (these.length === 0) continue;
        const figures = [mean(these.map(({ ious }) => clicksTo(ious, 0.85))).toFixed(2), mean(these.map(({ ious }) => clicksTo(ious, 0.9))).toFixed(2)];
        const failures = these.filter(({ ious }) => !reached(ious, 0.9)).length;
        const first = mean(these.map(({ ious }) => ious[0] ?? 0)).toFixed(3);
        console.log(`  ${model.padEnd(12)}${policyName(policy).padEnd(44)}${way.padEnd(6)}${figures.map((figure) => figure.padStart(8)).join('')}${String(failures).padStart(10)}${first.padStart(10)}`);
      }
    }
  }
};

/** Every policy on one object; one candidate leaves nothing to choose. */
const measure = async (timed: Timed | ThroughTheApp, { truth, set }: TestCase, model: string, way: Row['way']): Promise<readonly Row[]> => {
  const { answer } = timed;
  const rows: Row[] = [];
  const offered = (await answer([{ xImagePx: 0.5, yImagePx: 0.5, label: 1 }], null)).length;
  for (const policy of policies) {
    if (values['default-alone'] && policy !== appDefault) continue;
    if (offered === 1 && policy.chooses !== 'model' && policy !== appDefault) continue;
    // How the app chooses; the models by themselves have no such thing.
    if (way === 'bare' && policy.chooses === 'clicks') continue;
    const asked: Answer = policy === appDefault && 'answerByDefault' in timed ? (points) => timed.answerByDefault(points) : answer;
    rows.push({ set, model, way, policy, ious: await clickUntilRight(truth, asked, policy) });
  }
  return rows;
};

const runModel = async (prompting: Prompting, modelId: ModelId, cases: readonly TestCase[]): Promise<readonly Row[]> => {
  const { models } = prompting;
  await models.pull(modelId);
  const files = { ...(await models.pathsOf(modelId)), kind: (await models.prompt(modelId)).decoder.family === 'sam2' ? 'sam2' : 'mobilesam' } as const;
  const bare = values['no-bare'] ? null : await bareModel(files, threads);
  const rows: Row[] = [];
  const timings: Record<Row['way'], Timed[]> = { app: [], bare: [] };
  let opened: { readonly photo: Uint8Array; readonly bare: Timed | null } | null = null;
  for (const [index, one] of cases.entries()) {
    process.stderr.write(`\r${modelId}: ${index + 1} of ${cases.length}   `);
    const app = await throughTheApp(prompting, one.photo, modelId);
    timings.app.push(app);
    rows.push(...(await measure(app, one, modelId, 'app')));
    if (bare === null) continue;
    // Objects of one photo share its embedding, as they do in the app.
    const known: Timed | null = opened?.photo === one.photo ? opened.bare : null;
    const peer: Timed = known ?? (await bare.open(one.photo));
    opened = { photo: one.photo, bare: peer };
    if (known === null) timings.bare.push(peer);
    rows.push(...(await measure(peer, one, modelId, 'bare')));
  }
  process.stderr.write('\n');
  for (const way of ['app', 'bare'] as const) {
    const encoded = timings[way].flatMap(({ encodeMs }) => (encodeMs === null ? [] : [encodeMs]));
    const decoded = timings[way].flatMap(({ decodeMs }) => decodeMs);
    if (decoded.length > 0) console.log(`  ${modelId}, ${way}: ${encoded.length} photos encoded, median ${median(encoded).toFixed(0)} ms; ${decoded.length} prompts, median ${median(decoded).toFixed(0)} ms in the decoder`);
  }
  await bare?.release();
  return rows;
};

const folder = await mkdtemp(join(tmpdir(), 'maskdesk-noc-'));
const prompting = openPrompting({ ...(await loadConfig({ storeDir: folder })), threads }, { cacheDir: folder, onNotice: (message) => console.error(message) });
try {
  const sets = await Promise.all(values.set.map((set) => (set === 'demo' ? demoCases() : casesOfFolder(set, prompting.codec))));
  const names = [...new Set(sets.flat().map(({ set }) => set))];
  const cases = names.flatMap((name) => sets.flat().filter(({ set }) => set === name).slice(0, each));
  const rows: Row[] = [];
  for (const model of values.model) rows.push(...(await runModel(prompting, asId<ModelId>(model), cases)));
  for (const name of names) print(rows, name);
} finally {
  await prompting.dispose();
  await rm(folder, { recursive: true, force: true });
}
