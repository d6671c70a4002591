import { visible } from '../shared/text.ts';

/**
 * Text for a runner that reads commands out of the log: nothing from the target may start one, on a line of its own (`::`) or anywhere
 * in it (`##[`).
 */
export const harmless = (text: string): string => visible(text).replaceAll('##[', '## [');

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

export type AnnotationKind = 'error' | 'warning' | 'notice';

export interface Annotation {
  kind: AnnotationKind;
  title: string;
  /** Lines of the message. */
  message: string[];
  at: { file: string; line: number } | null;
}

/** One workflow command: `::error file=…,line=…,title=…::message`. */
export function command({ kind, title, message, at }: Annotation): string {
  const properties = [
    ...(at === null ? [] : [`file=${escapeProperty(harmless(at.file))}`, `line=${at.line}`]),
    `title=${escapeProperty(harmless(title))}`,
  ];
  return `::${kind} ${properties.join(',')}::${escapeData(message.map(harmless).join('\n'))}`;
}
