import { models } from '../../actions/app/models.ts';
import { useModels } from '../../stores/models.ts';
import { useSegmentation } from '../../stores/segmentation.ts';
import { StatusItem } from './StatusItem.tsx';

/** 0.42 -> "0.42 s a mask", 12.3 -> "12 s a mask" */
const pace = (perMinute: number): string => {
  const seconds = 60 / perMinute;
  return `${seconds.toFixed(seconds < 1 ? 2 : seconds < 10 ? 1 : 0)} s a mask`;
};

/** Which model makes the masks, on what, how fast; before its first mask: which one would. Opens the models. */
export const ModelStatus = () => {
  const provider = useSegmentation((state) => state.status?.provider ?? null);
  const perMinute = useSegmentation((state) => state.status?.perMinute ?? null);
  const byDefault = useModels((state) => state.models.find(({ isDefault }) => isDefault));
  const words = provider ?? byDefault?.modelId;
  if (words === undefined) return null;
  const isMissing = provider === null && byDefault !== undefined && byDefault.state !== 'ready';
  const said = isMissing ? `${words} not downloaded` : words;
  const speed = perMinute === null || perMinute === 0 ? null : pace(perMinute);
  return (
    <StatusItem title={`Masks are made by ${words}${speed === null ? '' : `, ${speed}`}. Opens the models`} action={models} testId="status-model" className={isMissing ? 'status-warn' : ''}>
      <span className="ellipsis status-model">{said}</span>
      {speed !== null && <span className="status-pace"> · {speed}</span>}
    </StatusItem>
  );
};
