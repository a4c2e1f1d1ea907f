/** Work on a prompt. @param isLate what is mostly done within a tenth of a second or two: it shows only when it takes longer */
export const PromptSpinner = ({ label, isLate = false }: { readonly label: string; readonly isLate?: boolean }) => (
  <span className={isLate ? 'prompt-note-busy prompt-note-late' : 'prompt-note-busy'} role="progressbar" aria-label={label}>
    <span />
  </span>
);
