import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import { eventStream } from './eventStream.ts';
import { rpc } from './context.ts';

const preferenceKey = (key: string): string => `preference.${key}`;

export const appHandlers = {
  info: rpc.app.info.handler(({ context }) => context.services.info()),
  events: rpc.app.events.handler(({ context, signal }) =>
    eventStream<AppEvent>((sink) => context.services.events.listen(sink.push), signal),
  ),
  getPreference: rpc.app.getPreference.handler(async ({ context, input }) =>
    (await context.services.store.settings.get(preferenceKey(input.key))) ?? null,
  ),
  setPreference: rpc.app.setPreference.handler(({ context, input }) =>
    context.services.store.settings.set(preferenceKey(input.key), input.value),
  ),
};
