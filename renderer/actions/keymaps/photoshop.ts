import type { KeymapPreset } from './keymapPreset.ts';

/**
 * Photoshop's own defaults, as far as there is something of the kind here: B, E, L, P, W and H take a tool, G pours into an area (here: into a
 * hole), M draws a rectangle (here: the box prompt), `[` and `]` size the brush, `{` and `}` its hardness, `\` shows and hides the mask's tint,
 * Ctrl+0 fits, Ctrl+1 is 100 %, Ctrl+I inverts, Ctrl+K opens the preferences, Ctrl+Alt+Shift+K the keys, Ctrl+S saves, which here approves,
 * F goes through the ways to fill the screen. Digits set a brush's opacity there; a mask has none, so they stay as they are. Photoshop keeps all lassos on L; here Shift+L is
 * the magnetic one. Source: "Default keyboard shortcuts in Adobe Photoshop" (helpx.adobe.com/photoshop/using/default-keyboard-shortcuts.html).
 */
export const photoshopKeymap: KeymapPreset = {
  id: 'photoshop',
  label: 'Photoshop',
  keys: {
    approve: ['Ctrl+S', 'Enter'],
    next: ['Ctrl+Tab', 'D', 'ArrowRight'],
    previous: ['Ctrl+Shift+Tab', 'A', 'ArrowLeft'],
    undo: ['Ctrl+Z'],
    redo: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    'tool.brush': ['B'],
    'tool.eraser': ['E'],
    'tool.hand': ['H'],
    'tool.lasso': ['L'],
    'tool.magnetic': ['Shift+L'],
    'tool.polygon': ['P'],
    'tool.wand': ['W'],
    'tool.fillHole': ['G'],
    'tool.box': ['M'],
    'view.hide': ['\\'],
    'view.single': ['F', 'S'],
    'adjust.invert': ['Ctrl+I', 'Ctrl+Shift+I'],
    'zoom.fit': ['Ctrl+0'],
    'zoom.actual': ['Ctrl+1', '1'],
    'zoom.in': ['Ctrl++', 'Ctrl+=', '+', '='],
    'zoom.out': ['Ctrl+-', '-'],
    settings: ['Ctrl+K', 'Ctrl+,'],
    palette: ['Ctrl+Shift+P', 'Ctrl+F'],
    find: ['/'],
    shortcuts: ['Ctrl+Alt+Shift+K', '?'],
  },
};
