import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../../electron/cli/crash/random.ts';
import { standardTopics } from '../../electron/services/intake/intakeOptions.ts';
import { parseMessage } from '../../electron/services/intake/parseMessage.ts';
import { planJob, planPoison } from './stream.ts';

const parsed = ({ topic, body }: { readonly topic: string; readonly body: string }) => parseMessage(standardTopics, { topic, body: new TextEncoder().encode(body) });

it('plans jobs whose messages can all be read, name each picture, and say their number; the same again from the same seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (seed) => {
      const job = planJob(createRandom(seed), 7, 'run');
      expect(planJob(createRandom(seed), 7, 'run')).toEqual(job);
      const messages = job.messages.map(parsed).map((result) => ('message' in result ? result.message : null));
      expect(messages).not.toContain(null);
      const named = new Set(messages.flatMap((message) => (message !== null && 'assets' in message ? message.assets.map(({ id }) => id) : [])));
      expect([...named].sort()).toEqual(job.assets.map(({ id }) => id).sort());
      expect(new Set(messages.flatMap((message) => (message !== null && 'expected' in message ? [message.expected] : [])))).toEqual(new Set([job.assets.length]));
      expect(messages.every((message) => message?.jobId === job.jobId)).toBe(true);
    }),
  );
});

it('plans poison that nobody can read, each another one', () => {
  const random = createRandom(1);
  const poison = Array.from({ length: 60 }, (_, number) => planPoison(random, number, 'run'));
  expect(new Set(poison.map(({ body }) => body)).size).toBe(60);
  for (const message of poison) expect(parsed(message)).toHaveProperty('fault');
});
