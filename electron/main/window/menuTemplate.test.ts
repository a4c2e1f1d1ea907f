import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import type { MenuModel } from '../../../shared/contracts/host/menu.ts';
import { acceleratorOf, menuTemplate } from './menuTemplate.ts';

const model: MenuModel = [
  { name: 'Edit', groups: [[{ id: 'undo', label: 'Undo stroke & verdict', chord: 'Ctrl+Z', isEnabled: true }]] },
  { name: 'Item', groups: [[{ id: 'approve', label: 'Approve', chord: 'Enter', isEnabled: false }], [{ id: 'next', label: 'Next', chord: null, isEnabled: true }]] },
];
const all = (items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] => items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  const chosen: string[] = [];
  const items = all(menuTemplate(model, { platform, isDevelopment: false, choose: (id) => chosen.push(id) }));

  test('registers no key that the page has', () => {
    const ours = items.filter(({ id }) => id !== undefined);
    expect(ours).toHaveLength(3);
    for (const item of ours) expect(platform === 'darwin' ? item.accelerator === undefined : item.accelerator === undefined || item.registerAccelerator === false).toBe(true);
    if (platform !== 'darwin') for (const item of items.filter(({ role }) => role !== undefined)) expect(item.registerAccelerator).toBe(false);
  });

  test('says what can be done, and tells what is chosen', () => {
    const approve = items.find(({ id }) => id === 'approve');
    expect(approve?.enabled).toBe(false);
    expect(items.find(({ id }) => id === 'undo')?.label).toBe('Undo stroke && verdict');
    const next = items.find(({ id }) => id === 'next');
    (next?.click as (() => void) | undefined)?.();
    expect(chosen).toEqual(['next']);
  });
});

test.each([
  ['Ctrl+Shift+Z', 'CmdOrCtrl+Shift+Z'],
  ['ArrowRight', 'Right'],
  ['Ctrl++', 'CmdOrCtrl+Plus'],
  ['F10', 'F10'],
  ['?', '?'],
  ['é', undefined],
  [null, undefined],
])('%s is %s', (chord, accelerator) => expect(acceleratorOf(chord)).toBe(accelerator));
