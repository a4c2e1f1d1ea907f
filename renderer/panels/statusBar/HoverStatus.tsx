import { hoverValues } from '../../actions/view/hoverValues.ts';
import { useHoverValues, type HoverValue } from '../../stores/hoverValues.ts';
import { StatusItem } from './StatusItem.tsx';

const hex = (colour: NonNullable<HoverValue['colour']>): string => `#${colour.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What lies under the pointer, where that was asked for. */
export const HoverStatus = () => {
  const { isOn, value } = useHoverValues();
  if (!isOn) return null;
  return (
    <StatusItem title="The image pixel under the pointer: place, colour, mask, soft edge, the answer’s probability. A click hides it" action={hoverValues} testId="hover-values" className="status-hover figures">
      {value === null ? (
        <span>no pixel</span>
      ) : (
        <>
          <span>
            {value.xPx}, {value.yPx}
          </span>
          {value.colour !== null && (
            <>
              <span className="status-swatch" style={{ background: hex(value.colour) }} aria-hidden="true" />
              <span>{hex(value.colour)}</span>
            </>
          )}
          <span>mask {value.isInside ? 255 : 0}</span>
          {value.matte !== null && <span>matte {percent(value.matte)}</span>}
          {value.probability !== null && <span>p {value.probability.toFixed(2)}</span>}
        </>
      )}
    </StatusItem>
  );
};
