import { describe, expect, test } from 'vitest';
import type { OverlayName } from '../stores/overlay.ts';
import type { Action } from './action.ts';
import { isForLayer } from './layers.ts';

const action = (id: string, group: Action['group']): Pick<Action, 'id' | 'group'> => ({ id, group });

describe('keys while something is open over the desk', () => {
  test.each<[OverlayName, Pick<Action, 'id' | 'group'>, boolean]>([
    ['reject', action('reject.wrong_object', 'Verdict'), true],
    ['reject', action('reject', 'Verdict'), true],
    ['reject', action('approve', 'Verdict'), false],
    ['rerun', action('rerun.now', 'Verdict'), true],
    ['rerun', action('reject.wrong_object', 'Verdict'), false],
    // The form is about the item that is shown: nothing moves on under it.
    ['rerun', action('next', 'Moving on'), false],
    ['rerun', action('pane.swap', 'View'), false],
    ['rerun', action('tool.brush', 'Tools'), false],
    ['rerun', action('undo', 'Tools'), false],
    // Looking closer helps to choose.
    ['reject', action('view.hide', 'View'), true],
    ['shortcuts', action('view.hide', 'View'), false],
    // Where a tool is set, another one can be taken, and its size changed by key.
    ['toolOptions', action('tool.brush', 'Tools'), true],
    ['toolOptions', action('approve', 'Verdict'), false],
    // What two masks are compared for is decided there; nothing else of the desk is.
    ['compare', action('imported.take', 'Verdict'), true],
    ['compare', action('imported.leave', 'Verdict'), true],
    ['compare', action('approve', 'Verdict'), false],
    ['import', action('models', 'App'), true],
    ['models', action('cancel', 'Tools'), true],
  ])('%s and %j: %s', (open, of, counts) => expect(isForLayer(of, open)).toBe(counts));
});
