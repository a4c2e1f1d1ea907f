import { FileJson, FolderOpen } from 'lucide-react';
import { useEffect } from 'react';
import { chooseSource, readImportFormats } from '../../actions/imports/importMasks.ts';
import { useMaskImport } from '../../stores/maskImport.ts';
import { Button } from '../../ui/Button.tsx';

/** Where masks come from, and what is understood. */
export const ChooseSource = () => {
  const formats = useMaskImport((state) => state.formats);
  useEffect(readImportFormats, []);
  return (
    <div className="masks-choose">
      <div className="masks-choose-buttons">
        <Button tone="accent" data-autofocus icon={<FolderOpen className="icon-small" aria-hidden="true" />} onClick={() => chooseSource('folder')}>
          Choose a folder…
        </Button>
        <Button icon={<FileJson className="icon-small" aria-hidden="true" />} onClick={() => chooseSource('file')}>
          Choose a file or a zip…
        </Button>
      </div>
      <p className="secondary">Or drop it on this window. What it is, is found out by itself. You see what belongs to which photo before anything is imported, and it can be taken back in one go.</p>
      <dl className="masks-formats">
        {formats.map(({ id, label, summary }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd className="secondary">{summary}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
