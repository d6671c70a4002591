import { posix } from 'node:path';
import type { ReportV1 } from '../../model/report.ts';

/** How a report is shown. Nothing here changes what was judged. */
export interface RenderOptions {
  /** Columns to stay within, for formats that wrap. */
  width: number;
  color: boolean;
  /** Shows what was ready and what was searched too. */
  verbose: boolean;
  groupBy: 'category' | 'owner';
  /** Set when a display filter left rules out: a sentence that every reader has to see. */
  narrowed: string | null;
  /** The target's folder inside its repository, for hosts that count paths from the repository's root: `''` or `apps/api/`. */
  pathPrefix: string;
}

export const defaultOptions: RenderOptions = {
  width: 80,
  color: false,
  verbose: false,
  groupBy: 'category',
  narrowed: null,
  pathPrefix: '',
};

/** A file of the target, or one above it, as hosts name it that count paths from the repository's root. */
export const inRepository = (pathPrefix: string, file: string): string => posix.normalize(`${pathPrefix}${file}`);

/** One file of src/report. */
export interface ReportFormat {
  name: string;
  /** For `--help`: what it is good for, in a few words. */
  describes: string;
  /** The whole text, with a newline at its end. Equal reports and options give equal text. */
  render(report: ReportV1, options: RenderOptions): string;
}
