import { useState, type FormEvent } from 'react';
import { Bookmark, Check, Pencil, Plus, Trash2 } from 'lucide-react';
import { savedFilters } from '../../actions/moving/savedFilters.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { setFilterAndSort, useQueue } from '../../stores/queue.ts';
import { builtInFilters, deleteFilter, renameFilter, sameList, saveFilter, useSavedFilters, whyNotName } from '../../stores/savedFilters.ts';
import type { SavedFilter } from '../../stores/savedFilterList.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { capsOf } from '../shared/platform.ts';
import './SavedFiltersPopup.css';

const choose = ({ filter, sort }: SavedFilter): void => {
  closeOverlay();
  inBackground(setFilterAndSort(filter, sort), 'queue');
};

const remove = async ({ id, name }: SavedFilter): Promise<void> => {
  const putBack = await deleteFilter(id);
  notify({ level: 'info', topic: 'savedFilters', message: `Filter “${name}” deleted`, buttons: [{ label: 'Undo', run: () => inBackground(putBack(), 'savedFilters') }] });
};

interface NameFormProps {
  readonly label: string;
  readonly button: string;
  readonly first: string;
  readonly own: string | null;
  readonly onName: (name: string) => Promise<void>;
  readonly onDone: () => void;
}

const NameForm = ({ label, button, first, own, onName, onDone }: NameFormProps) => {
  const [name, setName] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const why = whyNotName(name, own);
    setProblem(why);
    if (why === null) inBackground(onName(name).then(onDone), 'savedFilters');
  };
  return (
    <form className="saved-filter-form" onSubmit={submit}>
      <TextField
        label={label}
        isLabelUnseen
        placeholder="Name of this filter"
        value={name}
        maxLength={60}
        error={problem}
        autoFocus
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          event.preventDefault();
          onDone();
        }}
      />
      <Button tone="accent" type="submit">
        {button}
      </Button>
    </form>
  );
};

const SavedRow = ({ saved, isOn, onRename }: { readonly saved: SavedFilter; readonly isOn: boolean; readonly onRename: () => void }) => (
  <div className="saved-filter">
    <MenuRow onClick={() => choose(saved)} title={saved.name} mark={isOn ? <Check className="icon-small" aria-label="Shown now" /> : undefined}>
      {saved.name}
    </MenuRow>
    <IconButton label={`Rename ${saved.name}`} onClick={onRename}>
      <Pencil />
    </IconButton>
    <IconButton label={`Delete ${saved.name}`} onClick={() => inBackground(remove(saved), 'savedFilters')}>
      <Trash2 />
    </IconButton>
  </div>
);

const SavedFilters = () => {
  const saved = useSavedFilters((state) => state.saved);
  const filter = useQueue((state) => state.filter);
  const sort = useQueue((state) => state.sort);
  const reviewer = useAppInfo((state) => state.info?.reviewer ?? '');
  const [form, setForm] = useState<'new' | SavedFilter | null>(null);
  const now = { filter, sort };
  const builtIn = builtInFilters(reviewer);
  const isKnown = [...builtIn, ...saved].some((one) => sameList(one, now));
  const done = (): void => setForm(null);
  return (
    <>
      <MenuList label="Saved filters">
        {builtIn.map((one) => (
          <MenuRow key={one.id} onClick={() => choose(one)} mark={sameList(one, now) ? <Check className="icon-small" aria-label="Shown now" /> : undefined}>
            {one.name}
          </MenuRow>
        ))}
        {saved.length > 0 && <p className="saved-filters-title note">Saved in this store</p>}
        {saved.map((one) =>
          form === one ? (
            <NameForm key={one.id} label="New name" button="Rename" first={one.name} own={one.id} onName={(name) => renameFilter(one.id, name)} onDone={done} />
          ) : (
            <SavedRow key={one.id} saved={one} isOn={sameList(one, now)} onRename={() => setForm(one)} />
          ),
        )}
      </MenuList>
      <div className="saved-filters-foot">
        {form === 'new' ? (
          <NameForm label="Name" button="Save" first="" own={null} onName={(name) => saveFilter(name, filter, sort)} onDone={done} />
        ) : (
          <MenuRow icon={<Plus className="icon-small" aria-hidden="true" />} disabled={isKnown} onClick={() => setForm('new')}>
            {isKnown ? 'What is shown is saved' : 'Save what is shown…'}
          </MenuRow>
        )}
      </div>
    </>
  );
};

/** Lists that are wanted again and again, by name. */
export const SavedFiltersPopup = () => {
  const isOpen = useOverlay((state) => state.open === 'savedFilters');
  return (
    <Popup
      isOpen={isOpen}
      label="Saved filters"
      onClose={closeOverlay}
      anchor={
        <span className="queue-head-button" data-popup-anchor>
          <IconButton label={savedFilters.label} caps={capsOf(savedFilters)} isActive={isOpen} onClick={savedFilters.run} data-testid="saved-filters">
            <Bookmark />
          </IconButton>
        </span>
      }
    >
      <SavedFilters />
    </Popup>
  );
};
