/** @param bytes any size; shown in decimal megabytes */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
