/** @param bytes any size; shown in decimal megabytes */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
