export const BoxOptions = () => null;
