export const categories = [
  'infrastructure',
  'security',
  'data',
  'testing',
  'delivery',
  'observability',
  'resilience',
  'experience',
] as const;
export type Category = (typeof categories)[number];
