import type { KeymapPreset } from './keymapPreset.ts';

/**
 * Label Studio: Ctrl+Enter submits, Ctrl+Space skips, Ctrl with the arrows goes through the tasks, Alt+H hides. Source: the editor's own
 * keymap (github.com/HumanSignal/label-studio, web/libs/editor/src/core/settings/keymap.json). Skipping there says that nothing good
 * can be had, so here it rejects.
 */
export const labelStudioKeymap: KeymapPreset = {
  id: 'labelStudio',
  label: 'Label Studio',
  keys: {
    approve: ['Ctrl+Enter', 'Enter'],
    reject: ['Ctrl+Space', 'Backspace'],
    next: ['Ctrl+ArrowRight', 'D'],
    previous: ['Ctrl+ArrowLeft', 'A'],
    'view.hide': ['Alt+H', 'H'],
  },
};
