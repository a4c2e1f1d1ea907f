import { create } from 'zustand';
import { isCancelled, isExpected } from '../../shared/errors/errors.ts';
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

/** What was said, for reading again. */
export interface LoggedNotice extends Notice {
  readonly atMs: number;
  /** How often the same was said in a row. */
  readonly times: number;
}

/** Older ones are forgotten. */
const mostLogged = 200;

interface NoticesState {
  readonly notices: readonly Notice[];
  /** Newest first. */
  readonly log: readonly LoggedNotice[];
  /** Warnings and errors since the log was last looked at. */
  readonly unseen: number;
}

export const useNotices = create<NoticesState>(() => ({ notices: [], log: [], unseen: 0 }));

let lastId = 0;

export const dismissNotice = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));

export const isNoticeShown = (id: number): boolean => useNotices.getState().notices.some((notice) => notice.id === id);

export const dismissTopic = (topic: string): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.topic !== topic) }));

export const markNoticesSeen = (): void => useNotices.setState({ unseen: 0 });
export const clearNoticesLog = (): void => useNotices.setState({ log: [], unseen: 0 });

const logged = (log: readonly LoggedNotice[], notice: Notice): readonly LoggedNotice[] => {
  const [last, ...older] = log;
  const entry = { ...notice, atMs: Date.now(), times: 1 };
  if (last?.message === notice.message && last.level === notice.level) return [{ ...entry, times: last.times + 1 }, ...older];
  return [entry, ...log].slice(0, mostLogged);
};

/** Shows a sentence in the corner, never in the way. @returns its id */
export const notify = (input: NoticeInput): number => {
  const id = ++lastId;
  const { level, message, buttons = [], topic = null } = input;
  const stays = level === 'error' || (level === 'warning' && buttons.length > 0);
  const lifeMs = input.lifeMs === undefined ? (stays ? null : defaultLifeMs) : input.lifeMs;
  const notice: Notice = { id, level, message, buttons, topic };
  useNotices.setState(({ notices, log, unseen }) => {
    const others = notices.filter((other) => topic === null || other.topic !== topic);
    const isTrouble = level === 'error' || level === 'warning';
    return { notices: [...others, notice].slice(-mostShown), log: logged(log, notice), unseen: unseen + (isTrouble ? 1 : 0) };
  });
  if (lifeMs !== null) setTimeout(() => dismissNotice(id), lifeMs);
  return id;
};

/** What the desk reads by itself: that the store is away is said by the line over the desk, once. */
const unasked: ReadonlySet<string> = new Set(['start', 'follow', 'queue', 'history', 'checks', 'leases', 'draft', 'stream', 'photo', 'waiting', 'layout', 'layers', 'view', 'tool', 'place', 'facets', 'pipelineJobs', 'comments', 'prompts', 'audit', 'segment', 'unfinishedExports']);

const reportAway = (topic: string | undefined): void => {
  if (topic === undefined || unasked.has(topic)) return;
  notify({ level: 'warning', topic: 'away', message: 'That can’t be done while the store is not reachable. Masks, drafts and verdicts can: they are kept on this machine.' });
};

/** For work that nobody waits for: what goes wrong is said, a cancellation is not. */
export const reportFailure = (error: unknown, topic?: string): void => {
  if (isCancelled(error)) return;
  if (isExpected(error, 'store_unreachable') || isExpected(error, 'blobs_unreachable')) return reportAway(topic);
  notify({ level: 'error', message: sentenceOf(error), ...(topic === undefined ? {} : { topic }) });
};

/** Runs work in the background; see {@link reportFailure}. */
export const inBackground = (work: Promise<unknown>, topic?: string): void => {
  work.catch((error: unknown) => reportFailure(error, topic));
};
