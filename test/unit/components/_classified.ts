import { readdirSync } from 'node:fs';
import { loadKnowledge } from '../../../src/catalogue/index.ts';
import { classify, findRoots } from '../../../src/components/index.ts';
import { deploy } from '../../../src/deployment/index.ts';
import type { Component } from '../../../src/model/component.ts';
import type { Analyzer, FactName, Facts } from '../../../src/model/facts/index.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { wire } from '../../../src/wiring/index.ts';

const folder = new URL('../../../src/analyzers/', import.meta.url);
const analyzers = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map(async (name) => ((await import(new URL(name, folder).href)) as { default: Analyzer<FactName> }).default),
);
const knowledge = loadKnowledge();

type Files = Record<string, string | object>;

export function read(files: Files): { view: ReturnType<typeof openMemory>; facts: Facts } {
  const texts = Object.entries(files).map(([path, text]) => [
    path,
    typeof text === 'string' ? text : JSON.stringify(text, null, 2),
  ]);
  const view = openMemory(Object.fromEntries(texts));
  const facts = { failures: [] } as unknown as Facts;
  for (const analyzer of analyzers) {
    Object.assign(facts, {
      [analyzer.gives]: analyzer.analyze(view, (failure) => facts.failures.push({ fact: analyzer.gives, ...failure })),
    });
  }
  return { view, facts };
}

/** Paths of the components of a repository given as files. */
export function rootsOf(files: Files): string[] {
  const { view, facts } = read(files);
  return findRoots(view, facts).map((root) => root.path);
}

/** What every component of a repository is said to be. */
export async function componentsOf(files: Files): Promise<Component[]> {
  const { view, facts } = read(files);
  const roots = findRoots(view, facts);
  return classify(view, facts, roots, await wire(view, facts, roots, knowledge), deploy(view, facts, roots), knowledge);
}

/** `kind trait trait` by path. */
export async function kindsOf(files: Files): Promise<Record<string, string>> {
  const components = await componentsOf(files);
  return Object.fromEntries(components.map(({ path, kind, traits }) => [path, [kind, ...traits].join(' ')]));
}
