import { masksOf, type MaskedEvent, type ReceivedEvent } from './pipeline.ts';
import type { AssetOutcome, Outcome } from './outcome.ts';
import { standingOf } from './checks/rules.ts';

/** A wrong done to what came out, by which the checks are checked: they must say so. */
export interface Break {
  readonly name: string;
  /** Of whose sentences at least one must be. */
  readonly expected: RegExp;
  /** @returns a copy with the wrong in it; null where there is nothing that it could be done to */
  readonly spoil: (outcome: Outcome) => Outcome | null;
}

type Known = NonNullable<AssetOutcome['known']>;

const changeAsset = (outcome: Outcome, which: (asset: AssetOutcome, known: Known) => boolean, change: (known: Known) => Partial<Known>): Outcome | null => {
  const index = outcome.assets.findIndex((asset) => asset.known !== null && which(asset, asset.known));
  return index < 0 ? null : { ...outcome, assets: outcome.assets.map((asset, at) => (at === index && asset.known !== null ? { ...asset, known: { ...asset.known, ...change(asset.known) } } : asset)) };
};

const changeEvent = (outcome: Outcome, which: (received: ReceivedEvent) => boolean, change: (event: MaskedEvent) => Partial<MaskedEvent>): Outcome | null => {
  const found = outcome.received.find(which);
  if (found === undefined) return null;
  // All copies of it: a message that came twice came twice alike.
  return { ...outcome, received: outcome.received.map((received) => (received.event.event_id === found.event.event_id ? { ...received, event: { ...received.event, ...change(received.event) } } : received)) };
};

const addEvent = (outcome: Outcome, which: (received: ReceivedEvent) => boolean, change: (received: ReceivedEvent) => ReceivedEvent): Outcome | null => {
  const found = outcome.received.find(which);
  return found === undefined ? null : { ...outcome, received: [...outcome.received, change(found)] };
};

const isBatch = ({ topic }: ReceivedEvent): boolean => topic.endsWith('.batch');
const isMask = (received: ReceivedEvent): boolean => !isBatch(received);
const isPublic = (_: AssetOutcome, { maskedLocalPath }: Known): boolean => maskedLocalPath !== null;
const isApproved = (_: AssetOutcome, { verdicts }: Known): boolean => standingOf(verdicts).approved !== null;

export const breaks: readonly Break[] = [
  { name: 'delete a mask file', expected: /^mask: .* is missing/, spoil: (outcome) => changeAsset(outcome, isPublic, () => ({ fileSha256: null })) },
  { name: 'an older mask over the right one', expected: /^mask: .* another mask/, spoil: (outcome) => changeAsset(outcome, isPublic, () => ({ fileSha256: '0'.repeat(64) })) },
  {
    name: 'leave a withdrawn mask in its place',
    expected: /^mask: .* there is a file/,
    spoil: (outcome) => changeAsset(outcome, (_, { maskedLocalPath, publications }) => maskedLocalPath === null && publications.some(({ state }) => state === 'published'), () => ({ fileSha256: '0'.repeat(64) })),
  },
  { name: 'forget a path', expected: /^mask: .* names no mask/, spoil: (outcome) => changeAsset(outcome, isPublic, () => ({ maskedLocalPath: null })) },
  { name: 'make a mask twice', expected: /^mask: .* 2 masks of the model/, spoil: (outcome) => changeAsset(outcome, ({ planned }, { revisions }) => !planned.isCorrupt && revisions.length > 0, ({ revisions }) => ({ revisions: [...revisions, ...revisions.filter(({ origin }) => origin === 'model')] })) },
  { name: 'lose an approval', expected: /^verdict: an acknowledged approve .* is lost/, spoil: (outcome) => withoutVerdict(outcome) },
  {
    name: 'a model’s mask over an approval',
    expected: /^mask: .* published is .*, right is/,
    spoil: (outcome) =>
      changeAsset(outcome, isApproved, ({ publications, revisions }) => {
        const last = publications.at(-1);
        const model = revisions.find(({ origin }) => origin === 'model');
        if (last === undefined || model === undefined) return {};
        // Another mask than the approved one, whatever that is.
        return { publications: [...publications, { ...last, revisionId: `${model.revisionId}-again` as typeof model.revisionId, rank: 'model', state: 'published', events: [] }] };
      }),
  },
  { name: 'repeat an event with another id', expected: /^event: nobody promised/, spoil: (outcome) => addEvent(outcome, isMask, (received) => ({ ...received, event: { ...received.event, event_id: crypto.randomUUID() } })) },
  { name: 'the same event with another content', expected: /^event: .* different contents/, spoil: (outcome) => addEvent(outcome, isMask, (received) => ({ ...received, event: { ...received.event, mask_path: 'elsewhere.png' } })) },
  {
    name: 'lose an event',
    expected: /^event: .* never arrived/,
    spoil: (outcome) => {
      const lost = outcome.received.find(isMask)?.event.event_id;
      return lost === undefined ? null : { ...outcome, received: outcome.received.filter(({ event }) => event.event_id !== lost) };
    },
  },
  {
    name: 'an event before its file',
    expected: /^order: .* came before its file/,
    spoil: (outcome) => {
      const neverWithdrawn = new Set(outcome.assets.filter(({ known }) => known?.publications.every(({ revisionId }) => revisionId !== null) === true).map(({ planned }) => planned.id));
      const isOne = (received: ReceivedEvent): boolean => masksOf(received.event).some(({ id }) => neverWithdrawn.has(id));
      return addEvent(outcome, isOne, (received) => ({ ...received, missing: masksOf(received.event).map(({ id }) => id) }));
    },
  },
  {
    name: 'change a total',
    expected: /^batch: .* total \d+, right is \d+/,
    spoil: (outcome) => changeEvent(outcome, isBatch, ({ total_images: images, total_keyframes: keyframes }) => (images === undefined ? { total_keyframes: (keyframes ?? 0) + 1 } : { total_images: images + 1 })),
  },
  { name: 'a second batch event', expected: /^batch: .* 2 batch event ids/, spoil: (outcome) => addEvent(outcome, isBatch, (received) => ({ ...received, event: { ...received.event, event_id: crypto.randomUUID() } })) },
  {
    name: 'a batch event before those of its assets',
    expected: /^batch: .* came before the event/,
    spoil: (outcome) => {
      const jobs = new Set(outcome.intake.filter(({ state }) => state === 'stored').map(({ jobId, asset }) => `${jobId} ${asset.kind}`));
      const kindOf = ({ topic }: ReceivedEvent): string => (topic.startsWith('video') ? 'keyframe' : 'product_image');
      const one = outcome.received.find((received) => isBatch(received) && jobs.has(`${received.event.job_id} ${kindOf(received)}`));
      return one === undefined ? null : { ...outcome, received: outcome.received.map((received) => (received.event.event_id === one.event.event_id ? { ...received, publishedAtMs: 0 } : received)) };
    },
  },
  { name: 'drop a dead letter', expected: /^poison: not in a dead-letter queue/, spoil: (outcome) => (outcome.poison.length === 0 ? null : { ...outcome, deadLetters: outcome.deadLetters.filter((body) => body !== outcome.poison[0]?.body) }) },
  { name: 'a sound message among the dead letters', expected: /^poison: a dead letter that is none/, spoil: (outcome) => ({ ...outcome, deadLetters: [...outcome.deadLetters, outcome.jobs[0]?.messages[0]?.body ?? '{}'] }) },
  {
    name: 'fail a sound picture',
    expected: /^mask: .* nothing is wrong with its photo/,
    spoil: (outcome) => {
      const index = outcome.intake.findIndex(({ state }) => state === 'stored');
      return index < 0 ? null : { ...outcome, intake: outcome.intake.map((row, at) => (at === index ? { ...row, state: 'failed', errorCode: 'timeout' } : row)) };
    },
  },
  { name: 'leave an event in the outbox', expected: /^rest: 1 events wait/, spoil: (outcome) => ({ ...outcome, unsentEvents: 1 }) },
];

const withoutVerdict = (outcome: Outcome): Outcome | null => {
  const lost = [...outcome.verdicts.values()].find(({ kind }) => kind === 'approve')?.verdictId;
  return lost === undefined ? null : { ...outcome, verdicts: new Map([...outcome.verdicts].filter(([id]) => id !== lost)) };
};
