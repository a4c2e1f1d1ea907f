import type { AddCommand } from '../addCommand.ts';

const pageSize = 1000;

export const registerEvents = (add: AddCommand): void => {
  const { run } = add('events', 'list the events that approvals sent, oldest first');
  run(async ({ output, openToRead, signal }) => {
    const { services } = await openToRead();
    let afterSequence = 0;
    for (;;) {
      const page = await services.store.outbox.list({ afterSequence, limit: pageSize });
      for (const { eventId, topic, payload, createdAtMs, sentAtMs, sequence } of page) {
        afterSequence = sequence;
        const at = new Date(createdAtMs).toISOString();
        output.answer(
          { ...payload, event_id: eventId, topic, created_at: at, sent: sentAtMs !== null },
          `${at}  ${sentAtMs === null ? 'waiting' : 'sent   '}  ${topic}  ${eventId}  ${JSON.stringify(payload)}`,
        );
      }
      if (page.length < pageSize || signal.aborted) return;
    }
  });
};
