import { discardExport, resumeExport } from '../../actions/exports/runExport.ts';
import type { UnfinishedExport } from '../../../shared/contracts/rpc/exports.ts';
import { formatOf, useExportFormats } from '../../stores/exportFormats.ts';
import { listedUnfinished, useExportRun } from '../../stores/exportRun.ts';
import { Button } from '../../ui/Button.tsx';
import { clockTime } from '../shared/words.ts';
import { runTitle } from './exportWords.ts';
import './ExportSet.css';

const Row = ({ unfinished }: { readonly unfinished: UnfinishedExport }) => {
  const { setName, number, format, done, total, startedAtMs, location, isRunning } = unfinished;
  const formatLabel = useExportFormats((state) => formatOf(state.formats, format)?.label ?? format);
  const title = runTitle({ setName, number, formatLabel });
  return (
    <li className="export-unfinished" data-testid="unfinished-export">
      <p className="export-unfinished-words ellipsis" title={`${title}, in ${location}`}>
        <span className="export-unfinished-title">{title}</span>
        <span className="secondary">
          {' '}
          · {done.toLocaleString()} of {total.toLocaleString()} written · begun {clockTime(startedAtMs)} · {location}
        </span>
      </p>
      {isRunning ? (
        <span className="secondary">at work elsewhere</span>
      ) : (
        <>
          <Button className="export-small" aria-label={`Resume ${title}`} onClick={() => resumeExport(unfinished)}>
            Resume
          </Button>
          <Button tone="quiet" className="export-small" aria-label={`Discard ${title}`} onClick={() => discardExport(unfinished)}>
            Discard
          </Button>
        </>
      )}
    </li>
  );
};

/** Exports that were cancelled or broken off: they go on where they stopped, or are thrown away. */
export const UnfinishedExports = () => {
  const unfinished = listedUnfinished(useExportRun());
  if (unfinished.length === 0) return null;
  return (
    <ul className="export-unfinished-list" aria-label="Unfinished exports">
      {unfinished.map((one) => (
        <Row key={one.exportId} unfinished={one} />
      ))}
    </ul>
  );
};
