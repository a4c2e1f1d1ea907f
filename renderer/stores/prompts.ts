import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ModelId } from '../../shared/domain/ids.ts';
import type { Join } from '../../shared/prompts/prompt.ts';

/**
 * idle: no photo is prepared · preparing: the photo is being read by the model; clicks are answered when it is done · answering: it is read, and
 * something that was asked for is not in the mask yet · missing: the model's files are
 * not on this machine · failed: it could not be prepared
 */
export type PromptPhase = 'idle' | 'preparing' | 'answering' | 'ready' | 'missing' | 'failed';

/** What a pane's prompts are like, for panels. Places and pixels are not in here. */
export interface PromptStatus {
  readonly phase: PromptPhase;
  /** Null: the model that is set. */
  readonly modelId: ModelId | null;
  /** While preparing: what is being done, and since when (Date.now). */
  readonly doing: string | null;
  readonly sinceMs: number;
  /** A sentence, in the phases missing and failed. */
  readonly problem: string | null;
  /** Whether there are handles on the picture. */
  readonly isOpen: boolean;
  readonly keepPoints: number;
  readonly leavePoints: number;
  readonly hasBox: boolean;
  readonly fromMask: boolean;
  /** Of the prompts in hand; null: there are none. */
  readonly join: Join | null;
  /** Of the prompts in hand, as PromptState has it; null: there are none. */
  readonly cleanCells: number | null;
  /** Asked for and not in the mask yet. */
  readonly waiting: number;
  /** Of the answer in the mask; empty: there is none. */
  readonly predictedIous: readonly number[];
  /** Of each of them: how many of the clicks it does not agree with. */
  readonly ignoredPoints: readonly number[];
  readonly chosen: number;
  /** Whether it is to be said that these prompts replace a mask that was there: at the first time that they do. */
  readonly replacesMask: boolean;
  /** Of the latest answer: milliseconds in the model, and where it ran. */
  readonly decodeMs: number | null;
  readonly backend: string | null;
}

export type PromptStatusStore = StoreApi<PromptStatus>;

export const noPrompts: PromptStatus = {
  phase: 'idle',
  modelId: null,
  doing: null,
  sinceMs: 0,
  problem: null,
  isOpen: false,
  keepPoints: 0,
  leavePoints: 0,
  hasBox: false,
  fromMask: false,
  join: null,
  cleanCells: null,
  waiting: 0,
  predictedIous: [],
  ignoredPoints: [],
  chosen: 0,
  replacesMask: false,
  decodeMs: null,
  backend: null,
};

/** One a pane. */
export const createPromptStatus = (): PromptStatusStore => createStore<PromptStatus>(() => noPrompts);
