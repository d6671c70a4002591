export { findRoots } from './roots/index.ts';
