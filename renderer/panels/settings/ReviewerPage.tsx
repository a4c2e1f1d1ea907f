import { useState, type FormEvent } from 'react';
import { changeReviewer } from '../../actions/app/changeReviewer.ts';
import { useSettings } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { SettingRow } from './SettingRow.tsx';

const NameForm = ({ reviewer, isGiven }: { readonly reviewer: string; readonly isGiven: boolean }) => {
  const [name, setName] = useState(reviewer);
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void changeReviewer(name).then(setError);
  };
  return (
    <form onSubmit={submit}>
      <SettingRow label="Your name" hint="Stands beside every verdict, comment and mask that you give, from now on.">
        <div className="settings-line">
          <TextField
            className="settings-grow"
            label="Your name"
            isLabelUnseen
            value={name}
            maxLength={61}
            error={error}
            data-autofocus
            onChange={(event) => {
              setName(event.target.value);
              setError(null);
            }}
          />
          <Button tone="accent" type="submit" disabled={name.trim() === reviewer}>
            Save
          </Button>
        </div>
      </SettingRow>
      {isGiven && <p className="settings-note">At this start the name came from MASKDESK_REVIEWER; at the next one that name is back.</p>}
    </form>
  );
};

export const ReviewerPage = () => {
  const settings = useSettings((state) => state.settings);
  return (
    <section className="settings-page" aria-label="Reviewer">
      <h2 className="settings-title">Reviewer</h2>
      <p className="settings-note">Kept on this machine, for every store.</p>
      {settings !== null && <NameForm key={settings.reviewer} reviewer={settings.reviewer} isGiven={settings.isReviewerGiven} />}
    </section>
  );
};
