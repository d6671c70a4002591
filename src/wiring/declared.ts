import type { DeclaredFunction, Facts } from '../model/facts/index.ts';

/** Functions that platforms' configurations and programs of infrastructure name one by one. */
export const declaredFunctions = ({ platforms, iac }: Pick<Facts, 'platforms' | 'iac'>): DeclaredFunction[] =>
  [...platforms, ...iac].flatMap(({ functions }) => functions ?? []);
