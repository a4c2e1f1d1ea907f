import { z } from 'zod';
import { create } from 'zustand';
import { core } from '../bridge/core.ts';

const key = 'inspector.folded';
const schema = z.array(z.string().max(40)).max(40);

/** Parts of the inspector that this person has folded, kept at this machine. */
export const useFoldedSections = create<{ readonly folded: readonly string[] }>(() => ({ folded: ['history'] }));

export const loadFoldedSections = async (): Promise<void> => {
  const kept = schema.safeParse(await core().app.getPreference({ key, scope: 'machine' }));
  if (kept.success) useFoldedSections.setState({ folded: kept.data });
};

const keep = async (folded: readonly string[]): Promise<void> => {
  useFoldedSections.setState({ folded });
  await core().app.setPreference({ key, value: [...folded], scope: 'machine' });
};

/** Takes effect at once, then is kept. */
export const toggleSection = (id: string): Promise<void> => {
  const { folded } = useFoldedSections.getState();
  return keep(folded.includes(id) ? folded.filter((other) => other !== id) : [...folded, id]);
};

/** As when an action wants it in sight. */
export const unfoldSection = async (id: string): Promise<void> => {
  const { folded } = useFoldedSections.getState();
  if (folded.includes(id)) await keep(folded.filter((other) => other !== id));
};
