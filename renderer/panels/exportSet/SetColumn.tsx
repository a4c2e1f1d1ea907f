import { Trash2 } from 'lucide-react';
import { chooseSnapshot, chooseSource, removeSet } from '../../actions/exports/exportSet.ts';
import { longestSetName } from '../../actions/exports/whyNotExport.ts';
import { setExportChoice, useExportChoice, type SetSource } from '../../stores/exportChoice.ts';
import { setNamed, useMaskSets } from '../../stores/maskSets.ts';
import { useSameSnapshot } from '../../stores/sameSnapshot.ts';
import { sameSetFilter } from '../../stores/setFilter.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { masksWord } from '../shared/words.ts';
import { dayWord, snapshotWords } from './exportWords.ts';
import { Field } from './Field.tsx';
import { SetFilterFields } from './SetFilterFields.tsx';
import { SetPreview } from './SetPreview.tsx';
import { FrozenFilter } from './FrozenFilter.tsx';

const nowValue = 'now';
const anewValue = 'anew';

/** What saving under this name does, where it is more than making a new set. */
const useNameNote = (): string | null => {
  const same = useSameSnapshot((state) => state.snapshot);
  const { source, setName, filter, snapshotId } = useExportChoice();
  const known = useMaskSets((state) => setNamed(state.sets, setName));
  if (known === null || snapshotId !== null) return null;
  const isSame = sameSetFilter(known.filter, filter);
  if (isSame && same !== null) return null;
  if (isSame) return source === known.setId ? null : `There is a set of that name and filter: this becomes its number ${(known.latest ?? 0) + 1}.`;
  return `The filter of “${known.name}” is replaced by this one. ${known.latest === null ? '' : 'What was frozen before stays as it is.'}`;
};

/** Which set, and which of its numbers. */
const SetChoice = () => {
  const { source, setName, snapshotId, freezesAnyway } = useExportChoice();
  const same = useSameSnapshot((state) => state.snapshot);
  const { sets, snapshots } = useMaskSets();
  const note = useNameNote();
  const saved = sets.find(({ setId }) => setId === source);
  const frozen = saved === undefined ? [] : snapshots.filter(({ setId }) => setId === saved.setId);
  const next = (setNamed(sets, setName)?.latest ?? 0) + 1;
  return (
    <div className="export-fields">
      <Field label="Set">
        <Select<SetSource>
          label="Set"
          testId="export-source"
          takesFocus
          value={saved === undefined && source !== 'queue' ? 'approved' : source}
          options={[
            { value: 'approved', label: 'Everything approved' },
            { value: 'queue', label: 'What the queue shows' },
            ...sets.map(({ setId, name, latest }) => ({ value: setId, label: name, aside: latest === null ? 'not frozen yet' : `${latest} frozen` })),
          ]}
          onChange={chooseSource}
        />
        {saved !== undefined && (
          <IconButton label={`Take ${saved.name} off the list`} tipSide="left" onClick={() => removeSet(saved)}>
            <Trash2 />
          </IconButton>
        )}
      </Field>
      {saved === undefined && (
        <Field label="Name">
          <TextField label="Name of the set" isLabelUnseen value={setName} maxLength={10 * longestSetName} placeholder="Under which it is found again" onChange={(event) => setExportChoice({ setName: event.target.value })} />
        </Field>
      )}
      <Field label="As of">
        <Select
          label="As of"
          testId="export-snapshot"
          value={snapshotId ?? (same !== null && freezesAnyway ? anewValue : nowValue)}
          options={[
            { value: nowValue, label: same === null ? `Now: frozen as number ${next}` : `Now: number ${same.number} holds the same` },
            ...(same === null ? [] : [{ value: anewValue, label: `Now: a new number ${next} all the same` }]),
            ...frozen.map((snapshot) => ({ value: snapshot.snapshotId, label: `Number ${snapshot.number}, ${dayWord(snapshot.createdAtMs)}`, aside: masksWord(snapshot.entryCount) })),
          ]}
          onChange={(value) => chooseSnapshot(frozen.find((snapshot) => snapshot.snapshotId === value) ?? null, value === anewValue)}
        />
      </Field>
      {note !== null && <p className="secondary export-note">{note}</p>}
    </div>
  );
};

/** Which masks: a filter that is frozen now, or what was frozen before; and what that comes to. */
export const SetColumn = () => {
  const snapshotId = useExportChoice((state) => state.snapshotId);
  const snapshot = useMaskSets((state) => state.snapshots.find((one) => one.snapshotId === snapshotId));
  return (
    <section className="sheet-column" aria-label="Masks">
      <h3 className="sheet-title">Masks</h3>
      <div className="export-scroll">
        <SetChoice />
        {snapshot === undefined ? <SetFilterFields /> : <FrozenFilter filter={snapshot.filter} title={snapshotWords(snapshot)} />}
      </div>
      <SetPreview snapshot={snapshot ?? null} />
    </section>
  );
};
