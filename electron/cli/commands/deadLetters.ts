import { systemClock } from '../../base/systemClock.ts';
import { createLogger } from '../../base/logger.ts';
import { openBrokerPart } from '../../app/openParts.ts';
import { intakeSettingsOf } from '../../worker/intakeSettings.ts';
import { resolveWorkerSettings } from '../../worker/workerSettings.ts';
import { availableMemoryBytes } from '../../worker/memoryUse.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Consumer, DeadLetter, DeadLetterFate } from '../../../shared/ports/broker.ts';
import type { AddCommand } from '../addCommand.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../output.ts';

interface Options {
  readonly topic?: string;
  readonly limit: string;
  readonly all?: boolean;
}

const longestShown = 160;

const help = `
maskdesk dead-letters list                 each with its id, where it came from and why it was put aside
maskdesk dead-letters show ID...           its whole body
maskdesk dead-letters replay ID... | --all back into the queue it came from; a worker takes it as any message
maskdesk dead-letters drop ID... | --all   gone for good

Nothing is lost by looking, and a message leaves the dead letters only once the broker has confirmed that it is back in its queue. Repeating a message
changes nothing that is done.`;

const textOf = ({ body }: DeadLetter): string => new TextDecoder().decode(body);
/** Of what is no text, so that a terminal survives it. */
const oneLine = (text: string): string => {
  const clean = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return clean.length > longestShown ? `${clean.slice(0, longestShown)}…` : clean;
};
const recordOf = (letter: DeadLetter) => ({ id: letter.letterId, topic: letter.topic, queue: letter.queue, reason: letter.reason, since: letter.since, times: letter.times, bytes: letter.body.byteLength });

const readLimit = (text: string): number => {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new ExpectedError('usage', `--limit is a whole number from 1, not '${text}'.`);
  return limit;
};

type Sort = (decide: (letter: DeadLetter) => DeadLetterFate) => Promise<void>;

const list = async ({ output, signal }: CommandContext, sort: Sort, limit: number): Promise<number> => {
  let count = 0;
  await sort((letter) => {
    if (count === limit || signal.aborted) return 'stop';
    count++;
    output.answer(
      recordOf(letter),
      `${letter.letterId}  ${letter.since ?? 'no time'}  ${letter.queue}${letter.times !== null && letter.times > 1 ? `  (${letter.times} times)` : ''}\n  ${letter.reason ?? 'Another program put it here and gave no reason.'}\n  ${oneLine(textOf(letter))}`,
    );
    return 'keep';
  });
  if (count === 0) output.note('No dead letters.');
  if (count === limit) output.note(`At most ${limit} are shown; --limit shows more.`);
  return exitCodes.ok;
};

const show = async ({ output }: CommandContext, sort: Sort, ids: ReadonlySet<string>): Promise<number> => {
  const missing = new Set(ids);
  await sort((letter) => {
    if (missing.size === 0) return 'stop';
    if (missing.delete(letter.letterId)) output.answer({ ...recordOf(letter), body: textOf(letter) }, `${letter.letterId}  ${letter.queue}\n  ${letter.reason ?? ''}\n${textOf(letter)}`);
    return 'keep';
  });
  return tellMissing(output, missing);
};

const take = async ({ output, signal }: CommandContext, sort: Sort, ids: ReadonlySet<string> | null, fate: 'replay' | 'drop'): Promise<number> => {
  const missing = new Set(ids ?? []);
  let count = 0;
  await sort((letter) => {
    if (signal.aborted || (ids !== null && missing.size === 0)) return 'stop';
    if (ids !== null && !missing.delete(letter.letterId)) return 'keep';
    count++;
    return fate;
  });
  output.answer({ [fate === 'replay' ? 'replayed' : 'dropped']: count }, `${count} ${fate === 'replay' ? 'put back into their queues' : 'dropped'}`);
  return signal.aborted ? exitCodes.interrupted : tellMissing(output, missing);
};

const tellMissing = (output: CommandContext['output'], missing: ReadonlySet<string>): number => {
  for (const id of missing) output.failure(new ExpectedError('not_found', `No dead letter has the id ${id}.`), { id });
  return missing.size === 0 ? exitCodes.ok : exitCodes.failed;
};

const consumerFor = async (context: CommandContext): Promise<{ readonly consumer: Consumer; readonly topics: readonly string[]; readonly close: () => Promise<void> }> => {
  const config = await context.loadConfig();
  const broker = await openBrokerPart(config, systemClock, createLogger('maskdesk', 'silent'), 'maskdesk dead-letters');
  if (broker.consumer === null) throw new ExpectedError('usage', 'There is no message broker in the configuration, so there are no dead letters. [broker] url names one.');
  const { topics } = intakeSettingsOf(resolveWorkerSettings(config.worker, availableMemoryBytes()));
  return { consumer: broker.consumer, topics: Object.values(topics).flat(), close: () => broker.close() };
};

export const registerDeadLetters = (add: AddCommand): void => {
  const { command, run } = add('dead-letters', 'messages that were put aside: look at them, put them back, or drop them');
  command
    .argument('<what>', 'list, show, replay or drop')
    .argument('[ids...]', 'as list tells them')
    .option('--topic <name>', 'of this topic alone')
    .option('--limit <n>', 'for list: how many at most', '100')
    .option('--all', 'for replay and drop: every one')
    .addHelpText('after', help);
  run<Options>(async (context, { topic, limit, all }, [what, given]) => {
    const ids = new Set(given as readonly string[]);
    const isTaking = what === 'replay' || what === 'drop';
    if (what !== 'list' && what !== 'show' && !isTaking) throw new ExpectedError('usage', `dead-letters takes list, show, replay or drop, not '${String(what)}'.`);
    if (what === 'show' && ids.size === 0) throw new ExpectedError('usage', 'dead-letters show needs an id.');
    if (isTaking && (ids.size === 0) !== (all === true)) throw new ExpectedError('usage', `dead-letters ${what} needs ids, or --all.`);
    const most = readLimit(limit);
    const { consumer, topics, close } = await consumerFor(context);
    if (topic !== undefined && !topics.includes(topic)) throw new ExpectedError('usage', `--topic is one of ${topics.join(', ')}.`);
    const sort: Sort = (decide) => consumer.sortDeadLetters(topic === undefined ? topics : [topic], decide);
    try {
      if (what === 'list') return await list(context, sort, most);
      if (what === 'show') return await show(context, sort, ids);
      return await take(context, sort, all === true ? null : ids, what);
    } finally {
      await close();
    }
  });
};
