import { DockerfileParser } from 'dockerfile-ast';
import { plainLine } from '../engine/failure.ts';

/** What a build came to. */
export type BuildEnd =
  | { built: true; image: string }
  | { built: false; message: string; line: number | null; instruction: string | null; needsBuildKit: boolean };

/** Follows the engine's account of a build, one JSON object a line, and remembers the images it made on the way. */
export function follower(dockerfile: string): {
  read: (message: unknown) => void;
  end: () => BuildEnd;
  /** Short ids, oldest first, of images the build used or made. */
  layers: string[];
} {
  const instructions = DockerfileParser.parse(dockerfile).getInstructions();
  const layers: string[] = [];
  let step: number | null = null;
  let image: string | null = null;
  let error: string | null = null;
  const read = (message: unknown): void => {
    const said = message as { stream?: string; error?: string; aux?: { ID?: string } };
    const number = /^Step (\d+)\/\d+ :/.exec(said.stream ?? '')?.[1];
    if (number) step = Number(number);
    const layer = /^(?: ---|--)> ([0-9a-f]{11,64})\n$/.exec(said.stream ?? '')?.[1];
    if (layer) layers.push(layer);
    if (typeof said.aux?.ID === 'string') image = said.aux.ID;
    if (typeof said.error === 'string') error = said.error;
  };
  const end = (): BuildEnd => {
    if (error === null && image !== null) return { built: true, image };
    const message = error ?? 'it ended without an image';
    const failed = step === null ? byText(instructions, message) : instructions[step - 1];
    return {
      built: false,
      message: plainLine(message),
      line: failed ? failed.getRange().start.line + 1 : null,
      instruction: failed ? plainLine(failed.getTextContent().replace(/\\\r?\n/g, ' '), 80) : null,
      needsBuildKit: /requires BuildKit|BuildKit (is )?enabled|unknown flag|Unknown instruction/i.test(message),
    };
  };
  return { read, end, layers };
}

/** BuildKit counts no steps, and Podman counts them anew in each stage; both quote the instruction that failed. */
function byText(
  instructions: ReturnType<ReturnType<typeof DockerfileParser.parse>['getInstructions']>,
  message: string,
) {
  const squeezed = squeeze(message);
  return instructions.find((instruction) => {
    const whole = squeeze(instruction.getTextContent().replace(/\\\r?\n/g, ' '));
    if (squeezed.includes(`STEP "${whole}"`)) return true;
    const command = squeeze(
      (instruction.getArgumentsContent() ?? '').replace(/\\\r?\n/g, ' ').replace(/^(--\S+\s+)+/, ''),
    );
    return instruction.getKeyword() === 'RUN' && command !== '' && squeezed.includes(command);
  });
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
