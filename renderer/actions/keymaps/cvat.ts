import type { KeymapPreset } from './keymapPreset.ts';

/**
 * CVAT's standard workspace: F and D go through the frames, V goes on by a step, H hides, Ctrl+S saves, F1 lists the shortcuts, F2 opens
 * the settings. Source: "Shortcuts" in CVAT's user guide (github.com/cvat-ai/cvat, cvat/apps/documentation/user_guide.md).
 * Saving is what ends the work on an item there, so here it approves.
 */
export const cvatKeymap: KeymapPreset = {
  id: 'cvat',
  label: 'CVAT',
  keys: {
    approve: ['Ctrl+S', 'Enter'],
    next: ['F', 'ArrowRight'],
    previous: ['D', 'ArrowLeft'],
    nextUnreviewed: ['Shift+F'],
    'zoom.fit': ['0'],
    'view.hide': ['H'],
    shortcuts: ['F1', '?'],
    settings: ['F2', 'Ctrl+,'],
  },
};
