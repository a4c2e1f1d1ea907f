import { FileJson, FolderOpen } from 'lucide-react';
import { useEffect } from 'react';
import { pastImports, readPastImports } from '../../actions/imports/pastImports.ts';
import { chooseSource, readImportFormats } from '../../actions/imports/importMasks.ts';
import { useMaskImport } from '../../stores/maskImport.ts';
import { usePastImports } from '../../stores/pastImports.ts';
import { Button } from '../../ui/Button.tsx';
import { PastImports } from '../pastImports/PastImports.tsx';

/** Under the choice, where one looks for what was imported before. */
const mostShown = 3;

/** The latest imports; nothing where there were none. */
const Before = () => {
  const count = usePastImports((state) => state.imports?.length ?? 0);
  useEffect(readPastImports, []);
  if (count === 0) return null;
  return (
    <section className="masks-before" aria-label="Imported before" data-testid="masks-before">
      <div className="masks-before-head">
        <h3 className="sheet-title">Imported before</h3>
        <Button tone="quiet" onClick={pastImports.run}>
          {count > mostShown ? 'All imports…' : 'Imports…'}
        </Button>
      </div>
      <PastImports most={mostShown} />
    </section>
  );
};

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
      <Before />
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
