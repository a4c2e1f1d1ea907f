import { useRef, useState } from 'react';
import { Search } from 'lucide-react';
import { actionGroups, type Action } from '../../actions/action.ts';
import { actions } from '../../actions/index.ts';
import { effectiveKeymap } from '../../actions/keymaps/effective.ts';
import { keymapPresets } from '../../actions/keymaps/index.ts';
import { keyCaps } from '../../actions/keys.ts';
import { inReadingOrder } from '../../actions/readingOrder.ts';
import { exportKeymap, importKeymap, presetIds, resetKeymap, setPreset, useKeymap } from '../../stores/keymap.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { saveText } from '../../ui/saveText.ts';
import { isMac } from '../shared/platform.ts';
import { KeyRow } from './KeyRow.tsx';

/** By name, or by the key itself: `ctrl+k`. */
const matches = (action: Action, text: string): boolean => {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  const chords = effectiveKeymap().get(action.id)?.keys ?? [];
  return action.label.toLocaleLowerCase().includes(wanted) || chords.some((chord) => chord.toLocaleLowerCase() === wanted || keyCaps(chord, isMac).join('+').toLocaleLowerCase() === wanted);
};

const largestFileBytes = 256 * 1024;

const takeFile = async (file: File): Promise<void> => {
  const problem = file.size > largestFileBytes ? 'This file is too large to hold keys.' : await importKeymap(await file.text());
  notify(problem === null ? { level: 'success', message: `Keys taken over from ${file.name}.`, topic: 'keys' } : { level: 'error', message: problem, topic: 'keys' });
};

const ImportButton = () => {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>Import…</Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="A file with keys"
        data-testid="keys-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) inBackground(takeFile(file), 'keys');
        }}
      />
    </>
  );
};

/** Which key starts what: a preset, and the person's own changes on top. */
export const KeysPage = () => {
  const preset = useKeymap((state) => state.preset);
  const own = useKeymap((state) => state.own);
  const [text, setText] = useState('');
  const shown = inReadingOrder(actions).filter((action) => matches(action, text));
  const isStandard = preset === 'maskdesk' && Object.keys(own).length === 0;
  return (
    <section className="settings-page" aria-label="Keys">
      <h2 className="settings-title">Keys</h2>
      <div className="keys-tools">
        <TextField label="Find a command or a key" isLabelUnseen icon={<Search className="icon-small" aria-hidden="true" />} placeholder="Find a command or a key" value={text} maxLength={60} onChange={(event) => setText(event.target.value)} />
        <Select label="Keys as in" testId="keys-preset" options={presetIds.map((id) => ({ value: id, label: keymapPresets[id].label }))} value={preset} onChange={(id) => inBackground(setPreset(id), 'keys')} />
        <ImportButton />
        <Button onClick={() => saveText('maskdesk-keys.json', exportKeymap())}>Export…</Button>
        <Button disabled={isStandard} onClick={() => inBackground(resetKeymap(), 'keys')}>
          Reset all
        </Button>
      </div>
      {actionGroups.map((group) => {
        const rows = shown.filter((action) => action.group === group);
        return rows.length === 0 ? null : (
          <section key={group} aria-label={group}>
            <h3 className="keys-group">{group}</h3>
            {rows.map((action) => (
              <KeyRow key={action.id} action={action} />
            ))}
          </section>
        );
      })}
      {shown.length === 0 && <p className="settings-note">No command is called “{text}”, and no key is.</p>}
    </section>
  );
};
