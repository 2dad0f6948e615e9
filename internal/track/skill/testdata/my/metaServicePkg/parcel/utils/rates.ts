export const perKilo: number = 12;
export const extra: number = 0.5;
export type Rate = { perKilo: number };
