import { Copy } from 'lucide-react';
import type { ImportId } from '../../../shared/domain/ids.ts';
import { copyImportId } from '../../actions/imports/pastImports.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import './PastImports.css';

/** What the command line calls an import by. */
export const ImportIdLine = ({ importId }: { readonly importId: ImportId }) => (
  <p className="import-id note">
    Import
    <span className="selectable ellipsis" title={importId} data-testid="import-id">
      {importId}
    </span>
    <IconButton label="Copy the id of the import" onClick={() => copyImportId(importId)}>
      <Copy className="icon-small" />
    </IconButton>
  </p>
);
