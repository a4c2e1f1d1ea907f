import { z } from 'zod';
import { create } from 'zustand';
import { core } from '../bridge/core.ts';

interface PaletteState {
  /** Why a command makes no sense now, by the action's id; asked before the palette covered the desk. Those that are not listed do. */
  readonly obstacles: Readonly<Record<string, string>>;
  /** Ids of the commands that were run from here, latest first. */
  readonly recent: readonly string[];
}

const mostRecent = 12;
const recentSchema = z.array(z.string().max(100)).max(mostRecent);

export const usePalette = create<PaletteState>(() => ({ obstacles: {}, recent: [] }));

export const setObstacles = (obstacles: PaletteState['obstacles']): void => usePalette.setState({ obstacles });

export const loadRecent = async (): Promise<void> => {
  const kept = recentSchema.safeParse(await core().app.getPreference({ key: 'palette.recent', scope: 'machine' }));
  if (kept.success) usePalette.setState({ recent: kept.data });
};

export const noteRecent = async (id: string): Promise<void> => {
  const recent = [id, ...usePalette.getState().recent.filter((other) => other !== id)].slice(0, mostRecent);
  usePalette.setState({ recent });
  await core().app.setPreference({ key: 'palette.recent', value: recent, scope: 'machine' });
};
