import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useState } from 'react';
import { assetKey, type Asset } from '../../../shared/domain/asset.ts';
import type { Action } from '../../actions/action.ts';
import { listedCommands, rankCommands } from '../../actions/app/paletteCommands.ts';
import { searchItems } from '../../actions/app/searchItems.ts';
import { open as openAsset } from '../../actions/desk/openItem.ts';
import { actions } from '../../actions/index.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { loadRecent, noteRecent, usePalette } from '../../stores/palette.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { LongName } from '../../ui/LongName.tsx';
import { StateDot } from '../../ui/StateDot.tsx';
import { useReturnFocus } from '../../ui/useReturnFocus.ts';
import { capsOf } from '../shared/platform.ts';
import { Thumb } from '../shared/Thumb.tsx';
import { placeOf, stateLabels, stateTones } from '../shared/words.ts';
import './PaletteCard.css';

/** After the last letter. */
const typingRestMs = 120;
const recentShown = 5;

/** Items that match, from the core; an older question's answer is dropped. */
const useFoundItems = (text: string): readonly Asset[] => {
  const [found, setFound] = useState<{ readonly text: string; readonly items: readonly Asset[] }>({ text: '', items: [] });
  useEffect(() => {
    if (text === '') return undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const items = await searchItems(text);
      if (isCurrent) setFound({ text, items });
    };
    const timer = setTimeout(() => inBackground(ask(), 'palette'), typingRestMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);
  return text === '' ? [] : found.items;
};

/** The palette goes first, so that what the command does to focus and overlays stays. */
const runAfterClosing = (work: () => void): void => {
  closeOverlay();
  setTimeout(work, 0);
};

const commandValue = ({ id }: Action): string => `command ${id}`;
const itemValue = (asset: Asset): string => `item ${assetKey(asset)}`;

const CommandRow = ({ action, obstacle }: { readonly action: Action; readonly obstacle: string | undefined }) => (
  <Command.Item
    value={commandValue(action)}
    className="palette-row"
    disabled={obstacle !== undefined}
    onSelect={() =>
      runAfterClosing(() => {
        inBackground(noteRecent(action.id));
        action.run();
      })
    }
  >
    <span className="palette-label ellipsis">{action.label}</span>
    <span className="secondary ellipsis">{obstacle ?? action.group}</span>
    <Kbd caps={capsOf(action)} />
  </Command.Item>
);

const ItemRow = ({ asset }: { readonly asset: Asset }) => (
  <Command.Item value={itemValue(asset)} className="palette-row palette-item" onSelect={() => runAfterClosing(() => openAsset(asset))}>
    <Thumb asset={asset} sidePx={28} />
    <LongName className="palette-label" name={asset.id} />
    <span className="secondary ellipsis">{placeOf(asset)}</span>
    <StateDot tone={stateTones[asset.state]} label={stateLabels[asset.state]} />
  </Command.Item>
);

const Palette = () => {
  const [typed, setTyped] = useState('');
  const obstacles = usePalette((state) => state.obstacles);
  const recent = usePalette((state) => state.recent);
  useEffect(() => inBackground(loadRecent()), []);
  const isCommandsOnly = typed.startsWith('>');
  const text = (isCommandsOnly ? typed.slice(1) : typed).trim();
  const items = useFoundItems(isCommandsOnly ? '' : text);
  const ranked = rankCommands(listedCommands(actions), text, recent);
  // What is not possible at the moment is found, after what is.
  const isPossible = ({ id }: Action): boolean => obstacles[id] === undefined;
  const commands = text === '' ? ranked : [...ranked.filter(isPossible), ...ranked.filter((action) => !isPossible(action))];
  const isRecent = ({ id }: Action): boolean => text === '' && recent.slice(0, recentShown).includes(id);
  const row = (action: Action) => <CommandRow key={action.id} action={action} obstacle={obstacles[action.id]} />;
  const lately = commands.filter(isRecent);
  const [firstItem, firstCommand] = [items[0], [...lately, ...commands].find(({ id }) => obstacles[id] === undefined)];
  const first = firstItem !== undefined ? itemValue(firstItem) : firstCommand !== undefined ? commandValue(firstCommand) : '';
  // The best of what is found, until the person goes elsewhere in this list.
  const [chosen, setChosen] = useState({ first, value: first });
  const value = chosen.first === first ? chosen.value : first;
  return (
    <Command label="Find an item or a command" shouldFilter={false} vimBindings={false} loop value={value} onValueChange={(next) => setChosen({ first, value: next })}>
      <div className="palette-field">
        <Search className="icon-small" aria-hidden="true" />
        <Command.Input value={typed} maxLength={300} placeholder="Find an item or a command; > for commands alone" onValueChange={setTyped} />
        <Kbd caps={['Esc']} />
      </div>
      <Command.List className="palette-list" label="Items and commands">
        <Command.Empty className="palette-empty">Nothing is called “{text}”.</Command.Empty>
        {items.length > 0 && (
          <Command.Group heading="Items">
            {items.map((asset) => (
              <ItemRow key={assetKey(asset)} asset={asset} />
            ))}
          </Command.Group>
        )}
        {lately.length > 0 && <Command.Group heading="Lately">{lately.map(row)}</Command.Group>}
        {commands.length > lately.length && <Command.Group heading="Commands">{commands.filter((action) => !isRecent(action)).map(row)}</Command.Group>}
      </Command.List>
    </Command>
  );
};

/** Every item and every command by a few letters. */
export const PaletteCard = () => {
  const isOpen = useOverlay((state) => state.open === 'palette');
  const { remember, giveBack } = useReturnFocus();
  return (
    <Dialog.Root
      modal={false}
      open={isOpen}
      onOpenChange={(next) => {
        if (!next) closeOverlay();
      }}
    >
      <Dialog.Portal>
        <Dialog.Content className="palette" data-layer="" aria-describedby={undefined} onOpenAutoFocus={remember} onCloseAutoFocus={giveBack}>
          <Dialog.Title className="unseen">Find an item or a command</Dialog.Title>
          <Palette />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
