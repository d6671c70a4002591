import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { isAside, ownerOf } from './scope.ts';
import { plainText } from './ui/plain.ts';

const files =
  /(^|\/)((next|nuxt|nitro|astro|svelte|vite|vinxi|app)\.config\.[cm]?[jt]s|_headers|staticwebapp\.config\.json|(src\/)?(middleware|proxy|hooks\.server)\.[jt]s|entry\.server\.[jt]sx?)$/;

export interface ConfigurationLine {
  file: string;
  line: number;
  text: string;
  /** The line after it, for values written below their key. */
  next: string;
}

/** Lines, comments left out, of the component's files in which frameworks and hosts are told which headers to send. */
export const configurationLines = (model: AuditModel, component: Component): ConfigurationLine[] =>
  model.view
    .list()
    .filter((file) => files.test(file) && ownerOf(model, file) === component.path && !isAside(file, component.path))
    .flatMap((file) => {
      const text = model.view.text(file);
      const lines = (/\.[cm]?[jt]sx?$/.test(file) ? plainText(text) : text).split('\n');
      return lines.map((text, index) => ({ file, line: index + 1, text, next: lines[index + 1] ?? '' }));
    })
    .filter(({ text }) => !/^\s*(\/\/|\*|#)/.test(text));
