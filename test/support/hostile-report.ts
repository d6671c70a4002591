import type { ReportV1 } from '../../src/model/report.ts';
import { liveReport } from '../golden/live-report.ts';

/**
 * The sample with everything that a target can name or say turned against each format: markup, terminal escapes, workflow commands,
 * characters that no XML may hold, bars, ticks, quotes and newlines.
 */
export const payload =
  '"\'`|<img src=x onerror="window.owned=1"><script>window.owned=1</script>&amp;]]>\u001b[2J\u001b]0;owned\u0007\u202e\u0000\n::error::owned\r\n##[error]owned %0A@acme/everyone [a](javascript:alert(1)) https://evil.example/';

/** Fields that come from the target, or from whoever wrote its config. */
const given = new Set([
  'file',
  'path',
  'name',
  'note',
  'reason',
  'owner',
  'owners',
  'searched',
  'since',
  'component',
  'message',
  'unit',
  'insight',
  'issue',
  'impact',
  'required',
  'statusText',
  'title',
  'restoredBy',
  'container',
  'image',
  'notes',
  'matchedBy',
  'projects',
  'service',
]);

function turned(value: unknown, key: string, inTool: boolean): unknown {
  if (typeof value === 'string') return given.has(key) && !inTool && value !== '.' ? `${value}${payload}` : value;
  if (Array.isArray(value)) return value.map((item) => turned(item, key, inTool));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      turned(inner, name, inTool || name === 'tool' || name === 'engine'),
    ]),
  );
}

export const hostileReport = turned(liveReport, '', false) as ReportV1;
