import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import { eventStream } from './eventStream.ts';
import { rpc } from './context.ts';

const preferenceKey = (key: string): string => `preference.${key}`;

export const appHandlers = {
  info: rpc.app.info.handler(({ context }) => context.services.info()),
  publishNow: rpc.app.publishNow.handler(({ context }) => context.services.publishNow()),
  events: rpc.app.events.handler(({ context, signal }) =>
    eventStream<AppEvent>((sink) => context.services.events.listen(sink.push), signal),
  ),
  settings: rpc.app.settings.handler(({ context }) => context.services.settings.read()),
  changeSettings: rpc.app.changeSettings.handler(async ({ context: { services }, input }) => {
    const before = services.settings.read();
    const who = services.reviewer;
    const now = await services.settings.change(input);
    const changed = (Object.keys(input) as (keyof typeof input)[]).filter((name) => before[name] !== now[name]);
    const details = Object.fromEntries(changed.map((name) => [name, { before: before[name], now: now[name] }]));
    if (changed.length > 0) await services.store.audit.append({ kind: 'setting', who, asset: null, details });
    return now;
  }),
  getPreference: rpc.app.getPreference.handler(async ({ context, input: { key, scope } }) =>
    scope === 'machine' ? context.services.preferences.get(preferenceKey(key)) : ((await context.services.store.settings.get(preferenceKey(key))) ?? null),
  ),
  setPreference: rpc.app.setPreference.handler(({ context, input: { key, value, scope } }) =>
    scope === 'machine' ? context.services.preferences.set(preferenceKey(key), value) : context.services.store.settings.set(preferenceKey(key), value),
  ),
};
