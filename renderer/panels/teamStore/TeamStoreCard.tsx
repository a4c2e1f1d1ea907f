import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { ConnectionFinding, TeamForm, TeamFormSaved } from '../../../shared/contracts/host/teamStores.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { changeTeamForm, clearTeamForm, openTeamForm, testTeamForm, useTeamForm } from '../../stores/teamForm.ts';
import { Button } from '../../ui/Button.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { TextField } from '../../ui/TextField.tsx';
import './TeamStoreCard.css';

type TextKey = Exclude<keyof TeamForm, 'storeId' | 'tls' | 'files' | 'keep'>;

interface FieldProps {
  readonly form: TeamForm;
  readonly name: TextKey;
  readonly label: string;
  readonly placeholder?: string;
  readonly isSecret?: boolean;
  readonly className?: string;
}

const Field = ({ form, name, label, placeholder = '', isSecret = false, className = '' }: FieldProps) => (
  <TextField label={label} className={className} placeholder={placeholder} type={isSecret ? 'password' : 'text'} value={form[name]} onChange={(event) => changeTeamForm({ [name]: event.target.value })} />
);

const Database = ({ form, hasPassword }: { readonly form: TeamForm; readonly hasPassword: boolean }) => (
  <section className="team-section" aria-label="Database server">
    <h3>Database server</h3>
    <div className="team-fields">
      <Field form={form} name="host" label="Host" placeholder="db.example.org" className="team-wide" />
      <Field form={form} name="port" label="Port" className="team-narrow" />
      <Field form={form} name="database" label="Database" className="team-half" />
      <Field form={form} name="user" label="User" className="team-half" />
      <Field form={form} name="password" label="Password" isSecret placeholder={hasPassword ? 'kept; leave empty' : ''} className="team-half" />
      <div className="team-choice team-half">
        <span aria-hidden="true">Encryption</span>
        <SegmentedControl
          label="Encryption"
          value={form.tls}
          onChange={(tls) => changeTeamForm({ tls })}
          choices={[
            { value: 'disable', label: 'Off', tip: 'For a server on this machine or behind a tunnel' },
            { value: 'require', label: 'On', tip: 'Encrypted; the certificate is not checked' },
            { value: 'verify-full', label: 'Verified', tip: 'Encrypted, and the certificate is checked' },
          ]}
        />
      </div>
    </div>
  </section>
);

const Files = ({ form, hasSecretKey }: { readonly form: TeamForm; readonly hasSecretKey: boolean }) => (
  <section className="team-section" aria-label="Photos and masks">
    <div className="team-section-head">
      <h3>Photos and masks</h3>
      <SegmentedControl
        label="Where photos and masks are"
        value={form.files}
        onChange={(files) => changeTeamForm({ files })}
        choices={[
          { value: 's3', label: 'Object store' },
          { value: 'disk', label: 'Folder' },
        ]}
      />
    </div>
    <div className="team-fields">
      {form.files === 'disk' ? (
        <Field form={form} name="folder" label="Data root, a folder that everybody sees" placeholder="/mnt/pipeline" className="team-all" />
      ) : (
        <>
          <Field form={form} name="endpoint" label="Endpoint" placeholder="https://minio.example.org:9000" className="team-all" />
          <Field form={form} name="bucket" label="Bucket" className="team-half" />
          <Field form={form} name="prefix" label="Folder in it" placeholder="none" className="team-half" />
          <Field form={form} name="accessKey" label="Access key" isSecret placeholder={hasSecretKey ? 'kept; leave empty' : ''} className="team-half" />
          <Field form={form} name="secretKey" label="Secret key" isSecret placeholder={hasSecretKey ? 'kept; leave empty' : ''} className="team-half" />
        </>
      )}
      <Field form={form} name="pathPrefix" label="Paths in the database begin with" placeholder="nothing: they are relative" className="team-all" />
    </div>
  </section>
);

const Keeping = ({ form, hasKeychain }: { readonly form: TeamForm; readonly hasKeychain: boolean }) => (
  <section className="team-section" aria-label="Passwords">
    <div className="team-section-head">
      <h3>Keep the passwords</h3>
      <SegmentedControl
        label="Where the passwords are kept"
        value={form.keep}
        onChange={(keep) => changeTeamForm({ keep })}
        choices={[
          ...(hasKeychain ? [{ value: 'keychain' as const, label: 'In the keychain' }] : [{ value: 'plain' as const, label: 'In a file' }]),
          { value: 'session' as const, label: 'Until Maskdesk ends' },
        ]}
      />
    </div>
    <p className="secondary">
      {hasKeychain
        ? 'Encrypted by the system; the page you look at never sees them again.'
        : form.keep === 'plain'
          ? 'No keychain was found: whoever can read your files can read them.'
          : 'No keychain was found on this system, so they are asked for again after a restart.'}
    </p>
  </section>
);

const partNames: Readonly<Record<string, string>> = { store: 'Database', files: 'Photos and masks', broker: 'Broker' };

/** They may be below what is in sight. */
const intoView = (element: HTMLUListElement | null): void => element?.scrollIntoView({ block: 'center' });

const Findings = ({ findings }: { readonly findings: readonly ConnectionFinding[] }) => (
  <ul ref={intoView} className="team-findings" data-testid="team-findings">
    {findings.map(({ part, isOk, message, fix }) => (
      <li key={part} className={isOk ? 'team-finding' : 'team-finding team-finding-bad'} data-part={part} data-ok={isOk}>
        {isOk ? <CircleCheck className="icon-small" aria-label="Works" /> : <CircleAlert className="icon-small" aria-label="Does not work" />}
        <div>
          <strong>{partNames[part] ?? part}</strong> {message}
          {fix !== null && <p className="secondary">{fix}</p>}
        </div>
      </li>
    ))}
  </ul>
);

const close = (): void => {
  closeOverlay();
  clearTeamForm();
};

const open = async (): Promise<void> => {
  if (await openTeamForm()) close();
};

const Body = ({ form, saved }: { readonly form: TeamForm; readonly saved: TeamFormSaved }) => {
  const { work, findings, refusal } = useTeamForm();
  const isBusy = work !== 'none';
  const isFilled = form.host.trim() !== '' && form.database.trim() !== '' && (form.files === 'disk' ? form.folder : form.bucket).trim() !== '';
  return (
    <form
      className="team-form"
      data-testid="team-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled && !isBusy) inBackground(open(), 'store');
      }}
    >
      <Field form={form} name="name" label="Name" placeholder={form.database || 'what you call it'} />
      <Database form={form} hasPassword={saved.hasPassword} />
      <Files form={form} hasSecretKey={saved.hasSecretKey} />
      <Keeping form={form} hasKeychain={saved.hasKeychain} />
      <div aria-live="polite">
        {findings !== null && <Findings findings={findings} />}
        {refusal !== null && <Findings findings={[{ part: 'Not opened.', isOk: false, message: refusal, fix: null }]} />}
      </div>
      <footer className="team-buttons">
        <Button
          disabled={!isFilled || isBusy}
          icon={work === 'testing' ? <LoaderCircle className="icon-small spin" aria-hidden="true" /> : undefined}
          onClick={() => inBackground(testTeamForm(), 'store')}
          data-testid="team-test"
        >
          {work === 'testing' ? 'Asking the servers…' : 'Test the connection'}
        </Button>
        <Button tone="accent" type="submit" disabled={!isFilled || isBusy} data-testid="team-open">
          {work === 'opening' ? 'Opening…' : 'Open'}
        </Button>
      </footer>
    </form>
  );
};

/** Where a team's store is: database, photos, and where the passwords stay. */
export const TeamStoreCard = () => {
  const isOpen = useOverlay((state) => state.open === 'teamStore');
  const form = useTeamForm((state) => state.form);
  const saved = useTeamForm((state) => state.saved);
  return (
    <FloatingCard isOpen={isOpen} title="Connect to a team store" description="The pipeline’s PostgreSQL and its photos. Ask whoever runs it, or open the maskdesk.toml you were given." onClose={close}>
      {form !== null && saved !== null && <Body form={form} saved={saved} />}
    </FloatingCard>
  );
};
