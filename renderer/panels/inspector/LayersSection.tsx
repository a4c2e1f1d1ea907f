import { Eye, EyeOff } from 'lucide-react';
import { sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { resetLayers, showLayers } from '../../actions/tools/layers/actions.ts';
import { setKeepsEdits } from '../../actions/tools/layers/recombine.ts';
import { othersLease, useLeases } from '../../stores/leases.ts';
import { partsOf, recipeSettings, sameSettings, useMaskLayers } from '../../stores/maskLayers.ts';
import { usePanes } from '../../stores/panes.ts';
import { Switch } from '../../ui/Switch.tsx';
import { ActionButton } from '../shared/ActionButton.tsx';
import { capsOf } from '../shared/platform.ts';
import { Button } from '../../ui/Button.tsx';
import { AreaLine } from './adjust/AreaLine.tsx';
import { ChangePanel } from './adjust/ChangePanel.tsx';
import { InspectorSection } from './InspectorSection.tsx';
import { LayerRow } from './layers/LayerRow.tsx';
import './LayersSection.css';

/** What a change of the layers does to the mask, and what becomes of what was painted on it. */
const Change = () => {
  const { change, editedPx, keepsEdits, isWorking } = useMaskLayers();
  return (
    <ChangePanel label="Layers" isWorking={isWorking} takesFocus={false}>
      <AreaLine change={change} />
      {editedPx !== null && editedPx > 0 && (
        <>
          <Switch label="Keep what was painted" isOn={keepsEdits} onChange={setKeepsEdits} />
          <p className="change-note">
            {keepsEdits
              ? `${editedPx.toLocaleString()} px were changed by hand; they stay as they are.`
              : `${editedPx.toLocaleString()} px that were changed by hand are replaced. Undo brings them back.`}
          </p>
        </>
      )}
    </ChangePanel>
  );
};

/** The parts that a recipe put the mask together from, to be seen, taken in or out, and joined in another way. Nothing where no recipe made it. */
export const LayersSection = ({ asset }: { readonly asset: Asset }) => {
  const { asset: of, revision, settings, seen, isChanging } = useMaskLayers();
  const seenHead = usePanes((state) => state[state.active].seenHead);
  const isTaken = useLeases((state) => othersLease(state, asset) !== undefined);
  if (revision === null || of === null || !sameAsset(of, asset)) return null;
  const parts = partsOf(revision);
  const isSomeSeen = parts.some((_, part) => seen.includes(part));
  const isRecipe = sameSettings(settings, recipeSettings(revision));
  return (
    <InspectorSection id="layers" title="Layers" aside={<ActionButton action={showLayers} icon={isSomeSeen ? <Eye /> : <EyeOff />} tipSide="left" />}>
      {seenHead !== revision.revisionId && <p className="layers-origin">Of the version by {revision.author} that this one was made from.</p>}
      <ol className="layers" aria-label="Layers">
        {settings.map((setting, place) => {
          const facts = parts[setting.part];
          return facts === undefined ? null : (
            <LayerRow
              key={setting.part}
              facts={facts}
              setting={setting}
              pictureAreaPx={revision.widthPx * revision.heightPx}
              place={place}
              count={settings.length}
              isLocked={isTaken}
            />
          );
        })}
      </ol>
      {!isRecipe && !isTaken && (
        <Button tone="quiet" className="layers-reset" caps={capsOf(resetLayers)} onClick={resetLayers.run}>
          As the recipe joins them
        </Button>
      )}
      {isChanging && <Change />}
    </InspectorSection>
  );
};
