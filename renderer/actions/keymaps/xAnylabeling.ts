import type { KeymapPreset } from './keymapPreset.ts';

/**
 * X-AnyLabeling: A and D go through the files, Ctrl+Shift+D to the next that is unchecked, Ctrl+S saves, Delete deletes, Ctrl+M runs the
 * model, Ctrl with +, -, 0 and F zooms, Ctrl+U opens a folder. Source: `shortcuts` in the tool's own configuration
 * (github.com/CVHub520/X-AnyLabeling, anylabeling/configs/xanylabeling_config.yaml).
 */
export const xAnylabelingKeymap: KeymapPreset = {
  id: 'xAnylabeling',
  label: 'X-AnyLabeling',
  keys: {
    approve: ['Ctrl+S', 'Enter'],
    reject: ['Delete', 'Backspace'],
    rerun: ['Ctrl+M'],
    next: ['D', 'ArrowRight'],
    previous: ['A', 'ArrowLeft'],
    nextUnreviewed: ['Ctrl+Shift+D'],
    'zoom.in': ['Ctrl++', 'Ctrl+='],
    'zoom.out': ['Ctrl+-'],
    'zoom.actual': ['Ctrl+0'],
    'zoom.fit': ['Ctrl+F'],
    find: ['/'],
    models: ['Ctrl+Shift+M'],
    import: ['Ctrl+U', 'Ctrl+I'],
  },
};
