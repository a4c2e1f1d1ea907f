import { z } from 'zod';

/** The menus of the system's menu bar, in its order. */
export const menuNames = ['File', 'Edit', 'View', 'Item', 'Tools', 'Window', 'Help'] as const;
export type MenuName = (typeof menuNames)[number];

const entrySchema = z.object({
  /** An action's id: what comes back when it is chosen. */
  id: z.string().min(1).max(100),
  label: z.string().min(1).max(200),
  /** The key as actions write it, `Ctrl+Shift+Z`; shown, never registered: keys are the page's. Null: none. */
  chord: z.string().max(60).nullable(),
  isEnabled: z.boolean(),
});
export type MenuEntry = z.infer<typeof entrySchema>;

/** The page's actions as menus; groups of a menu are separated by lines. */
export const menuModelSchema = z.array(z.object({ name: z.enum(menuNames), groups: z.array(z.array(entrySchema).max(60)).max(20) })).max(menuNames.length);
export type MenuModel = z.infer<typeof menuModelSchema>;
