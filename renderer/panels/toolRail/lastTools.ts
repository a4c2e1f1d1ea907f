import { create } from 'zustand';
import { toolSettings } from '../../actions/desk/editors.ts';
import { toolGroups } from './toolGroups.ts';

/** By the group's id: its tool that was in hand last. */
export const useLastTools = create<Readonly<Record<string, string>>>(() => ({}));

toolSettings.subscribe(({ toolId }) => {
  const group = toolGroups.find(({ toolIds }) => toolIds.includes(toolId));
  if (group !== undefined) useLastTools.setState({ [group.id]: toolId });
});
