import type { MenuItemConstructorOptions } from 'electron';
import type { MenuEntry, MenuModel, MenuName } from '../../../shared/contracts/host/menu.ts';

const electronKeys: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
};
const named = new Set(['Space', 'Tab', 'Backspace', 'Delete', 'Insert', 'Enter', 'Escape', 'Home', 'End', 'PageUp', 'PageDown', 'Left', 'Right', 'Up', 'Down', 'Plus']);

/** An action's key as Electron writes it; undefined for what it has no word for. */
export const acceleratorOf = (chord: string | null): string | undefined => {
  if (chord === null) return undefined;
  const parts = chord === '+' ? ['+'] : chord.endsWith('++') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+');
  const key = parts.at(-1) ?? '';
  const word = electronKeys[key] ?? key;
  if (!named.has(word) && !/^([A-Z0-9]|F([1-9]|1\d|2[0-4])|[,./;[\]\-=?])$/.test(word)) return undefined;
  return [...parts.slice(0, -1).map((part) => (part === 'Ctrl' ? 'CmdOrCtrl' : part)), word].join('+');
};

/** `&` would underline the letter after it. */
const plain = (label: string): string => label.replaceAll('&', '&&');

const separated = (groups: readonly (readonly MenuItemConstructorOptions[])[]): MenuItemConstructorOptions[] =>
  groups.filter((group) => group.length > 0).flatMap((group, index) => (index === 0 ? [...group] : [{ type: 'separator' as const }, ...group]));

/**
 * The menu bar. Keys are shown, never registered: the page has them, in its fields and forms as well, and none is handled twice. macOS
 * registers whatever a menu shows, so there only the system's own entries (copy, quit) show theirs.
 */
export const menuTemplate = (
  model: MenuModel,
  { platform, isDevelopment, choose }: { readonly platform: NodeJS.Platform; readonly isDevelopment: boolean; readonly choose: (actionId: string) => void },
): MenuItemConstructorOptions[] => {
  const isMac = platform === 'darwin';
  const entry = ({ id, label, chord, isEnabled }: MenuEntry): MenuItemConstructorOptions => {
    const accelerator = isMac ? undefined : acceleratorOf(chord);
    return { id, label: plain(label), enabled: isEnabled, click: () => choose(id), ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }) };
  };
  const shown = (role: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions => (isMac ? { role } : { role, registerAccelerator: false });
  /** What only the system can do. */
  const own: Partial<Record<MenuName, MenuItemConstructorOptions[]>> = {
    File: isMac ? [shown('close')] : [shown('quit')],
    Edit: [shown('cut'), shown('copy'), shown('paste'), shown('selectAll')],
    View: [shown('togglefullscreen')],
    Window: isMac ? [shown('minimize'), shown('zoom'), shown('front')] : [shown('minimize')],
  };
  const menus = model.map(({ name, groups }) => ({ label: name, submenu: separated([...groups.map((group) => group.map(entry)), own[name] ?? []]) }));
  const development: MenuItemConstructorOptions[] = isDevelopment ? [{ label: 'Development', submenu: [{ role: 'forceReload' }, { role: 'toggleDevTools' }] }] : [];
  return [...(isMac ? [{ role: 'appMenu' as const }] : []), ...menus, ...development];
};
