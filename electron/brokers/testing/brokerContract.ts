import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asId, type EventId } from '../../../shared/domain/ids.ts';
import type { Broker, OutgoingEvent } from '../../../shared/ports/broker.ts';

export interface BrokerFixture {
  readonly broker: Broker;
  /** Messages that a subscriber would have got by now, in order, parsed. */
  received(): Promise<readonly Record<string, unknown>[]>;
  /** Another connection, as a second process would have. The fixture closes it. */
  openAnother(): Promise<Broker>;
  /** Whether the receiver itself keeps the first of several messages with one id; else all of them arrive. */
  readonly keepsFirstOnly: boolean;
  dispose(): Promise<void>;
}

export const eventNumber = (number: number, more: Record<string, unknown> = {}): OutgoingEvent => {
  const eventId = asId<EventId>(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
  return {
    eventId,
    topic: 'products.image.masked',
    payload: { event_id: eventId, job_id: 'job-a', image_id: `image ${number}`, mask_path: `data/masks/products/${number}.png`, ...more },
    correlationId: 'job-a',
  };
};

/** What every adapter of the Broker port must do (shared/ports/broker.ts). */
export const brokerContract = (name: string, makeFixture: () => Promise<BrokerFixture>): void => {
  describe(`Broker: ${name}`, () => {
    let fixture: BrokerFixture;
    beforeEach(async () => {
      fixture = await makeFixture();
    });
    afterEach(() => fixture.dispose());

    const distinctIds = async (): Promise<string[]> => [...new Set((await fixture.received()).map((message) => String(message['event_id'])))];

    it('carries the payload as it is, with transient metadata beside it', async () => {
      const event = eventNumber(1, { note: 'line\nbreak, "quotes", Größe Ж 🧦 \u2028', extra: { deep: [1, null, true] } });
      await fixture.broker.publish(event);
      const [message] = await fixture.received();
      const { _metadata: metadata, ...payload } = message ?? {};
      expect(payload).toEqual(event.payload);
      expect(metadata).toMatchObject({ correlation_id: 'job-a', topic: 'products.image.masked', timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string });
    });

    it('keeps the order of events that wait for each other', async () => {
      for (let number = 1; number <= 5; number++) await fixture.broker.publish(eventNumber(number));
      expect((await fixture.received()).map((message) => message['image_id'])).toEqual([1, 2, 3, 4, 5].map((number) => `image ${number}`));
    });

    it('takes the same event again without an error', async () => {
      await fixture.broker.publish(eventNumber(1));
      await fixture.broker.publish(eventNumber(1));
      const another = await fixture.openAnother();
      await another.publish(eventNumber(1));
      await another.publish(eventNumber(2));
      await fixture.broker.publish(eventNumber(2));
      expect(await distinctIds()).toEqual([eventNumber(1).eventId, eventNumber(2).eventId]);
      if (fixture.keepsFirstOnly) expect(await fixture.received()).toHaveLength(2);
    });

    it('loses none of many at once, from two sides', async () => {
      const another = await fixture.openAnother();
      const all = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? fixture.broker : another).publish(eventNumber(index)));
      await Promise.all(all);
      expect((await distinctIds()).sort()).toEqual(Array.from({ length: 40 }, (_, index) => eventNumber(index).eventId));
    });

    it('refuses what comes after closing', async () => {
      await fixture.broker.close();
      await expect(fixture.broker.publish(eventNumber(1))).rejects.toThrow(/closed/);
    });
  });
};
