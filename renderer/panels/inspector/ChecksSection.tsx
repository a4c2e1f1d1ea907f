import { checkLabels, type CheckId, type CheckResult } from '../../../shared/domain/check.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import { showCheck } from '../../actions/checks/showCheck.ts';
import { useCheckPlace } from '../../stores/checkPlace.ts';
import { notFine, useChecks } from '../../stores/checks.ts';
import { keepFocus } from '../../ui/keepFocus.ts';
import { percent } from '../shared/words.ts';
import { InspectorSection } from './InspectorSection.tsx';
import './ChecksSection.css';
import { useDraftShare, useIsEdited } from './useDraft.ts';

/** Where these are fine, the area's row says so. */
const saidByArea: ReadonlySet<CheckId> = new Set<CheckId>(['nothing_found', 'nearly_everything']);

const Finding = ({ result, isShown }: { readonly result: CheckResult; readonly isShown: boolean }) => {
  const { checkId, level, value, sentence } = result;
  return (
    <li>
      <button
        type="button"
        className={`check check-${level}`}
        data-testid="check"
        data-check={checkId}
        aria-current={isShown ? 'true' : undefined}
        title={sentence}
        onMouseDown={keepFocus}
        onClick={() => showCheck(result)}
      >
        <span className="check-label">{checkLabels[checkId]}</span>
        <span className="check-value ellipsis">{value}</span>
        {isShown && <span className="check-sentence">{sentence}</span>}
      </button>
    </li>
  );
};

const Fine = ({ result: { checkId, value, sentence } }: { readonly result: CheckResult }) => (
  <li className="check check-fine" data-testid="check" data-check={checkId} title={sentence}>
    <span className="check-label">{checkId === 'area_jump' ? 'Area' : checkLabels[checkId]}</span>
    <span className="check-value ellipsis">{value}</span>
  </li>
);

/** What the background looked at in this mask: what is not fine first, each a way to its place. */
export const ChecksSection = ({ asset }: { readonly asset: Asset }) => {
  const { revisionId, status, checks, error } = useChecks();
  const shown = useCheckPlace((state) => state.shown);
  const isEdited = useIsEdited(asset);
  const draftShare = useDraftShare(asset);
  if (asset.headRevisionId === null || revisionId !== asset.headRevisionId || status === 'none') return null;
  const results = checks?.results ?? [];
  const findings = notFine(results);
  const aside =
    checks === null ? undefined : isEdited ? (
      <span className="dim" data-testid="checks-of-draft">
        Your edit is not checked yet
      </span>
    ) : findings.length === 0 ? (
      <span className="checks-fine">all fine</span>
    ) : (
      <strong className="checks-count">{findings.length === 1 ? '1 to look at' : `${findings.length} to look at`}</strong>
    );
  return (
    <InspectorSection id="checks" title="Checks" aside={aside}>
      {status === 'computing' && checks === null && (
        <p className="dim" role="status">
          Checking…
        </p>
      )}
      {status === 'error' && <p className="dim selectable">Not checked: {error}</p>}
      {checks !== null && isEdited && (
        <>
          <p className="checks-draft-area">
            <span>Area of your edit</span>
            <span>{draftShare === null ? '…' : percent(draftShare)}</span>
          </p>
          <h4 className="checks-note">Of the saved version</h4>
        </>
      )}
      <ul className={checks !== null && isEdited ? 'checks checks-old' : 'checks'}>
        {findings.map((result) => (
          <Finding key={result.checkId} result={result} isShown={shown?.revisionId === revisionId && shown.checkId === result.checkId} />
        ))}
        {results
          .filter(({ checkId, level }) => level === 'fine' && !saidByArea.has(checkId))
          .map((result) => (
            <Fine key={result.checkId} result={result} />
          ))}
      </ul>
    </InspectorSection>
  );
};
