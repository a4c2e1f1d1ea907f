import type { AssetState } from '../../shared/domain/asset.ts';
import type { AssetFilter, VerdictHistory } from '../../shared/domain/assetQuery.ts';
import { setFilterOf } from '../../shared/domain/maskSet.ts';

/** The states that have masks, in the order in which they are offered. */
export const maskStates = ['approved', 'to_review', 'rejected'] as const satisfies readonly AssetState[];
export type MaskState = (typeof maskStates)[number];

/** What a set begins with. */
export const approvedOnly: AssetFilter = { states: ['approved'] };

/** What most people mean by it, in the order in which it is offered. */
export const historyLabels: Readonly<Record<VerdictHistory, string>> = {
  never_rejected: 'Never rejected',
  ever_rejected: 'Rejected before',
  corrected: 'Corrected by a person',
  as_made: 'As the model made it',
  reopened: 'Reopened before',
};

type Change = { readonly [Key in keyof AssetFilter]: AssetFilter[Key] | null };

/** With these set, and those that are null taken away. */
export const changedFilter = (filter: AssetFilter, change: Change): AssetFilter =>
  Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value !== null && value !== undefined));

/** No state named: approved ones. */
export const statesOf = (filter: AssetFilter): readonly MaskState[] => maskStates.filter((state) => setFilterOf(filter).states?.includes(state));

/** Every mask there is. */
export const everyMask: AssetFilter = { states: maskStates };

/** As the core takes it. */
export const sentFilter = ({ states, ...rest }: AssetFilter): Omit<AssetFilter, 'states'> & { states?: AssetState[] } => ({ ...rest, ...(states === undefined ? {} : { states: [...states] }) });

/** One state is always left. */
export const withStateToggled = (filter: AssetFilter, state: MaskState): AssetFilter => {
  const now = statesOf(filter);
  const next = maskStates.filter((other) => now.includes(other) !== (other === state));
  return next.length === 0 ? filter : { ...filter, states: next };
};

/** Key order and the order of states do not matter. */
export const sameSetFilter = (a: AssetFilter, b: AssetFilter): boolean => {
  const plain = (filter: AssetFilter): string =>
    JSON.stringify(
      Object.entries(setFilterOf(filter))
        .map(([key, value]: readonly [string, unknown]) => [key, Array.isArray(value) ? [...(value as readonly string[])].sort() : value] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  return plain(a) === plain(b);
};

const dayMs = 86_400_000;
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** "2026-11-12", in the time zone of this machine, as a field for dates has it. */
export const dayOf = (atMs: number): string => {
  const at = new Date(atMs);
  return `${String(at.getFullYear()).padStart(4, '0')}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`;
};

/** The midnight that a day begins with; null for what is no day. */
export const startOfDay = (day: string): number | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return null;
  const at = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])).getTime();
  return at > 0 && dayOf(at) === day ? at : null;
};

/** The midnight that a day ends with: by the calendar, a day of the change to summer time has 23 hours. */
export const endOfDay = (day: string): number | null => {
  const start = startOfDay(day);
  return start === null ? null : startOfDay(dayOf(start + dayMs + dayMs / 8));
};

/** The last day that is wholly before a moment. */
export const dayBefore = (beforeMs: number): string => dayOf(beforeMs - 1);
