export const PointOptions = () => null;
