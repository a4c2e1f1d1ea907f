import { create } from 'zustand';
import type { ConnectionFinding, TeamForm, TeamFormSaved } from '../../shared/contracts/host/teamStores.ts';
import { openTeam, teamForm, testTeam } from '../bridge/host.ts';
import { sentenceOf } from '../../shared/errors/errors.ts';

interface TeamFormState {
  /** What is written now; null: the dialog was not opened yet. Secrets are in it only while they are typed. */
  readonly form: TeamForm | null;
  readonly saved: TeamFormSaved | null;
  readonly work: 'none' | 'testing' | 'opening';
  /** Of the last look; null: what is written was not looked at. */
  readonly findings: readonly ConnectionFinding[] | null;
  /** Why it was not opened. */
  readonly refusal: string | null;
}

export const useTeamForm = create<TeamFormState>(() => ({ form: null, saved: null, work: 'none', findings: null, refusal: null }));

export const loadTeamForm = async (storeId: string | null): Promise<void> => {
  const saved = await teamForm(storeId);
  useTeamForm.setState({ saved, form: saved.form, work: 'none', findings: null, refusal: null });
};

export const changeTeamForm = (change: Partial<TeamForm>): void =>
  useTeamForm.setState(({ form }) => ({ form: form === null ? null : { ...form, ...change }, findings: null, refusal: null }));

/** Whether what is written is still what the answer is about. */
const isAbout = (form: TeamForm): boolean => useTeamForm.getState().form === form;

export const testTeamForm = async (): Promise<void> => {
  const { form } = useTeamForm.getState();
  if (form === null) return;
  useTeamForm.setState({ work: 'testing', findings: null, refusal: null });
  try {
    const findings = await testTeam(form);
    if (isAbout(form)) useTeamForm.setState({ findings });
  } catch (error) {
    if (isAbout(form)) useTeamForm.setState({ refusal: sentenceOf(error) });
  } finally {
    useTeamForm.setState({ work: 'none' });
  }
};

/** @returns whether the window shows it in a moment */
export const openTeamForm = async (): Promise<boolean> => {
  const { form } = useTeamForm.getState();
  if (form === null) return false;
  useTeamForm.setState({ work: 'opening', refusal: null });
  try {
    const outcome = await openTeam(form);
    if (outcome.kind === 'refused') useTeamForm.setState({ refusal: outcome.message });
    return outcome.kind === 'opened';
  } catch (error) {
    useTeamForm.setState({ refusal: sentenceOf(error) });
    return false;
  } finally {
    useTeamForm.setState({ work: 'none' });
  }
};

/** Typed secrets do not outlive the dialog. */
export const clearTeamForm = (): void => useTeamForm.setState({ form: null, saved: null, findings: null, refusal: null });
