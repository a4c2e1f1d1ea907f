/** The queue's list; the panel gives it this id. */
export const queueListId = 'queue-list';

/** Whether keys are for the list of the queue: there Enter and Backspace are about everything that is chosen. */
export const isListFocused = (): boolean => document.activeElement?.id === queueListId;
