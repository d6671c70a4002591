import type { Liveness } from '../model/wiring.ts';

const order: Liveness[] = ['dead', 'unknown', 'live'];

/** The stronger of two: live over unknown over dead. */
export const bestLiveness = (a: Liveness, b: Liveness): Liveness => (order.indexOf(a) >= order.indexOf(b) ? a : b);
