import { useEffect } from 'react';
import { closeExport, exportSet, followExportChoice, followUnfinishedExports } from '../../actions/exports/exportSet.ts';
import { useExportRun } from '../../stores/exportRun.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { ExportFoot } from './ExportFoot.tsx';
import { ExportRunView } from './ExportRunView.tsx';
import './ExportSet.css';
import { FormatList } from './FormatList.tsx';
import { HowColumn } from './HowColumn.tsx';
import { SetColumn } from './SetColumn.tsx';
import { UnfinishedExports } from './UnfinishedExports.tsx';

const Form = () => {
  useEffect(followExportChoice, []);
  return (
    <div className="export-form">
      <UnfinishedExports />
      <div className="sheet-columns export-columns">
        <SetColumn />
        <FormatList />
        <HowColumn />
      </div>
      <ExportFoot />
    </div>
  );
};

const Content = () => {
  useEffect(followUnfinishedExports, []);
  const run = useExportRun((state) => state.run);
  return run === null ? <Form /> : <ExportRunView run={run} />;
};

/** Which masks, in which format, where to; then how far it is and what came of it. */
export const ExportSetCard = () => {
  const isOpen = useOverlay((state) => state.open === 'exportSet');
  return (
    <FloatingCard
      isOpen={isOpen}
      title={exportSet.label.replace('…', '')}
      description="A set is frozen under a number, which never changes again: exporting it twice gives the same bytes."
      width="sheet"
      onClose={closeExport}
    >
      {isOpen && <Content />}
    </FloatingCard>
  );
};
