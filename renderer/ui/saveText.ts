/** Offers a text as a file; the system asks where to. */
export const saveText = (fileName: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has begun by the next minute, whatever the person does in the dialog.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
