import { unfoldSection } from '../../stores/foldedSections.ts';
import { isFolded, useLayout } from '../../stores/layout.ts';
import { inBackground } from '../../stores/notices.ts';
import { toggleOverlay } from '../../stores/overlay.ts';
import type { Action } from '../action.ts';

/** The inspector's section of the tool in hand, by its element's id. */
export const toolSectionId = 'inspector-tool';
const firstControl = 'input, [role="slider"], [role="switch"], [role="combobox"], [role="radio"], [role="checkbox"]';

const showInInspector = async (): Promise<void> => {
  await unfoldSection('tool');
  requestAnimationFrame(() => {
    const section = document.getElementById(toolSectionId);
    section?.scrollIntoView({ block: 'nearest' });
    section?.querySelector<HTMLElement>(firstControl)?.focus({ focusVisible: true });
  });
};

/** To them with the keyboard; where the inspector is folded they come as a list of their own. */
export const toolOptions: Action = {
  id: 'toolOptions',
  label: 'Options of the tool in hand',
  group: 'Tools',
  keys: ['T'],
  run: () => {
    if (isFolded(useLayout.getState(), 'inspector')) toggleOverlay('toolOptions');
    else inBackground(showInInspector(), 'layout');
  },
};
