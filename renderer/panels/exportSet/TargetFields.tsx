import { FolderOpen } from 'lucide-react';
import { proposedName } from '../../actions/exports/exportNames.ts';
import { chooseExportFolder, numberOf } from '../../actions/exports/runExport.ts';
import { setExportChoice, useExportChoice, type TargetKind } from '../../stores/exportChoice.ts';
import { useMaskSets } from '../../stores/maskSets.ts';
import { Button } from '../../ui/Button.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Field } from './Field.tsx';

const kinds: readonly { readonly value: TargetKind; readonly label: string }[] = [
  { value: 'folder', label: 'Folder' },
  { value: 'zip', label: 'Zip file' },
  { value: 's3', label: 'S3 bucket' },
];

/** The name that the target has when the person gives it none. */
export const useTargetName = (): string => {
  const choice = useExportChoice();
  // Numbers come from the lists: this is worked out anew when they are read.
  useMaskSets();
  return choice.targetName ?? proposedName(choice.setName, numberOf(choice), choice.format);
};

const OnThisMachine = () => {
  const { targetKind, folder } = useExportChoice();
  const name = useTargetName();
  return (
    <>
      <Field label="In">
        <span className={folder === null ? 'export-path dim' : 'export-path ellipsis selectable'} title={folder?.location}>
          {folder === null ? 'Asked for when it starts' : folder.location}
        </span>
        <Button className="export-small" icon={<FolderOpen className="icon-small" aria-hidden="true" />} onClick={chooseExportFolder}>
          Choose…
        </Button>
      </Field>
      <Field label="Name">
        <TextField
          label={targetKind === 'zip' ? 'Name of the file' : 'Name of the folder'}
          isLabelUnseen
          value={name}
          maxLength={180}
          aside={targetKind === 'zip' ? <span className="secondary">.zip</span> : undefined}
          onChange={(event) => setExportChoice({ targetName: event.target.value })}
        />
      </Field>
    </>
  );
};

/** Where the export goes. */
export const TargetFields = () => {
  const { targetKind, bucketUrl, overwrite } = useExportChoice();
  return (
    <div className="export-target">
      <Field label="Into">
        <SegmentedControl label="Into" choices={kinds} value={targetKind} onChange={(kind) => setExportChoice({ targetKind: kind })} />
      </Field>
      {targetKind === 's3' ? (
        <>
          <Field label="Url">
            <TextField label="Url of the bucket" isLabelUnseen placeholder="s3://bucket/exports/approved-1" value={bucketUrl} maxLength={1000} onChange={(event) => setExportChoice({ bucketUrl: event.target.value })} />
          </Field>
          <p className="secondary export-note">With the endpoint and the keys of the configuration.</p>
        </>
      ) : (
        <OnThisMachine />
      )}
      <Switch label="Replace an export that is there" hint="Once this one is finished; anything else that is there is never touched." isOn={overwrite} onChange={(isOn) => setExportChoice({ overwrite: isOn })} />
    </div>
  );
};
