import { numberOf, standsFor, startExport, targetToLookAt } from '../../actions/exports/runExport.ts';
import { closeExport } from '../../actions/exports/exportSet.ts';
import { whyNotExport } from '../../actions/exports/whyNotExport.ts';
import { useExportChoice } from '../../stores/exportChoice.ts';
import { formatOf, useExportFormats } from '../../stores/exportFormats.ts';
import { useMaskSets } from '../../stores/maskSets.ts';
import { useSameSnapshot } from '../../stores/sameSnapshot.ts';
import { lookOf, useTargetLook } from '../../stores/targetLook.ts';
import { useSetPreview } from '../../stores/setPreview.ts';
import { Button } from '../../ui/Button.tsx';
import { CardFoot } from '../../ui/CardFoot.tsx';
import { masksWord } from '../shared/words.ts';
import { useTargetName } from './TargetFields.tsx';

/** What the button does, in a sentence, or what stands in its way. */
export const ExportFoot = () => {
  const choice = useExportChoice();
  const snapshot = useMaskSets((state) => state.snapshots.find(({ snapshotId }) => snapshotId === choice.snapshotId));
  const measure = useSetPreview((state) => state.measure);
  const formats = useExportFormats((state) => state.formats);
  const format = formatOf(formats, choice.format);
  const targetName = useTargetName();
  const look = lookOf(useTargetLook(), targetToLookAt());
  // Worked out anew when it is known.
  useSameSnapshot();
  const same = standsFor();
  if (format === null) return null;
  const problem = whyNotExport(choice, format, measure, targetName) ?? look.error ?? (look.standing === 'other' ? `What is called “${targetName.trim()}” there is no export of Maskdesk, and stays. Choose another name or place.` : null);
  const replaces = problem === null && look.standing === 'export';
  const masks = snapshot?.entryCount ?? measure?.masks ?? 0;
  const asks = choice.targetKind !== 's3' && choice.folder === null;
  const what = same !== null ? `Writes number ${same.number} of “${same.setName}”, which holds the same, as ${format.label}.` : snapshot === undefined ? `Freezes “${choice.setName.trim()}” as number ${numberOf(choice)} and writes it as ${format.label}.` : `Writes number ${snapshot.number} of “${snapshot.setName}” as ${format.label}.`;
  return (
    <CardFoot words={problem ?? (replaces ? `“${targetName.trim()}” is a finished export there already. ${choice.overwrite ? 'It is replaced' : 'Press to replace it'} when this one is done. ${what}` : what)} isObstacle={problem !== null || replaces} testId="export-summary">
      <Button onClick={closeExport}>Cancel</Button>
      <Button tone="accent" disabled={problem !== null} data-testid="export-start" onClick={() => startExport(false, replaces)}>
        {`${replaces ? 'Replace it by' : 'Export'} ${masksWord(masks)}${asks ? '…' : ''}`}
      </Button>
    </CardFoot>
  );
};
