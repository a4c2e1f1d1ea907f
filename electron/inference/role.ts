/** background: segments and encodes, for minutes at a time, and gives way · decoding: answers a person's prompts. Two processes of one program. */
export const inferenceRoles = ['background', 'decoding'] as const;
export type InferenceRole = (typeof inferenceRoles)[number];

/** With the role behind it, an argument of the inference process. */
export const roleArgument = '--role=';

/**
 * Of the background process: it takes what the others leave. On Windows Node makes this "below normal"; on macOS, as on Linux, it is a nice value, which
 * a process may raise for itself without rights.
 */
export const backgroundNiceness = 10;
