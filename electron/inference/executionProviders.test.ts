import fc from 'fast-check';
import { expect, it } from 'vitest';
import { providerOrder, providersFromEnv } from './executionProviders.ts';

const names = fc.subarray(['cuda', 'webgpu', 'coreml', 'dml', 'cpu'] as const);

it('every order ends in the CPU, once, and names no provider twice', () => {
  fc.assert(
    fc.property(fc.option(fc.array(names).map((lists) => lists.flat())), fc.option(names, { nil: undefined }), (wanted, suited) => {
      const order = providerOrder(wanted, suited);
      expect(order.at(-1)).toBe('cpu');
      expect(new Set(order).size).toBe(order.length);
      for (const provider of order.slice(0, -1)) {
        expect(suited?.includes(provider) ?? true).toBe(true);
        expect(wanted?.includes(provider) ?? true).toBe(true);
      }
    }),
  );
});

it("a person's choice comes from the environment, without names that nobody knows", () => {
  expect(providersFromEnv({})).toBeNull();
  expect(providersFromEnv({ MASKDESK_EXECUTION_PROVIDERS: 'CUDA, warp ,cpu' })).toEqual(['cuda', 'cpu']);
});
