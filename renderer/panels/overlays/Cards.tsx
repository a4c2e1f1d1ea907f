import { AuditExportCard } from '../auditExport/AuditExportCard.tsx';
import { DashboardCard } from '../dashboard/DashboardCard.tsx';
import { ExportSetCard } from '../exportSet/ExportSetCard.tsx';
import { ImportMasksCard } from '../importMasks/ImportMasksCard.tsx';
import { JobsCard } from '../jobs/JobsCard.tsx';
import { NoticesCard } from '../notices/NoticesCard.tsx';
import { PastImportsCard } from '../pastImports/PastImportsCard.tsx';
import { WaitingCard } from '../offline/WaitingCard.tsx';
import { StoresCard } from '../stores/StoresCard.tsx';
import { WelcomePage } from '../welcome/WelcomePage.tsx';

/** What opens over the desk beside the reviewing. */
export const Cards = () => (
  <>
    <WelcomePage />
    <JobsCard />
    <DashboardCard />
    <AuditExportCard />
    <ExportSetCard />
    <ImportMasksCard />
    <PastImportsCard />
    <NoticesCard />
    <WaitingCard />
    <StoresCard />
  </>
);
