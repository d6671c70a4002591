export { classify } from './classify.ts';
export { findRoots } from './roots/index.ts';
