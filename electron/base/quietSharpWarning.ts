/**
 * sharp warns whenever it is loaded inside Electron on Linux. scripts/bootstrap/sharpBesideElectron.mjs has answered that (docs/adr/0006), so
 * the line would only stand in every log. Other warnings are printed as Node prints them. Warnings are told a tick after they are raised:
 * calling this in the body of an entry is early enough, although imports run before it.
 */
export const quietSharpWarning = (): void => {
  if (process.versions['electron'] === undefined) return;
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error & { readonly code?: string }) => {
    if (warning.code !== 'SharpElectronLinux') for (const print of printers) print(warning);
  });
};
