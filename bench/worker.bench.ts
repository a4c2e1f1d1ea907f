import { availableParallelism, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { brightnessId } from '../electron/segmenters/brightness.ts';
import { backgroundNiceness } from '../electron/inference/role.ts';
import { approveEach, type ApprovalTimes } from './worker/approvals.ts';
import { openBareRecipe } from './worker/bareRecipe.ts';
import { makePhotos } from './worker/photos.ts';
import { processorTime, spentSince, type ProcessorTime } from './worker/processorTime.ts';
import { stagesOf } from './worker/stages.ts';
import { startTeam, type Team } from './worker/team.ts';
import { median, percentile } from './window/statistics.ts';

/**
 * A worker as a program of its own on PostgreSQL, RabbitMQ and an S3 server, which it starts itself, all of them durable and as they come.
 * 1. Messages a second through the whole chain where the segmenter costs next to nothing. 2. A reviewer's approvals on the same servers. 3. The standard recipe
 * (isnet-quint8 minus selfie-multiclass) on photos of 2 MP against the same recipe run bare in this process: the bar is 0.9 of its photos a second (issue "In the
 * pipeline", section 4). The two take turns (bare, worker, worker, bare), so that a machine that slows down favours neither, and the median of the turns counts.
 * Options: --messages N (600), --approvals N (60), --rounds N (2), --count N photos a turn (8), --photos DIR (real ones, cut to 2 MP; else made ones), --threads N,
 * --concurrency N; 0 leaves a part out.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '600' },
    approvals: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '2' },
    count: { type: 'string', default: '8' },
    photos: { type: 'string' },
    threads: { type: 'string' },
    concurrency: { type: 'string' },
  },
  strict: false,
});
const [messages, approvals, rounds, count] = [Number(values.messages), Number(values.approvals), Number(values.rounds), Number(values.count)];
const folder = typeof values.photos === 'string' ? values.photos : null;
const threads = Number(values.threads ?? availableParallelism());
const concurrency = values.concurrency === undefined ? '' : `concurrency = ${Number(values.concurrency)}\n`;
const bar = 0.9;
const size = { widthPx: 1600, heightPx: 1250 };
const small = { widthPx: 320, heightPx: 240, folder: null };

const say = (what: string, measured: string, beside = ''): void => console.log(`  ${what.padEnd(52)}${measured.padStart(16)}  ${beside}`);
const workerSettings = (model: string): string => `[models]\nmodel = "${model}"\nthreads = ${threads}\n\n[worker]\n${concurrency}`;
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const spread = (all: readonly number[]): string => all.map((value) => value.toFixed(0)).join(', ');

const sayProcessor = (spent: ProcessorTime | null): void => {
  if (spent === null) return;
  const { workerS, modelS, serversS } = spent;
  const each = (seconds: number): string => ms(1000 * seconds);
  say('processor time of each', each(workerS + modelS + serversS), `worker ${each(workerS)}, model ${each(modelS)}, servers ${each(serversS)}`);
};

const sayApprovals = (what: string, { acknowledgedMs, publishedMs }: ApprovalTimes): void => {
  say(`${what}: acknowledged, p50 and p95`, `${ms(median(acknowledgedMs))}, ${ms(percentile(acknowledgedMs, 0.95))}`, `then published: ${ms(median(publishedMs))}, ${ms(percentile(publishedMs, 0.95))}`);
};

const wholeChain = async (team: Team): Promise<void> => {
  console.log(`\nWhole chain without a model, ${messages} messages of small photos, ${availableParallelism()} cores`);
  const photos = await makePhotos('small', { ...small, count: messages });
  const first = await makePhotos('first', { ...small, count: 10 });
  await team.add([...first, ...photos]);
  const worker = await team.startWorker('small', workerSettings(brightnessId));
  await team.through(worker, first);
  const before = await processorTime(worker.child.pid);
  const elapsedMs = await team.through(worker, photos);
  const spent = await spentSince(worker.child.pid, before, messages);
  say('messages a second', ((1000 * messages) / elapsedMs).toFixed(1), `${(elapsedMs / messages).toFixed(1)} ms each; no bar`);
  sayProcessor(spent);
  say('where an asset spends its time', '', (await stagesOf(worker)).join(', '));
  await worker.end('SIGTERM');
};

const reviewers = async (team: Team): Promise<void> => {
  console.log(`\nApprovals on PostgreSQL and S3, ${approvals} each, photos of 2 MP`);
  const photos = await makePhotos('review', { ...size, folder, count: Math.min(10, approvals) });
  const all = Array.from({ length: 2 * approvals }, (_, index) => ({ id: `review-${index}`, bytes: (photos[index % photos.length] ?? photos[0])?.bytes ?? new Uint8Array() }));
  await team.add(all);
  const worker = await team.startWorker('review', workerSettings(brightnessId));
  await team.through(worker, all);
  await worker.end('SIGTERM');
  const ids = all.map(({ id }) => id);
  sayApprovals("the model's mask", await approveEach(team.app, ids.slice(0, approvals), false));
  sayApprovals('a mask of their own, with its upload', await approveEach(team.app, ids.slice(approvals), true));
};

const againstBare = async (team: Team): Promise<void> => {
  console.log(`\nRecipe isnet-quint8 minus selfie-multiclass, ${threads} threads, ${rounds} x 2 turns of ${count} ${folder === null ? 'made' : 'real'} photos of 2 MP`);
  const photos = await makePhotos('photo', { ...size, folder, count: 2 * rounds * count + 2 });
  await team.add(photos);
  const worker = await team.startWorker('recipe', workerSettings('product'));
  // As the worker's model process is; it was started before.
  setPriority(backgroundNiceness);
  const bare = await openBareRecipe(threads);
  const bytesOf = (part: typeof photos): readonly Uint8Array[] => part.map(({ bytes }) => bytes);
  const first = photos.slice(0, 2);
  await bare.sessions(bytesOf(first));
  await team.through(worker, first);
  const measured = { sessions: [] as number[], recipe: [] as number[], worker: [] as number[] };
  const processor = { bareS: [] as number[], worker: [] as ProcessorTime[] };
  const bareTurn = async (turn: typeof photos): Promise<void> => {
    const { eachMs, processorMs } = await bare.sessions(bytesOf(turn));
    measured.sessions.push(eachMs);
    processor.bareS.push(processorMs / 1000);
    measured.recipe.push(await bare.recipe(bytesOf(turn)));
  };
  const workerTurn = async (turn: typeof photos): Promise<void> => {
    const before = await processorTime(worker.child.pid);
    measured.worker.push((await team.through(worker, turn)) / turn.length);
    const spent = await spentSince(worker.child.pid, before, turn.length);
    if (spent !== null) processor.worker.push(spent);
  };
  for (let round = 0; round < rounds; round++) {
    const [one, other] = [0, 1].map((half) => photos.slice(2 + (2 * round + half) * count, 2 + (2 * round + half + 1) * count));
    if (one === undefined || other === undefined) break;
    await bareTurn(one);
    await workerTurn(one);
    await workerTurn(other);
    await bareTurn(other);
  }
  await bare.release();
  const [sessions, recipe, byWorker] = [median(measured.sessions), median(measured.recipe), median(measured.worker)];
  const perSecond = (eachMs: number): string => `${(1000 / eachMs).toFixed(3)} / s`;
  say('bare: the two session.run, nothing else', perSecond(sessions), `${spread(measured.sessions)} ms each`);
  say('bare: from photo to mask, one after the other', perSecond(recipe), `${spread(measured.recipe)} ms each`);
  say('worker, from the first message to the last event', perSecond(byWorker), `${spread(measured.worker)} ms each`);
  say('share of the two session.run alone', (sessions / byWorker).toFixed(3), `bar ${bar}: ${sessions / byWorker >= bar ? 'met' : 'MISSED'}`);
  say('share of the recipe run bare', (recipe / byWorker).toFixed(3), `bar ${bar}: ${recipe / byWorker >= bar ? 'met' : 'MISSED'}`);
  say('where an asset spends its time', '', (await stagesOf(worker)).join(', '));
  // Other programs on the machine change the clock's figures from turn to turn, these hardly.
  const part = (key: keyof ProcessorTime): number => median(processor.worker.map((spent) => spent[key]));
  const spent = processor.worker.length === 0 ? null : { workerS: part('workerS'), modelS: part('modelS'), serversS: part('serversS') };
  sayProcessor(spent);
  const bareS = median(processor.bareS);
  if (spent !== null) say('the same of the two session.run alone', ms(1000 * bareS), `share ${(bareS / (spent.workerS + spent.modelS + spent.serversS)).toFixed(3)}, without servers ${(bareS / (spent.workerS + spent.modelS)).toFixed(3)}; no bar`);
  await worker.end('SIGTERM');
};

const team = await startTeam();
// Servers that are processes of their own outlive us unless they are told.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void team.dispose().finally(() => process.exit(1)));
try {
  if (messages > 0) await wholeChain(team);
  if (approvals > 0) await reviewers(team);
  if (rounds > 0) await againstBare(team);
} finally {
  await team.dispose();
}
