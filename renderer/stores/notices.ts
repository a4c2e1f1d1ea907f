import { create } from 'zustand';
import { isCancelled } from '../../shared/errors/errors.ts';
import { sentenceOf } from '../bridge/errors.ts';

export interface NoticeButton {
  readonly label: string;
  readonly run: () => void;
}

export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'success' | 'warning' | 'error';
  readonly message: string;
  readonly buttons: readonly NoticeButton[];
  /** A later notice with the same topic replaces this one. */
  readonly topic: string | null;
}

interface NoticeInput {
  readonly level: Notice['level'];
  readonly message: string;
  readonly buttons?: readonly NoticeButton[];
  readonly topic?: string;
  /** Milliseconds on screen; null: until it is dismissed. Default: 6 s, errors and questions stay. */
  readonly lifeMs?: number | null;
}

const defaultLifeMs = 6000;
/** More at once are not read. */
const mostShown = 4;

export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let lastId = 0;

export const dismissNotice = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

export const dismissTopic = (topic: string): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.topic !== topic) }));

/** Shows a sentence in the corner, never in the way. @returns its id */
export const notify = (input: NoticeInput): number => {
  const id = ++lastId;
  const { level, message, buttons = [], topic = null } = input;
  const stays = level === 'error' || (level === 'warning' && buttons.length > 0);
  const lifeMs = input.lifeMs === undefined ? (stays ? null : defaultLifeMs) : input.lifeMs;
  useNotices.setState(({ notices }) => {
    const others = notices.filter((notice) => topic === null || notice.topic !== topic);
    return { notices: [...others, { id, level, message, buttons, topic }].slice(-mostShown) };
  });
  if (lifeMs !== null) setTimeout(() => dismissNotice(id), lifeMs);
  return id;
};

/** For work that nobody waits for: what goes wrong is said, a cancellation is not. */
export const reportFailure = (error: unknown, topic?: string): void => {
  if (isCancelled(error)) return;
  notify({ level: 'error', message: sentenceOf(error), ...(topic === undefined ? {} : { topic }) });
};

/** Runs work in the background; see {@link reportFailure}. */
export const inBackground = (work: Promise<unknown>, topic?: string): void => {
  work.catch((error: unknown) => reportFailure(error, topic));
};
