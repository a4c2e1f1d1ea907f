import { inBackground } from '../../stores/notices.ts';
import { resetPreferences, setPreference, standardPreferences, usePreferences } from '../../stores/preferences.ts';
import { usePromptBackend, type BackendMeasurement } from '../../stores/promptBackend.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { SettingRow } from './SettingRow.tsx';

const milliseconds = (value: number): string => `${Math.round(value)} ms`;

const measuredWords = ({ nativeMs, windowMs, execution, backend }: BackendMeasurement): string => {
  const inWindow = execution === 'webgpu' ? 'in the window on the graphics card' : 'in the window';
  return `Measured here: ${milliseconds(nativeMs)} in its own process, ${milliseconds(windowMs)} ${inWindow}. Automatic takes ${backend === 'native' ? 'the process' : 'the window'}.`;
};

/** Where clicks are answered, and what was measured of the decoder that was used last. */
export const PromptDecoderRow = () => {
  const promptDecoder = usePreferences((state) => state.promptDecoder);
  const measurement = usePromptBackend(({ measurements, current }) => (current === null ? undefined : measurements?.[current]));
  return (
    <SettingRow
      label="Prompts are decoded"
      hint={measurement === undefined ? 'Automatic measures both ways at the first use of a model and takes the quicker one.' : measuredWords(measurement)}
      isStandard={promptDecoder === standardPreferences.promptDecoder}
      onReset={() => inBackground(resetPreferences(['promptDecoder']))}
    >
      <SegmentedControl
        label="Prompts are decoded"
        value={promptDecoder}
        choices={[
          { value: 'automatic', label: 'Automatic' },
          { value: 'native', label: 'Own process' },
          { value: 'window', label: 'In the window' },
        ]}
        onChange={(next) => inBackground(setPreference('promptDecoder', next))}
      />
    </SettingRow>
  );
};
