import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import { noteOf, once, ownerOf } from './scope.ts';

/** Functions of the component that an authorizer of the gateway stands before, as the configuration names them. */
export const authorizedFunctions = once((model, component: Component): Evidence[] =>
  [...model.facts.platforms, ...model.facts.iac]
    .flatMap(({ functions }) => functions ?? [])
    .filter(({ authorized, by, modules }) => {
      const file = modules.find((path) => endings.some((ending) => model.view.has(path + ending)));
      return authorized && by === 'request' && file !== undefined && ownerOf(model, `${file}.ts`) === component.path;
    })
    .map((fn) => noteOf(fn, 'an authorizer of the gateway asks who calls it')),
);

const endings = ['.ts', '.js', '.mts', '.mjs', '.cjs', '/index.ts', '/index.js', '/index.mjs'];
