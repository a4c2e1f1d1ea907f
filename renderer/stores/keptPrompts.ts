import { create } from 'zustand';
import type { PromptRecord } from '../../shared/domain/promptRecord.ts';

interface KeptPrompts {
  /** By shared/domain/asset.ts `assetKey`: what drafts were prompted with, as they were read. */
  readonly byAsset: Readonly<Record<string, PromptRecord>>;
}

/** Prompts that came with drafts from the store and have not been opened again. */
export const useKeptPrompts = create<KeptPrompts>(() => ({ byAsset: {} }));

/** @param prompts null: the draft has none, or is gone */
export const keepDraftPrompts = (key: string, prompts: PromptRecord | null): void =>
  useKeptPrompts.setState(({ byAsset }) => {
    if (prompts === null && byAsset[key] === undefined) return {};
    const { [key]: _replaced, ...others } = byAsset;
    return { byAsset: prompts === null ? others : { ...others, [key]: prompts } };
  });
