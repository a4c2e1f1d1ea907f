/** Something the person at the keyboard can put right; shown as its sentence, without a stack. */
export class BootstrapError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'BootstrapError';
  }
}
