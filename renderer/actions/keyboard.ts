import { useOverlay } from '../stores/overlay.ts';
import type { Action } from './action.ts';
import { toolKeys, type ToolKey } from '../editor/tools/tool.ts';
import { activeEditor, bothEditors } from './desk/editors.ts';
import { keysOf } from './keymaps/effective.ts';
import { actionFor, chordOf } from './keys.ts';
import { isForLayer, layerOf, tabIntoLayer } from './layers.ts';

const typingFields = 'input:not([type="range"], [type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]';
const controls = 'button, a, input, select, [role="menuitem"], [role="slider"], [tabindex="0"]';
const pressedByEnter = 'button, a, select';
/** Keys by which people work a control or move between them; they belong to it while it has the keyboard's focus. */
const controlKeys = new Set(['Enter', 'Space', 'Tab', 'Shift+Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);
/** Keys that write nothing and so mean the same in a field. */
const functionKey = /^(Shift\+)?F\d+$/;

const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest(typingFields) !== null;

/** A field of a form or card with nothing in it that Escape could leave behind: it closes what the field is in, as from anywhere else there. */
const isEmptyInLayer = (target: EventTarget | null): boolean =>
  (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) && target.value === '' && layerOf(target) !== null;

/** Focus that came by keyboard and shows a ring; a button that was clicked does not take Enter from the reviewer. */
const hasKeyboardFocus = (target: Element): boolean => target.closest(controls) !== null && target.matches(':focus-visible');

/** In a form Enter is its button's, whatever field has the focus, unless that is a button itself. */
const belongsToControl = (target: EventTarget | null, chord: string): boolean => {
  if (!(target instanceof Element) || !controlKeys.has(chord)) return false;
  const layer = layerOf(target);
  if (layer === null) return hasKeyboardFocus(target);
  // A form that is on its way out keeps the focus for a moment: a quick next key is for the next item, and not for the form again.
  if (layer.dataset['state'] === 'closed') return false;
  return chord !== 'Enter' || target.closest(pressedByEnter) !== null;
};

/** With Ctrl and for the whole app, as the palette: fields have no use for them. */
const isForWholeApp = (actions: readonly Action[], chord: string): boolean => chord.startsWith('Ctrl+') && actionFor(actions, chord, keysOf)?.group === 'App';

const isToolKey = (key: string): key is ToolKey => (toolKeys as readonly string[]).includes(key);
/** Shift makes an arrow's step larger; a tool hears of it by itself. */
const toolKeyOf = (chord: string): ToolKey | null => {
  const key = chord.replace(/^Shift\+(?=Arrow)/, '');
  return isToolKey(key) ? key : null;
};

const tellModifiers = (event: KeyboardEvent): void => {
  if (event.key !== 'Shift' && event.key !== 'Alt') return;
  for (const editor of bothEditors) editor.setModifiers({ shift: event.shiftKey, alt: event.altKey });
};

/**
 * Listens for every action's keys, for the whole window. Never while somebody types in a field, except function keys, what is with Ctrl for
 * the whole app, and Escape, which leaves the field.
 * @returns a function that stops listening
 */
export const listenToKeys = (actions: readonly Action[]): (() => void) => {
  /** Held actions by the key's place, so that they end even when a modifier changed meanwhile. */
  const held = new Map<string, Action>();

  let hadTooltip = false;
  /** Before everybody else: a tooltip takes Escape as its own, though whoever presses it means what the tooltip's button stands in. */
  const look = (event: KeyboardEvent): void => {
    hadTooltip = event.key === 'Escape' && document.querySelector('[role="tooltip"]') !== null;
  };

  const down = (event: KeyboardEvent): void => {
    tellModifiers(event);
    if ((event.defaultPrevented && !hadTooltip) || event.isComposing) return;
    const chord = chordOf(event);
    if (isTyping(event.target) && !functionKey.test(chord) && !isForWholeApp(actions, chord)) {
      if (event.key !== 'Escape') return;
      if (!isEmptyInLayer(event.target)) return (event.target as HTMLElement).blur();
    }
    const { open } = useOverlay.getState();
    if (open !== null && tabIntoLayer(event.target, chord)) return event.preventDefault();
    if (belongsToControl(event.target, chord)) return;
    const toolKey = open === null ? toolKeyOf(chord) : null;
    if (toolKey !== null && activeEditor().toolKey(toolKey)) return event.preventDefault();
    const inPlace = actions.filter(({ context }) => context === undefined || context === open);
    const action = actionFor(inPlace, chord, keysOf);
    if (action === null || (open !== null && !isForLayer(action, open))) return;
    event.preventDefault();
    // A verdict or a step a press: a key that is held down does not approve the whole queue.
    if (event.repeat && (action.group === 'Verdict' || action.group === 'Chosen items' || action.release !== undefined || action.group === 'App')) return;
    if (action.release !== undefined) held.set(event.code, action);
    action.run();
  };

  const up = (event: KeyboardEvent): void => {
    tellModifiers(event);
    held.get(event.code)?.release?.();
    held.delete(event.code);
  };

  const releaseAll = (): void => {
    for (const action of held.values()) action.release?.();
    held.clear();
    for (const editor of bothEditors) editor.setModifiers({ shift: false, alt: false });
  };

  window.addEventListener('keydown', look, true);
  window.addEventListener('keydown', down);
  window.addEventListener('keyup', up);
  window.addEventListener('blur', releaseAll);
  return () => {
    releaseAll();
    window.removeEventListener('keydown', look, true);
    window.removeEventListener('keydown', down);
    window.removeEventListener('keyup', up);
    window.removeEventListener('blur', releaseAll);
  };
};
